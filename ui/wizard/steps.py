"""The four steps on one page, for one dropped file, and the button that keeps what they came down to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from loaders import LoadReport, RawFile, RefusedError, shipped_layouts, vocabularies
from loaders.inspection import Inspection, inspect
from loaders.mapping import Decisions, Shape, check, document, to_toml
from ui import data, text, understood
from ui.wizard import answers, blanks, columns, dates, left, outcomes, saved, scores, table, values

#: The layout of a list of desks and teams.
ROSTER = "roster"
TITLE, TITLE_UNKNOWN = "Check or correct how it was read", "Tell Touchline what this file says"
_WHICH_SYSTEM = "If you know which system it came from"
#: Refusals that no answer on this page can lift.
_NOT_ASKED = ("header_only",)
#: Below this score the likeliest layout is only a guess.
_SURE = 0.5
#: So near to the best a layout may be the right one as well.
_CLOSE = 0.1


def is_needed(report: LoadReport) -> bool:
    """Whether a file cannot go in as it was read: not understood, tied, matched only weakly, or values unknown."""
    if report.refused:
        return report.refused.code not in _NOT_ASKED
    used = next((one for one in report.candidates if one.layout == report.layout), None)
    return bool(report.unmapped_values) or (used is not None and used.score < _SURE)


def offer(file_id: str, report: LoadReport, raw: RawFile, place: DeltaGenerator) -> None:
    """The wizard in its box: open where it is needed, else one click away; its questions are drawn once opened.

    ``place`` is where the page says what is left to answer.
    """
    box = answers.key(file_id, "wizard")
    if answers.said(file_id, "close"):
        answers.say(file_id, "close", False)
        answers.say(file_id, "wizard", False)
    elif box not in st.session_state:
        answers.say(file_id, "wizard", is_needed(report))
    title = TITLE_UNKNOWN if understood.can_be_answered(report) else TITLE
    with st.expander(title, icon=":material/tune:", key=box, on_change="rerun"):
        if answers.said(file_id, "wizard") or answers.said(file_id, "asked"):
            answers.say(file_id, "asked", True)
            _ask(file_id, report, raw, place)


def _ask(file_id: str, report: LoadReport, raw: RawFile, place: DeltaGenerator) -> None:
    _ask_layout(file_id, report)
    if report.layout == ROSTER:
        st.markdown("A list of teams has nothing to map. If it is something else, choose what.")
        return
    seen = _inspected(file_id, raw)
    table.ask(file_id, seen)
    if not seen.columns:
        left.update(place, file_id, report, left.sentence(left.left(file_id, seen, None)))
        return
    decided = _decided(file_id, seen)
    missing = left.sentence(left.left(file_id, seen, decided, report.refused.code if report.refused else ""))
    left.update(place, file_id, report, missing)
    _offer_to_keep(file_id, report, seen, decided, missing)


def _decided(file_id: str, seen: Inspection) -> Decisions:
    """The questions of steps 2 to 4, and what their answers come down to."""
    shape, held = columns.ask(file_id, seen)
    filled = blanks.ask(file_id, seen, held, columns.FIELDS)
    meanings, endings = _values(file_id, seen, shape, "outcome" in held)
    told = dates.ask(file_id, seen, [header for headers in held.values() for header in headers])
    scale = scores.ask(file_id, seen, held)
    calls = answers.CALLS.get(answers.said(file_id, "calls") or "", seen.decisions.calls)
    return replace(
        seen.decisions,
        shape=shape,
        columns=held,
        values=meanings,
        outcomes=endings,
        calls=calls,
        fill_down=tuple(sorted(filled)),
        score_scale=scale,
        **told,
    )


def _values(file_id: str, seen: Inspection, shape: Shape, has_outcomes: bool) -> tuple[dict[str, str], dict[str, str]]:
    if shape == "activity":
        meant = values.ask(file_id, seen)
        return meant, outcomes.ask(file_id, seen, meant) if has_outcomes else {}
    values.skip()
    return {}, {}


def _ask_layout(file_id: str, report: LoadReport) -> None:
    """Which kind of export it is: the likeliest first, with why where there is a choice; out of the way otherwise."""
    titles = {name: layout.title for name, layout in shipped_layouts().items()}
    titles |= {name: f"{name} (yours)" for name in data.layouts()}
    _ask_tie(file_id, report, titles)
    known = f"Recognised: {text.plain(report.layout_title)}" if report.layout_title else _WHICH_SYSTEM
    with st.expander(known, icon=":material/sell:"):
        st.selectbox(
            "Kind of export",
            list(dict.fromkeys([*(one.layout for one in report.candidates), *data.layouts(), *titles])),
            index=None,
            format_func=lambda name: titles.get(name, name),
            placeholder=report.layout_title or "Not recognised",
            key=answers.key(file_id, "layout"),
            on_change=_start_over,
            args=(file_id, "layout"),
            width=420,
            help="Which system the file came from. Touchline recognises it by its columns and values.",
        )
        _ask_vocabulary(file_id)


def _ask_vocabulary(file_id: str) -> None:
    known = vocabularies.shipped()
    st.selectbox(
        "Words of this system",
        sorted(known, key=lambda name: known[name].title.casefold()),
        index=None,
        format_func=lambda name: known[name].title,
        placeholder="Words that are usual anywhere",
        help="Improves the suggestions where you know which system the file came from.",
        key=answers.key(file_id, "vocabulary"),
        width=420,
    )


def _ask_tie(file_id: str, report: LoadReport, titles: Mapping[str, str]) -> None:
    """The kinds of export the file looks like just as much, with why; not while only its dates are asked."""
    code = report.refused.code if report.refused else ""
    if code == "date_order_ambiguous":
        return
    likely = [one for one in report.candidates if one.score > report.candidates[0].score - _CLOSE]
    if len(likely) < 2 or answers.said(file_id, "layout"):
        return
    tied = code == "ambiguous_layout"
    names = [one.layout for one in likely]
    st.radio(
        "It looks like several kinds of export. Which is it?" if tied else "It could also be another kind of export",
        names,
        index=None if tied or report.layout not in names else names.index(report.layout),
        format_func=lambda name: text.plain(titles.get(name, name)),
        captions=[f"{one.score:.0%}: {text.plain(one.reason, 200)}" for one in likely],
        key=answers.key(file_id, "tie"),
        on_change=_start_over,
        args=(file_id, "tie"),
    )


def _start_over(file_id: str, what: str) -> None:
    answers.start_over(file_id, answers.said(file_id, what))


def _inspected(file_id: str, raw: RawFile) -> Inspection:
    """What can be seen in the file, looked at anew only when an answer changes what there is to see."""
    options = replace(answers.options_for(file_id), columns=columns.steering(file_id) or None)
    asked = (options, answers.said(file_id, "vocabulary"), columns.shape_said(file_id))
    known = answers.said(file_id, "inspected")
    # The message has a place of its own: what comes below must not move when it appears.
    place = st.container()
    if known is None or known[0] != asked:
        with place, st.spinner("Looking at columns and values"):
            found = inspect(raw, *asked)
        # From now on the page asks for the shape that was seen: the same look, not another one.
        known = ((*asked[:2], found.shape), found)
        answers.say(file_id, "inspected", known)
    return known[1]


def _offer_to_keep(file_id: str, report: LoadReport, seen: Inspection, decided: Decisions, missing: str) -> None:
    st.markdown("#### Keep it under a name")
    # Which answers are missing is listed at the top.
    st.markdown(f"**{missing.partition(':')[0]}**." if missing else f":material/check_circle: {left.ANSWERED}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            "Name",
            value=_proposed_name(report),
            key=answers.key(file_id, "name"),
            max_chars=60,
            required=True,
            width=320,
        ).strip()
        clicked = st.button(
            "Use this mapping", type="primary", icon=":material/check:", key=answers.key(file_id, "use")
        )
    if name in data.layouts():
        st.markdown(f"You have a layout of this name: it is replaced. {saved.STAYS}")
    if clicked:
        _keep(file_id, seen, replace(decided, name=name, title=name))


def _proposed_name(report: LoadReport) -> str:
    """An own layout keeps its name, another file gives its own."""
    if report.layout in data.layouts():
        return report.layout
    return " ".join(PurePath(report.name).stem.replace("_", " ").split())[:60]


def _keep(file_id: str, seen: Inspection, decided: Decisions) -> None:
    """Save the mapping and have the file read with it, or say what is wrong with it."""
    refusal = saved.refused_name(decided.name)
    if refusal:
        st.error(refusal, icon=":material/block:")
        return
    try:
        toml = to_toml(written := document(decided, saved.document_of(seen.base)))
        check(written)
    except RefusedError as error:
        understood.show_refusal(error.refusal)
        return
    data.history().save_layout(decided.name, toml)
    answers.say(file_id, "keep", decided.name)
    answers.say(file_id, "close", True)
    st.rerun()
