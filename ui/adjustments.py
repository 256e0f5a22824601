"""The page Adjustments: the journal of what was changed, with what came of each change and the numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from quality import adjustment_words as words
from quality.adjustments import Effect, Entry, Followed
from quality.catalogue import BY_NAME
from quality.compared import FEWEST_WEEKS, SPAN, Figures
from quality.judgement import FEWEST_CASES
from quality.periods import DAY, WEEK, week_of
from quality.teams import COMPANY
from ui import adjustments_data, adjustments_file, adjustments_form, clock, desk, menu, text
from ui.adjustments_form import kinded, named, titled
from ui.marks import Mark
from ui.paging import chosen_page
from ui.spans import CUSTOM

_SHAPES: Mapping[words.Verdict, tuple[str, Any]] = {
    "better": ("▲", "good"),
    "likely_better": ("△", "good"),
    "unclear": ("○", "unsure"),
    "likely_worse": ("▽", "bad"),
    "worse": ("▼", "bad"),
}
EARLY, UNKNOWN = Mark("–", "too early", "unsure"), Mark("–", "cannot be told", "unsure")
PLANNED = Mark("–", "planned", "unsure")
#: Shapes of the groups the journal can be cut down to -> what the sentence above it says of so many.
GROUPS: Mapping[str, tuple[str, str]] = {
    "Better": ("▲△", "better"),
    "No clear change": ("○", "without a clear change"),
    "Worse": ("▽▼", "worse"),
    "All seven ratios": ("◇", "about all ratios"),
    "Planned": ("", "planned"),
    "Too early": ("", "too early"),
    "Cannot be told": ("", "cannot be told"),
}
_UNJUDGED = {PLANNED: "Planned", EARLY: "Too early", UNKNOWN: "Cannot be told"}
EVERY, EVERYBODY = "Everything", "Everybody"
PAGE = 10
RULES = (
    f"Before are the {SPAN} closed weeks up to the week of the change, since are up to {SPAN} closed weeks after it; "
    "the week itself counts in neither.",
    "(30 / 6) reads 30 of the first and 6 of the second, as the rows of these weeks give them.",
    f"It is too early until {FEWEST_WEEKS} weeks count and {FEWEST_CASES} cases came due. The chance rests on what "
    "came due in these weeks, which is said where it differs; a send-out counts once its time for a fill is up.",
    "9 in 10 is the chance that it really is better, and not luck of few cases. To gain on the other desks is to have "
    "changed for the better by more than those at work both before and since.",
    "A change is often made when numbers are at their lowest, and some of what follows would have come by itself.",
)


def result(found: Followed) -> Mark:
    """What came of one change as a shape and words; of all seven ratios how many got better and how many worse."""
    judged = [(effect.measure, words.verdict(effect.better)) for effect in found.effects if effect.better is not None]
    if found.entry.made_on > clock.today():
        return PLANNED
    if not judged:
        waits = any(effect.status in ("early", "short") for effect in found.effects)
        return EARLY if waits else UNKNOWN
    if len(found.effects) == 1:
        shape, tone = _SHAPES[judged[0][1]]
        return Mark(shape, words.said(*judged[0]), tone)
    tones = [_SHAPES[word][1] for _, word in judged]
    return Mark("◇", f"{tones.count('good')} better, {tones.count('bad')} worse of {len(found.effects)}", "unsure")


def group(found: Followed) -> str:
    """The group of GROUPS that a change belongs to."""
    mark = result(found)
    if mark in _UNJUDGED:
        return _UNJUDGED[mark]
    return next(name for name, (shapes, _) in GROUPS.items() if mark.shape in shapes)


def shown(said: str) -> str:
    """A sentence for markdown, in which ``2.4 : 1``, ``30 / 6`` and ``9 in 10`` are not torn apart at a line's end."""
    safe = text.unbroken(text.plain(said, 900))
    return safe.replace(" \\/ ", "\u00a0\\/\u00a0").replace(" in 10", "\u00a0in\u00a010")


def lead(found: Sequence[Followed]) -> None:
    """How many changes there are and what came of them."""
    if not found:
        st.info("No change is in the journal yet. What comes of one is followed by itself.", icon=":material/info:")
        return
    groups = [group(one) for one in found]
    told = [f"{groups.count(name)} {words}" for name, (_, words) in GROUPS.items() if name in groups]
    st.subheader(f"{text.count(len(found), 'change')}: {text.listed(told, len(GROUPS))}", anchor=False)
    if not adjustments_data.followed_yet():
        st.info(
            "No week with activity is over yet. Changes are followed from then on.", icon=":material/hourglass_top:"
        )


def show(found: Sequence[Followed]) -> None:
    """The entries asked for, the latest first, then how they are followed and what was taken out."""
    if found:
        _journal(_asked(found))
    _taken_out()


def _journal(asked: Sequence[Followed]) -> None:
    if not asked:
        st.markdown("No change fits both boxes above.")
    for one in asked[chosen_page(len(asked), PAGE, "changes_page", *_chosen())]:
        _card(one)
    adjustments_file.downloads(asked, RULES)
    with st.expander("How a change is followed", icon=":material/info:"):
        st.markdown("\n".join(f"- {text.plain(rule, 400)}" for rule in RULES))


def _asked(found: Sequence[Followed]) -> list[Followed]:
    """The entries of whom and of which result the reader wants to see."""
    if len(found) == 1:
        return list(found)
    left, right = st.columns(2)
    names = {named(one.entry.level, one.entry.name) for one in found}
    whose = left.selectbox("Of whom", [EVERYBODY, *sorted(names)], key="changes_of", bind="query-params")
    kinds = [name for name in GROUPS if any(group(one) == name for one in found)]
    came = right.selectbox("What came of it", [EVERY, *kinds], key="came_of_it", bind="query-params")
    return [
        one
        for one in found
        if whose in (EVERYBODY, named(one.entry.level, one.entry.name)) and came in (EVERY, group(one))
    ]


def _chosen() -> list[str]:
    """What is chosen in the two boxes, where they are shown."""
    return [st.session_state[key] for key in ("changes_of", "came_of_it") if key in st.session_state]


# --- one change ------------------------------------------------------------------------------------------------------


def _card(found: Followed) -> None:
    entry = found.entry
    with st.container(border=True, gap="small"):
        whose, about = text.plain(named(entry.level, entry.name)), text.plain(titled(entry.measure))
        st.markdown(
            f"{desk.badge(result(found))} **{text.day(entry.made_on)}, {whose}** · {about} · {kinded(entry.kind)}"
        )
        # Plain text, so that an address typed into it is no link.
        st.text(entry.what[: adjustments_form.LONGEST])
        _story(found)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _links(found)
            adjustments_form.correct(entry)


def _story(found: Followed) -> None:
    """The sentences, the other changes of these weeks, and the numbers."""
    said = adjustments_data.sentences(found)
    if not said:
        st.markdown(_not_followed(found))
    elif len(said) == 1:
        st.markdown(" ".join(filter(None, (shown(said[0]), _due(found)))))
    for heading, others in (
        ("Also changed in these weeks", found.near),
        ("Changed at the other desks", found.elsewhere),
    ):
        if others and any(effect.better is not None for effect in found.effects):
            st.markdown(f":small[{heading}: {text.listed([_in_short(other) for other in others])}]")
    if len(said) > 1:
        with st.expander("Ratio by ratio"):
            st.markdown("\n".join(f"- {shown(one)}" for one in said))
            st.markdown(":small[Of seven ratios one or two look better or worse by chance alone.]")
            _numbers(found)
    else:
        _numbers(found)


def _due(found: Followed) -> str:
    told = words.due(found.effects[0])
    return f":small[{shown(told)}]" if told else ""


def _not_followed(found: Followed) -> str:
    if adjustments_data.followed_yet():
        return f"{text.plain(found.entry.measure)} is neither a ratio nor an activity, so nothing is followed."
    return "No week with activity is over yet."


def _in_short(entry: Entry) -> str:
    return f"{text.plain(named(entry.level, entry.name))} {text.day(entry.made_on)} ({kinded(entry.kind).lower()})"


def _numbers(found: Followed) -> None:
    rows = [row for effect in found.effects if effect.better is not None for row in lines(found, effect)]
    if rows:
        frame = pd.DataFrame(rows)
        shown_ = frame.drop(columns="Measure") if len(found.effects) == 1 else frame
        st.dataframe(shown_, hide_index=True, alt="Counts before and since, own and of the other desks")


def lines(found: Followed, effect: Effect) -> list[dict[str, object]]:
    """Own and other desks, before and since: Measure, Whose, Numbers, Likely range, Came due, Days, Weeks."""
    others = effect.others
    pairs = [(named(found.entry.level, found.entry.name), effect.before, effect.after)]
    pairs += [(_theirs(others.desks), others.before, others.after)] if others else []
    return [
        _line(effect.measure, f"{name}, {when}", figures)
        for name, *both in pairs
        for when, figures in zip(("before", "since"), both, strict=True)
        if figures
    ]


def _theirs(desks: int) -> str:
    return text.count(desks, "other desk")


def _line(measure: str, whose: str, figures: Figures) -> dict[str, object]:
    return {
        "Measure": titled(measure),
        "Whose": whose,
        "Numbers": words.numbers(measure, figures),
        "Likely range": words.likely(figures),
        "Came due": f"{figures.due_per:,} / {figures.due_count:,}" if figures.differs else "",
        "Days": text.days(figures.start, figures.end),
        "Weeks": figures.weeks,
    }


# --- links -----------------------------------------------------------------------------------------------------------


def _links(found: Followed) -> None:
    """To the trend around the change, the desk, and the rows of both periods; nothing where nothing is recorded."""
    entry = found.entry
    known = [one for effect in found.effects for one in (effect.before, effect.after) if one and one.weeks]
    if not known:
        return
    monday = week_of(entry.made_on).start
    last = min(monday + (SPAN + 1) * WEEK - DAY, clock.today())
    ratio = desk.ratio_of(entry.measure) if entry.measure else ""
    span = {"period": CUSTOM, "from": (monday - SPAN * WEEK).isoformat(), "to": last.isoformat()}
    by = {"by": entry.level.capitalize()}
    lines_of = {f"lines_{entry.level}": entry.name} if entry.name else {}
    trend = {"step": "Week", "back": "The chosen period"} | ({"trend": BY_NAME[ratio].title} if ratio else {})
    _link("trends", "Trend", span | by | lines_of | trend, "Opens the weeks before and since")
    if entry.level == "desk":
        _link("desk", "Desk", {"who": entry.name}, "Opens the desk")
    behind = {"behind": BY_NAME[ratio].title, "of": entry.name or COMPANY} if ratio else {}
    _rows(found.effects[0], by | behind)


def _rows(effect: Effect, asked: dict[str, str]) -> None:
    """A link to the rows of either period, on exactly the days whose counts are printed."""
    for when, figures in (("before", effect.before), ("since", effect.after)):
        if figures and figures.weeks:
            days = {"period": CUSTOM, "from": figures.start.isoformat(), "to": figures.end.isoformat()}
            _link("scoreboard", f"Rows {when}", days | asked, f"Opens {text.days(figures.start, figures.end)}")


def _link(page: str, label: str, asked: Mapping[str, str], tip: str) -> None:
    st.page_link(menu.file(page), label=label, icon=menu.BY_URL[page].icon, help=tip, query_params=dict(asked))


# --- what was taken out ----------------------------------------------------------------------------------------------


def _taken_out() -> None:
    gone = adjustments_data.taken_out()
    if gone.empty:
        return
    listed = pd.DataFrame(
        {
            "Taken out on": gone["removed_at"],
            "Changed on": gone["made_on"],
            "For": [named(level, name) for level, name in zip(gone["level"], gone["name"], strict=True)],
            "Measure": [titled(measure) for measure in gone["measure"]],
            "What": gone["what"],
        }
    )
    with st.expander(f"Taken out of the journal, {len(gone):,}", icon=":material/history:"):
        days = {name: st.column_config.DateColumn(format="D MMM YYYY") for name in ("Taken out on", "Changed on")}
        st.dataframe(listed, hide_index=True, column_config=days, alt="Changes taken out of the journal")
