"""What people answered to what is owed: such a row is waived, from the moment of the answer on.

An answer names an obligation by its rule and what triggered it, and by its day too where one trigger owes something
every Friday. Answers to what is no longer in the log answer nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from quality.obligation_rules import BY_NAME
from quality.obligation_words import days_in_words

#: Answers that settle what is owed -> how they are said.
WORDS = {"elsewhere": "Done elsewhere", "not_needed": "Not needed", "do_not_contact": "Do not contact"}
#: Columns that `answered` adds.
SAID = ("answer", "answered_by", "answered_at")

_SETTLED = ["kept", "late", "waived"]
_WEEKLY = [rule.name for rule in BY_NAME.values() if rule.unit == "friday"]
_KEY, _PERSON = ("rule", "trigger_id", "friday"), ("party", "who")


def answered(found: pd.DataFrame, answers: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Obligations (`quality.obligations`) with what was answered to them by the end of ``as_of``.

    What is open or overdue and was answered is waived, closed when it was answered, and says so; the same for
    everything owed to a person who is to be left alone, from that answer on. What was kept stays kept. New columns:
    SAID, missing where no answer counts. ``answers`` are those of the history; of two to the same the last one counts.
    """
    told, waiting = _said(answers, as_of), found[~found["status"].isin(_SETTLED)]
    one = _matched(waiting, told[told["answer"].isin(["elsewhere", "not_needed"])], _KEY)
    person = _matched(waiting, told[told["answer"] == "do_not_contact"], _PERSON)
    said = one.where(one["answer"].notna(), person).reindex(found.index)
    counts = said["answer"].notna()
    closed = said["answered_at"].where(said["answered_at"] > found["triggered_at"], found["triggered_at"])
    why = found["why"].astype("str")
    return found.assign(
        status=found["status"].mask(counts, "waived"),
        closed_at=found["closed_at"].mask(counts, closed),
        why=why.mask(counts, why[counts] + _in_words(said[counts])),
        **{name: said[name] for name in SAID},
    )


def left_alone(answers: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The people somebody answered *do not contact* for by the end of ``as_of``: party, who and SAID, each once."""
    told = _said(answers, as_of)
    people = told[told["answer"] == "do_not_contact"].drop_duplicates(list(_PERSON), keep="last")
    return people[[*_PERSON, *SAID]].reset_index(drop=True)


def _said(answers: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The answers given by the end of a day, with the Friday they are about."""
    until = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    told = answers[answers["answered_at"] < until].sort_values(["answered_at", "answer_id"])
    return told.assign(friday=_friday(told["rule"], told["due_on"]))


def _friday(rules: pd.Series, days: pd.Series) -> pd.Series:
    """The day where a rule owes something every Friday; no day of any other rule tells two of its rows apart."""
    return days.dt.normalize().where(rules.isin(_WEEKLY))


def _matched(found: pd.DataFrame, told: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """SAID for each obligation, the last answer of the same key; missing where there is none or the key has a gap."""
    last = told.drop_duplicates(list(key), keep="last")[[*key, *SAID]]
    own = found.assign(friday=_friday(found["rule"], found["due_at"]))[list(key)].astype({key[1]: "str"})
    return own.merge(last, on=list(key), how="left")[list(SAID)].set_axis(found.index)


def _in_words(said: pd.DataFrame) -> pd.Series:
    words = said["answer"].map(WORDS).fillna("")
    days = pd.Series(days_in_words(said["answered_at"]), index=said.index)
    return " " + words + ": " + said["answered_by"].fillna("") + ", " + days + "."
