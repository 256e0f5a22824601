"""Step 3: which value means which activity, and whose side calls are on."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from loaders.inspection import Inspection, ValueSeen
from loaders.mapping import MEANINGS
from loaders.meanings import CALL, IGNORE, OPEN
from loaders.suggest import sounds_missed
from loaders.words import value_key
from ui import text, wishes
from ui.wizard import answers, choices
from ui.wizard.choices import STILL_OPEN, Asked

WHY = {
    "layout": "known from the layout",
    "word": "a usual word for it",
    "vocabulary": "a word of this system",
    "likely": "proposed",
    "similar": "proposed",
    "follows": "proposed, like the word you answered",
    "": "",
}
#: What is only proposed, and so worth a look.
PROPOSED = ("likely", "similar")
_ASKED = "Means"
_HEADING = "#### 3. Which value means which activity"
_HELP = ":material/help:"
#: Activities whose name alone says too little -> a few plain words.
_PLAIN: Mapping[str, str] = {
    "touch": "any other purposeful contact",
    "hit": "a call that found somebody interested",
    "start": "first day of work",
    "intake_call": "the client describes a job",
    "prep": "before a client interview",
    "debrief": "after a client interview",
    "feedback": "the candidate was told why",
    "conversation": "a call, nobody knows with which side",
    "extension": "an assignment goes on for longer",
    "end": "last day of an assignment",
    "contract_closed": "a vacancy is no longer open",
    "handoff": "somebody else takes over",
    "discovery": "an answer worth knowing",
    "ticket_opened": "a support case",
    "contact_consent": "may be contacted",
}
_LABELS = {
    **{name: f"{label}: {_PLAIN[name]}" if name in _PLAIN else label for name, label in MEANINGS.items()},
    OPEN: STILL_OPEN,
}
_IN_SHORT = (
    "**Interview**: your desk meets them. **Presentation**: résumé to the client. **Send-out**: the client meets them."
)
#: Values that sound like a second interview or a later one, as they are compared.
_LATER = re.compile(
    r"\b(2nd|3rd|4th|second|third|final|further|zweit\w*|dritt\w*|deuxi\w*|segund[oa]|[2-9])\b|[a-z][2-4]\b"
)
_ROUNDS = "a later round: kept, not counted in the ratios"
_EXPLAINED = """
- **Recruiting call**: somebody talked with a possible candidate.
- **Call attempt**: nobody was reached, or a message was left.
- **Marketing call**: somebody talked with a client, to win work.
- **Interview**: your own desk meets the candidate; ratios count those that took place.
- **Presentation**: a résumé goes to the client; ratios count the first per person and job.
- **Send-out**: the client meets the candidate. Every interview is one; ratios count the first held per person and job.
- **Fill**: somebody is placed. It falls off where the outcome says that nobody started.
- **Contract**: a vacancy is won, a client gives an order.

A meeting with a client that is no interview is **Touch: meeting**. **Leave out** is for lines that are no activity.
"""
#: What an explanation of a word ends with elsewhere; here its list is right above.
_SAY = " Say which in "
_CHOSEN, _TITLE = "chosen by you", "Value in the file"


def ask(file_id: str, seen: Inspection) -> dict[str, str]:
    """Value -> meaning, as they stand now."""
    st.markdown(_HEADING)
    listed = tuple(seen.values)
    if not listed:
        st.markdown("Say above which column tells what was done; its values appear here.")
        return {}
    count = st.empty()
    st.markdown(_IN_SHORT)
    with st.expander("What every word means", icon=_HELP):
        st.markdown(_EXPLAINED)
    now, unknown = meanings(file_id, "values", listed), [one.value for one in listed if not one.meaning]
    now |= _following(listed, now, answers.said(file_id, "values-chosen") or {})
    values = edit(file_id, "values", listed, now, _LABELS, unknown)
    count.markdown(_count(values, listed, answers.said(file_id, "values-chosen") or ()))
    _explain(values)
    if {CALL, "conversation"} & set(values.values()) or answers.said(file_id, "calls"):
        _ask_side(file_id, seen)
    return values


def skip() -> None:
    """The step where there is nothing to ask: in a wide file."""
    st.markdown(_HEADING)
    st.markdown("Nothing to answer here: each date column is an activity, as chosen above.")


def meanings(file_id: str, what: str, seen: Sequence[ValueSeen]) -> dict[str, str]:
    """Value -> meaning: as chosen, else as suggested."""
    chosen = answers.said(file_id, f"{what}-chosen") or {}
    return {value.value: chosen.get(value.value, value.meaning) for value in seen}


def _following(seen: Sequence[ValueSeen], now: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Open value -> the meaning of the answered one it holds: *Sendout 2nd* follows *Sendout*, until somebody says."""
    answered = {
        value_key(one.value): now[one.value]
        for one in seen
        if now[one.value] not in (OPEN, IGNORE) and (one.value in chosen or one.why == "layout")
    }
    found = {}
    for one in seen:
        held = [word for word in answered if f" {word} " in f" {value_key(one.value)} "]
        if held and now[one.value] == OPEN and one.value not in chosen and not sounds_missed(one.value):
            found[one.value] = answered[max(held, key=len)]
    return found


def edit(
    file_id: str,
    what: str,
    seen: Sequence[ValueSeen],
    now: Mapping[str, str],
    labels: Mapping[str, str],
    asked_of: Collection[str],
    folded: tuple[str, str] | None = None,
) -> dict[str, str]:
    """Values and the meanings they are given; what nothing is known of comes first, and stays there once answered.

    Each has a list of its own. Of very many only those ``asked_of`` have one, the others stand in a table. With
    ``folded``, a title and what to know, what is not asked of stands in a box of that title, out of the way.
    """
    ordered = sorted(seen, key=lambda value: (value.value not in asked_of, _rank(value), -value.rows))
    few = len(ordered) <= choices.MOST
    single = ordered if few else [one for one in ordered if one.value in asked_of][: choices.MOST]
    chosen = answers.said(file_id, f"{what}-chosen") or {}
    asked = [Asked(one.value, now[one.value], _about(one, now[one.value], chosen), one.rows) for one in single]
    choose, apart = partial(_choose, file_id, what), sum(one.value in asked_of for one in single) if folded else 0
    list_ = partial(choices.ask, file_id, what.removesuffix("s"), labels=labels, choose=choose)
    if apart:
        list_(asked=asked[:apart])
    given, rest = {one.value: now[one.value] for one in single}, ordered[len(single) :]
    # Under a key it stays open while an answer in it changes its title.
    box = folded is not None and len(ordered) > apart
    with st.expander(folded[0], key=answers.key(file_id, f"{what}-folded")) if folded and box else nullcontext():
        if folded and box:
            st.markdown(folded[1])
        if asked[apart:]:
            list_(asked=asked[apart:], first=apart)
        return given | (_edit_many(file_id, what, rest, labels) if rest else {})


def _rank(value: ValueSeen) -> int:
    """Where a value stands: what is open first, then what is only proposed, then what is known."""
    return 2 if value.meaning and value.why not in PROPOSED else bool(value.meaning)


def _choose(file_id: str, what: str, value: str, meaning: str) -> None:
    answers.say(file_id, f"{what}-chosen", {**(answers.said(file_id, f"{what}-chosen") or {}), value: meaning})


def _about(value: ValueSeen, meaning: str, chosen: Mapping[str, str]) -> str:
    """What is worth knowing of a value where its meaning is chosen: where that comes from, or why it is open."""
    if value.hint and meaning == OPEN:
        return text.plain(value.hint.partition(_SAY)[0], 400)
    said = [_whence(value, meaning, chosen)]
    said += [_ROUNDS] if meaning.startswith("send_out") and _LATER.search(value_key(value.value)) else []
    return "; ".join(filter(None, said))


def _whence(value: ValueSeen, meaning: str, chosen: Mapping[str, str]) -> str:
    if value.beside and value.why == "":
        beside = text.listed([text.plain(one, 24) for one in wishes.worded(value.beside)], 2)
        return f"beside {beside}" if value.value not in chosen else f"{_CHOSEN}; beside {beside}"
    if value.value in chosen:
        return _CHOSEN
    if meaning != value.meaning and not value.why:
        return WHY["follows"]
    # What is sure needs no word: fewer to read, and those to look at stand out.
    return "" if value.why in ("word", "layout") else WHY[value.why]


def _edit_many(file_id: str, what: str, ordered: Sequence[ValueSeen], labels: Mapping[str, str]) -> dict[str, str]:
    """So many values as a table."""
    st.markdown("What is understood already. Double-click a cell under Means to change it.")
    begun = _begin(file_id, what, ordered)
    key = answers.key(file_id, f"{what}-{begun.number}-table")
    touched = {ordered[int(row)].value for row in _edited(key) if int(row) < len(ordered)}
    edited = st.data_editor(
        pd.DataFrame(
            {
                _ASKED: [labels[begun.chosen.get(value.value, value.meaning)] for value in ordered],
                "Rows": [value.rows for value in ordered],
                "Why": [_CHOSEN if value.value in {*begun.chosen, *touched} else WHY[value.why] for value in ordered],
            },
            index=pd.Index(wishes.worded(value.value for value in ordered), name=_TITLE),
        ),
        key=key,
        height="content" if len(ordered) < 13 else 480,
        disabled=[_TITLE, "Rows", "Why"],
        column_config={
            _TITLE: st.column_config.TextColumn(width=140),
            _ASKED: st.column_config.SelectboxColumn(options=list(labels.values()), required=True, width=180),
            "Rows": st.column_config.NumberColumn(format="localized", width=70),
        },
        alt="Values of the file: how many rows have each and what it means",
    )
    keys = {label: name for name, label in labels.items()}
    given = {value.value: keys[label] for value, label in zip(ordered, edited[_ASKED], strict=True)}
    told = {value.value: given[value.value] for value in ordered if given[value.value] != value.meaning}
    _keep(file_id, what, begun, told)
    return given


def _edited(key: str) -> Mapping[str, object]:
    """The rows of a table that somebody changed, by their place."""
    rows: Mapping[str, object] = st.session_state[key]["edited_rows"] if key in st.session_state else {}
    return rows


@dataclass(frozen=True, slots=True)
class _Begun:
    """A table as it was begun: what it is about, what was chosen before, and how many there were."""

    layout: str | None
    about: tuple[tuple[str, str], ...]
    chosen: Mapping[str, str]
    number: int


def _begin(file_id: str, what: str, ordered: Sequence[ValueSeen]) -> _Begun:
    """The table drawn now; other values or suggestions begin another one with what was chosen so far.

    From then on the table alone holds the answers: were its data to change with every answer, a quick second one in the
    same cell could be lost.
    """
    layout, about = answers.said(file_id, "layout"), tuple((value.value, value.meaning) for value in ordered)
    begun: _Begun | None = answers.said(file_id, f"{what}-begun")
    if begun is None or (begun.layout, begun.about) != (layout, about):
        chosen = answers.said(file_id, f"{what}-chosen") or {}
        begun = _Begun(layout, about, chosen, begun.number + 1 if begun else 0)
        answers.say(file_id, f"{what}-begun", begun)
    return begun


def _keep(file_id: str, what: str, begun: _Begun, told: Mapping[str, str]) -> None:
    """Note what was chosen: values of this table as they stand, those with a list of their own as they were said."""
    here, said = {value for value, _ in begun.about}, answers.said(file_id, f"{what}-chosen") or {}
    before = {value: name for value, name in said.items() if value not in here}
    answers.say(file_id, f"{what}-chosen", {**before, **told})


def _count(values: Mapping[str, str], seen: Sequence[ValueSeen], chosen: Collection[str]) -> str:
    rows = {value.value: value.rows for value in seen}
    left = [value for value, meaning in values.items() if meaning == OPEN]
    guessed = sum(_is_guessed(value, values[value.value]) and value.value not in chosen for value in seen)
    total = text.count(len(values), "value")
    waiting = text.count(sum(rows[value] for value in left), "row")
    said = [f"**{len(left)} of {total} open, {waiting}.**" if left else f"All **{total}** have a meaning."]
    said += [f"**{guessed}** proposed: look through these."] if guessed else []
    return " ".join(said)


def _is_guessed(value: ValueSeen, meaning: str) -> bool:
    return value.why in PROPOSED or (value.meaning == OPEN and meaning != OPEN)


def _explain(values: Mapping[str, str]) -> None:
    """What is mixed up most, below the table where it happened."""
    given = set(values.values())
    if "start" in given and "fill" not in given:
        st.info("Ratios count fills, not starts: choose **Fill** for the value that means a placement.", icon=_HELP)


def _ask_side(file_id: str, seen: Inspection) -> None:
    sides = list(answers.CALLS)
    st.radio(
        "Calls are with",
        sides,
        index=list(answers.CALLS.values()).index(seen.decisions.calls),
        key=answers.key(file_id, "calls"),
        horizontal=True,
        help="Calls with candidates and calls with clients count in different ratios. Left open they count in none.",
    )
