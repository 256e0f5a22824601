"""The page Owed: how many people wait, one card a person, a page of them at a time."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import pandas as pd
import streamlit as st

from quality.call_sheet import AHEAD, LONG, ORDER, PARTS, Line, in_parts, lines
from quality.last_words import Known, Said
from quality.obligation_rules import BY_NAME
from ui import clock, menu, owed_answers, owed_data, owed_files, person_rows, text, whose
from ui.whose import Whose

EVERY = "Every reason"
PAGE = 25
#: Letters of a note and of an answer that are shown; further reasons, and desks, of one person.
NOTE, ANSWER, MOST = 240, 120, 4
_TITLES = {part.title: part.name for part in PARTS}
_WAITS = {
    "today": "Nobody waits for a word today.",
    "coming": f"Nothing falls due within {AHEAD} days.",
    "long": f"Nothing is more than {LONG} days late.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list shows: whose, by which rule (None: any), which part."""

    whose: Whose
    rule: str | None
    part: str


def ask() -> Asked:
    """Whose list, which reason and which part of it; all kept in the address."""
    chosen = whose.ask()
    with st.grid(2, min_column_width=260):
        rule = _ask_rule(chosen)
        title = st.segmented_control(
            "Part of the list", list(_TITLES), default=PARTS[0].title, required=True, key="part", bind="query-params"
        )
    return Asked(chosen, rule, _TITLES[title or PARTS[0].title])


def _ask_rule(chosen: Whose) -> str | None:
    titles = {BY_NAME[rule].title: rule for rule in owed_data.reasons(chosen.asked)}
    title = st.selectbox("Reason", [EVERY, *titles], key="rule", bind="query-params")
    return titles.get(title or EVERY)


def show(asked: Asked) -> None:
    """How many wait, then the people of the chosen part, a page at a time."""
    with st.spinner("Looking whom we owe a word"):
        sheet = owed_data.sheet(asked.whose.asked, asked.rule)
    _lead(in_parts(sheet), asked)
    chosen = sheet[sheet["part"] == asked.part]
    if chosen.empty:
        st.success(_WAITS[asked.part], icon=":material/task_alt:")
        return
    people = chosen["line"].drop_duplicates()
    shown = lines(chosen[chosen["line"].isin(_page(people, asked))], clock.today())
    known, reach = owed_data.known_of(shown), owed_data.reach(shown)
    with st.grid(2, min_column_width=320):
        for line in shown:
            _card(line, known.get(line.person, Known()), reach[line.person])
    owed_answers.ask_for_all(chosen, f"{asked.part}-{asked.rule}-{asked.whose.words}")
    owed_files.buttons(chosen, asked.part, asked.whose)


def _lead(counts: dict[str, int], asked: Asked) -> None:
    of = "" if asked.whose.asked is None else f" ({text.plain(asked.whose.words)})"
    waits = "waits" if counts["today"] == 1 else "wait"
    st.subheader(f"{text.count(counts['today'], 'person', 'people')} {waits} for a word today{of}", anchor=False)
    more = f"{counts['coming']:,} more come up within {AHEAD} days, {counts['long']:,} have waited over {LONG} days."
    st.markdown(f"{more} :small[{ORDER}]")


def _page(people: pd.Series, asked: Asked) -> pd.Series:
    pages = ceil(len(people) / PAGE)
    if pages == 1:
        return people
    at = st.pagination(pages, key=f"page-{asked.part}-{asked.rule}-{asked.whose.words}")
    return people.iloc[(min(at, pages) - 1) * PAGE :][:PAGE]


# --- one person ------------------------------------------------------------------------------------------------------


def _card(line: Line, known: Known, reach: tuple[str, ...]) -> None:
    with st.container(border=True, height="stretch", gap="small"):
        st.markdown("\n\n".join(filter(None, (_head(line), _why(line), _facts(line, known, reach)))))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            owed_answers.ask(line)
            if line.who:
                person_rows.button(line.party, line.who, f"owed-{line.number}")
            for desk in line.desks[:MOST]:
                _open_desk(desk)


def _open_desk(desk: str) -> None:
    icon = menu.BY_URL["desk"].icon
    st.page_link(
        menu.file("desk"), label=text.plain(desk), icon=icon, help="Opens the desk", query_params={"who": desk}
    )


def _head(line: Line) -> str:
    """The name and how late, then whom and what it is about."""
    first = line.reasons[0]
    badge = f":{'orange' if first.is_late else 'blue'}-badge[{text.plain(first.late)}]"
    about = " · ".join(text.plain(one) for one in (line.party, *line.about[:2]) if one)
    return f"**{text.plain(line.who or '(no name)')}** {badge}  \n:small[{about}]"


def _why(line: Line) -> str:
    """What happened and what is owed for it, the most urgent first; the others in a few words."""
    first, *others = line.reasons
    also = list(dict.fromkeys(f"{BY_NAME[other.rule].owed}, {other.late}" for other in others))
    rest = f"; and {len(also) - MOST} more" if len(also) > MOST else ""
    said = f"  \n:small[Also: {text.plain('; '.join(also[:MOST]), 400)}{rest}]" if also else ""
    return f"{text.plain(f'{first.happened}: {BY_NAME[first.rule].owed}.', NOTE)}{said}"


def _facts(line: Line, known: Known, reach: tuple[str, ...]) -> str:
    """What was said last, what they care about, what is next, how to reach them: a line each, where it is known."""
    told = {
        "Said last": _last(line, known.last),
        "Cares about": "; ".join(_answer(*pair) for pair in known.cares),
        "Next": _ahead(known.ahead),
        "Reach": " · ".join(text.plain(value) for value in reach),
    }
    return "  \n".join(f":small[**{name}:** {said}]" for name, said in told.items() if said)


def _last(line: Line, last: Said | None) -> str:
    """The last note, and the last contact where that was later or nothing was noted."""
    met = line.last_contact_at
    later = met is not None and (last is None or met.date() > last.at.date())
    contact = f"in contact on {text.day(met)}, nothing noted" if later and met is not None else ""
    if last is None:
        return contact or "nothing is on record"
    note = f"“{text.plain(last.text, NOTE)}” ({last.title}, {text.day(last.at)}, {text.plain(last.desk)})"
    return f"{note}; {contact}" if contact else note


def _answer(question: str, answer: str) -> str:
    return f"{text.plain(owed_files.asked(question))}: {text.plain(answer, ANSWER)}"


def _ahead(ahead: Said | None) -> str:
    if ahead is None:
        return ""
    place = f", {text.plain(ahead.place)}" if ahead.place else ""
    return f"{ahead.title} on {ahead.at:%a} {text.day(ahead.at)}, {ahead.at:%H:%M}{place}".replace(":", "\\:")
