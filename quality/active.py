"""States of people: from when until when a candidate is active and an assignment runs, as rows to look up by time.

Written in Narwhals with windows and never collected here. Every row says what holds from its ``occurred_at`` on, until
the next row of that candidate.
"""

from __future__ import annotations

from datetime import date, timedelta

import narwhals as nw

from quality.events import IN_ORDER, NEVER, midnight, one_if
from quality.promises import distinct

#: What moves a candidate forward, and what ends everything a candidate is in.
STEPS = ("interview", "presentation", "send_out", "offer_extended", "offer_accepted")
RESETS = ("fill", "offer_declined", "do_not_contact")

#: A candidate without a step for so many days is no longer active.
SILENT_DAYS = 30

#: Somebody who accepted and has not started after so many days is no longer waited for.
WAITED_DAYS = 90


def active(frame: nw.LazyFrame, since: date | None = None) -> nw.LazyFrame:
    """The steps of candidates with ``active_until``: active from the row until that moment.

    A candidate is active from a step until a reset, until rejected for every job they are in, or until the end of the
    30th day without a step. Rows after which a candidate is not active end at their own moment. With ``since`` only
    those who can be active on that day or later.
    """
    rows = frame.filter(nw.col("activity").is_in([*STEPS, *RESETS, "rejected"]) & ~nw.col("candidate").is_null())
    marked = (rows if since is None else _stepped_since(rows, since)).with_columns(
        step=one_if(nw.col("activity").is_in(STEPS)),
        reset=one_if(nw.col("activity").is_in(RESETS)),
        thread=nw.coalesce(nw.col("job"), nw.col("client"), nw.lit("")),
        stepped=nw.when(nw.col("activity").is_in(STEPS)).then(nw.col("day").dt.offset_by(f"{SILENT_DAYS + 1}d")),
    )
    return _spans(_with_open_jobs(marked))


def _stepped_since(rows: nw.LazyFrame, day: date) -> nw.LazyFrame:
    """The rows of candidates whose steps had not run out on a day."""
    begins = midnight(day - timedelta(days=SILENT_DAYS + 1))
    stepped = rows.filter(nw.col("activity").is_in(STEPS) & (nw.col("occurred_at") >= begins))
    return rows.join(distinct(stepped, "candidate"), on="candidate", how="semi")


def _with_open_jobs(rows: nw.LazyFrame) -> nw.LazyFrame:
    """``jobs``: how many a candidate is in after each row, since the last reset; ``silent``: when the steps run out."""
    counted = rows.with_columns(
        spell=nw.col("reset").cum_sum().over("candidate", order_by=list(IN_ORDER)),
        following=nw.col("occurred_at").shift(-1).over("candidate", order_by=list(IN_ORDER)),
    )
    before = nw.col("step").shift(1).over("candidate", "spell", "thread", order_by=list(IN_ORDER))
    known = counted.with_columns(before=before).with_columns(before=nw.col("before").fill_null(0))
    change = nw.when(nw.col("thread") == "").then(nw.lit(0)).otherwise(nw.col("step") - nw.col("before"))
    in_spell = ("candidate", "spell")
    return known.with_columns(change=change).with_columns(
        jobs=nw.col("change").cum_sum().over(*in_spell, order_by=list(IN_ORDER)),
        silent=nw.col("stepped").fill_null(strategy="forward").over(*in_spell, order_by=list(IN_ORDER)),
    )


def _spans(rows: nw.LazyFrame) -> nw.LazyFrame:
    is_over = (nw.col("reset") == 1) | ((nw.col("step") == 0) & (nw.col("jobs") <= 0)) | nw.col("silent").is_null()
    is_last = nw.col("following").is_null() | (nw.col("following") >= nw.col("silent"))
    ends = nw.when(is_over).then(nw.col("occurred_at")).otherwise(nw.when(is_last).then(nw.col("silent")))
    until = nw.col("ends").fill_null(strategy="backward").over("candidate", order_by=list(IN_ORDER))
    return rows.with_columns(ends=ends).with_columns(active_until=until)


def assignments(frame: nw.LazyFrame) -> nw.LazyFrame:
    """Rows of assignments with the columns of SPELL; ``phase`` is accepted or running.

    From an acceptance until the start (waited for 90 days), from a start until the end or the planned end has passed;
    an extension carries both on. ``spell_next`` is the next row of that assignment, ``spell_end`` the planned end that
    holds; one before the start is none. Assignments are told apart by job, else by client.
    """
    names = ["offer_accepted", "start", "extension", "end", "offer_declined"]
    rows = frame.filter(nw.col("activity").is_in(names) & ~nw.col("candidate").is_null())
    own = ("candidate", "place")
    keyed = rows.with_columns(
        place=nw.coalesce(nw.col("job"), nw.col("client"), nw.lit("")),
        began=nw.when(nw.col("activity") == "start").then(nw.col("day")),
        spell_end=nw.when(nw.col("planned_end").cast(nw.Datetime("us")) >= nw.col("day")).then(
            nw.col("planned_end").cast(nw.Datetime("us"))
        ),
    )
    linked = keyed.with_columns(
        began=nw.col("began").fill_null(strategy="forward").over(*own, order_by=list(IN_ORDER)),
        spell_next=nw.col("occurred_at").shift(-1).over(*own, order_by=list(IN_ORDER)),
        next_step=nw.col("activity").shift(-1).over(*own, order_by=list(IN_ORDER)),
    )
    marked = linked.with_columns(ends=_breaks())
    until = nw.col("ends").fill_null(strategy="backward").over(*own, order_by=list(IN_ORDER))
    is_accepted = nw.col("activity") == "offer_accepted"
    return marked.with_columns(
        phase=nw.when(is_accepted).then(nw.lit("accepted")).otherwise(nw.lit("running")),
        spell_from=nw.when(is_accepted).then(nw.col("day")).otherwise(nw.coalesce("began", "day")),
        spell_until=nw.coalesce(until, nw.lit(NEVER)),
        spell_next=nw.coalesce(nw.col("spell_next"), nw.lit(NEVER)),
        spell_end=nw.coalesce(nw.col("spell_end"), nw.lit(NEVER)),
    ).filter(nw.col("activity").is_in(["offer_accepted", "start", "extension"]))


def _breaks() -> nw.Expr:
    """When the stretch that holds after a row of an assignment ends, where it is not carried on by the next row."""
    is_accepted = nw.col("activity") == "offer_accepted"
    limit = (
        nw.when(is_accepted)
        .then(nw.col("day").dt.offset_by(f"{WAITED_DAYS + 1}d"))
        .otherwise(nw.coalesce(nw.col("spell_end").dt.offset_by("1d"), nw.lit(NEVER)))
    )
    is_last = nw.col("spell_next").is_null() | (nw.col("spell_next") >= limit)
    goes_on = (nw.col("next_step") == "extension") & ~is_accepted
    ends = nw.when(is_last).then(limit).otherwise(nw.when(~goes_on).then(nw.col("spell_next")))
    return nw.when(nw.col("activity").is_in(["end", "offer_declined"])).then(nw.col("occurred_at")).otherwise(ends)


#: What `assignments` says of a stretch.
SPELL = ("phase", "spell_from", "spell_until", "spell_next", "spell_end")
