"""The page Owed: how many people wait, one card a person, a page of them at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from quality.call_sheet import AHEAD, LONG, PARTS, Line, Person, lines
from quality.last_words import Known, Said
from quality.obligation_rules import BY_NAME
from ui import clock, menu, owed_answers, owed_data, owed_files, owed_link, owed_unrecorded, person_rows, text, whose
from ui.last_words import said_last
from ui.paging import chosen_page
from ui.whose import Whose

EVERY = "Every reason"
PAGE = 25
#: Letters of a note and of an answer that are shown; further reasons, and desks, of one person.
NOTE, ANSWER, MOST = 240, 120, 4
_TITLES = {part.title: part.name for part in PARTS}
_PARTS = {part.name: part for part in PARTS}
#: What is said of one person of a part, and of several.
_HEADS = {
    "today": ("waits for a word today", "wait for a word today"),
    "coming": (f"comes up within {AHEAD} days", f"come up within {AHEAD} days"),
    "long": (f"has waited for more than {LONG} days", f"have waited for more than {LONG} days"),
}
_HELP = "A reason is a rule of follow-up; the cards say what it owes. Choose one, and its sentence stands below."
_WAITS = {
    "today": "Nobody waits for a word today.",
    "coming": f"Nothing falls due within {AHEAD} days.",
    "long": f"Nothing is more than {LONG} days late.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list shows: whose, by which rule (None: any), which part, whose name holds which letters."""

    whose: Whose
    rule: str | None
    part: str
    name: str = ""

    @property
    def key(self) -> str:
        """Tells the widgets of one list from those of another."""
        return f"{self.part}-{self.rule}-{self.whose.words}-{self.name}"


def ask() -> Asked:
    """Whose list, which reason and which part of it, all kept in the address; and a name, which is not."""
    chosen = whose.ask()
    with st.grid(2, min_column_width=260):
        rule = _ask_rule(chosen)
        name = st.text_input(
            "Find a person",
            max_chars=owed_link.LONGEST,
            key=owed_link.FIND,
            icon=":material/search:",
            placeholder="A name, or a part of it",
        )
    title = st.segmented_control(
        "Part of the list", list(_TITLES), default=PARTS[0].title, required=True, key="part", bind="query-params"
    )
    return Asked(chosen, rule, _TITLES[title or PARTS[0].title], (name or "").strip())


def _ask_rule(chosen: Whose) -> str | None:
    titles = {BY_NAME[rule].title: rule for rule in owed_data.reasons(chosen.asked)}
    title = st.selectbox("Reason", [EVERY, *titles], key="rule", bind="query-params", help=_HELP)
    return titles.get(title or EVERY)


def show(asked: Asked) -> None:
    """How many wait, then the people of the chosen part, a page at a time."""
    with st.spinner("Looking whom we owe a word"):
        sheet = owed_data.sheet(asked.whose.asked, asked.rule, asked.name)
    counts, chosen = owed_data.in_numbers(sheet), sheet[sheet["part"] == asked.part]
    _lead(counts, asked)
    owed_unrecorded.say(asked.whose.asked)
    if chosen.empty:
        _say_nobody(asked)
        return
    people = chosen["line"].drop_duplicates()
    page = people.iloc[chosen_page(len(people), PAGE, "page", asked.key)]
    shown = lines(chosen[chosen["line"].isin(page)], clock.today())
    known, reach = owed_data.known_of(shown), owed_data.reach(shown)
    missed = owed_data.missed_fridays(asked.whose.asked)
    with st.grid(2, min_column_width=320):
        for line in shown:
            _card(line, known.get(line.person, Known()), reach[line.person], _missed(line, missed))
    owed_answers.ask_for_all(chosen, asked.key)
    owed_files.buttons(chosen, _PARTS[asked.part], head(counts, asked))


def head(counts: dict[str, int], asked: Asked) -> str:
    """How many people the list shows and which list that is, as plain text; of today's also how many are late."""
    part, number = asked.part, counts[asked.part]
    rule = f" by reason “{BY_NAME[asked.rule].title}”" if asked.rule else ""
    late = f", {counts['late']:,} of them late" if part == "today" and counts["late"] else ""
    cut = ["" if asked.whose.asked is None else asked.whose.words, f"“{asked.name}” in the name" if asked.name else ""]
    of = f" ({'; '.join(filter(None, cut))})" if any(cut) else ""
    return f"{text.count(number, 'person', 'people')} {_HEADS[part][number != 1]}{rule}{late}{of}"


def _lead(counts: dict[str, int], asked: Asked) -> None:
    """The list that is shown, the rule it was cut down to, how many stand in the other parts, and the order."""
    st.subheader(text.plain(head(counts, asked), 300), anchor=False)
    rule = f"{BY_NAME[asked.rule].sentence} " if asked.rule else ""
    others = [f"{counts[name]:,} {said[counts[name] != 1]}" for name, said in _HEADS.items() if name != asked.part]
    order = f" :small[{_PARTS[asked.part].order}]" if counts[asked.part] else ""
    st.markdown(f"{rule}Besides, {' and '.join(others)}.{order}")


def _say_nobody(asked: Asked) -> None:
    if asked.name:
        st.info(f"No name on this list holds “{text.plain(asked.name)}”.", icon=":material/person_search:")
        return
    st.success(_WAITS[asked.part], icon=":material/task_alt:")


# --- one person ------------------------------------------------------------------------------------------------------


def _card(line: Line, known: Known, reach: tuple[str, ...], missed: str) -> None:
    with st.container(border=True, height="stretch", gap="small"):
        st.markdown("\n\n".join(filter(None, (_head(line), _why(line), _facts(line, known, reach, missed)))))
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
    """The name and how late, that of another reason too where it is later; then whom and what it is about."""
    first, longest = line.reasons[0], line.longest
    badge = f":{'orange' if first.is_late else 'blue'}-badge[{text.plain(first.late)}]"
    also = f" :orange-badge[also {text.plain(longest.late)}]" if longest.is_late and longest.late != first.late else ""
    about = " · ".join(text.plain(one) for one in (line.party, *line.about[:2]) if one)
    return f"**{text.plain(line.who or '(no name)')}** {badge}{also}  \n:small[{about}]"


def _why(line: Line) -> str:
    """What happened and what is owed for it, the most urgent first; the others in a few words."""
    first, *others = line.reasons
    also = list(dict.fromkeys(f"{BY_NAME[other.rule].owed}, {other.late}" for other in others))
    rest = f"; and {len(also) - MOST} more" if len(also) > MOST else ""
    said = f"  \n:small[Also: {text.plain('; '.join(also[:MOST]), 400)}{rest}]" if also else ""
    return f"{text.plain(f'{first.happened}: {BY_NAME[first.rule].owed}.', NOTE)}{said}"


def _missed(line: Line, missed: dict[Person, tuple[int, date]]) -> str:
    """On how many Fridays somebody who is owed this week's news went without; one Friday that is gone says little."""
    number, since = missed.get(line.person, (0, clock.today()))
    owed_news = any(reason.rule == owed_data.FRIDAY for reason in line.reasons)
    return f"no news on {number} Fridays since {text.day(since)}" if owed_news and number > 1 else ""


def _facts(line: Line, known: Known, reach: tuple[str, ...], missed: str) -> str:
    """What was missed, what was said last, what they care about, what is next, how to reach them; where it is known."""
    told = {
        "Missed": missed,
        "Said last": said_last(known.last, line.last_contact_at, partial(text.plain, longest=NOTE)),
        "Cares about": "; ".join(_answer(*pair) for pair in known.cares),
        "Next": _ahead(known.ahead),
        "Reach": " · ".join(text.plain(value) for value in reach),
    }
    return "  \n".join(f":small[**{name}:** {said}]" for name, said in told.items() if said)


def _answer(question: str, answer: str) -> str:
    return f"{text.plain(owed_files.asked(question))}: {text.plain(answer, ANSWER)}"


def _ahead(ahead: Said | None) -> str:
    if ahead is None:
        return ""
    place = f", {text.plain(ahead.place)}" if ahead.place else ""
    return f"{ahead.title} on {ahead.at:%a} {text.day(ahead.at)}, {ahead.at:%H:%M}{place}".replace(":", "\\:")
