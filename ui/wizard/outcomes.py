"""The second half of step 3: which word of the outcome column means which outcome."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import streamlit as st

from loaders.inspection import Inspection, ValueSeen
from loaders.mapping import OUTCOME_MEANINGS
from loaders.meanings import CALL, CALLS, OPEN
from loaders.suggest import sounds_fallen, sounds_missed, sounds_unreached
from ui import text, wishes
from ui.wizard import answers
from ui.wizard.choices import STILL_OPEN
from ui.wizard.values import edit, meanings

_MISSED = "**Outcomes.** **Keep as written** counts it as done."
_EXPLAINED = (
    "**Interested** makes a recruiting call a hit, **Nobody was reached** a call attempt. **No show**, **Cancelled** "
    "and **Rescheduled** take a meeting out of the count, **Never started** a placement. Others are fine as they are."
)
#: Meanings whose outcome can say that nothing came of it, the outcomes that say nothing there, and what it sounds like.
_DOUBTFUL: tuple[tuple[tuple[str, ...], tuple[str, ...], Callable[[str], bool]], ...] = (
    (("send_out", "interview"), (OPEN,), sounds_missed),
    (("fill",), (OPEN, "cancelled", "no_show", "rescheduled", "withdrew"), sounds_fallen),
    ((CALL, *CALLS), (OPEN,), sounds_unreached),
)
#: Stands for an outcome nobody answered yet; what it comes down to until then is to keep the word as written.
_ASK = "?"


def ask(file_id: str, seen: Inspection, values: Mapping[str, str]) -> dict[str, str]:
    """Word -> outcome, as they stand now; ``values`` is what the values of the activity column mean."""
    if not seen.outcomes:
        return {}
    missed = _missed(seen, values)
    if missed:
        st.markdown(_MISSED)
    asked = dict.fromkeys(waiting(file_id, seen, values), _ASK)
    now = {**meanings(file_id, "outcomes", seen.outcomes), **asked}
    labels = {_ASK: STILL_OPEN, **OUTCOME_MEANINGS} if asked else OUTCOME_MEANINGS
    title = f"{text.count(len(now) - len(missed), 'outcome')} understood{_hits(now, values.values())}"
    given = edit(file_id, "outcomes", seen.outcomes, now, labels, missed, (title, _EXPLAINED))
    return {word: OPEN if meaning == _ASK else meaning for word, meaning in given.items()}


def _hits(outcomes: Mapping[str, str], values: Collection[str]) -> str:
    """Which words make a call with a candidate a hit, said before anybody is praised for it; "" where there is none."""
    if not {CALL, "recruiting_call"}.intersection(values):
        return ""
    hits = wishes.worded(word for word, meaning in outcomes.items() if meaning == "interested")
    words = [f"“{text.plain(word, 30)}”" for word in hits]
    if words:
        return f": {text.listed(words)} {'makes' if len(words) == 1 else 'make'} a call a hit"
    return "" if "hit" in values else ": none makes a call a hit"


def waiting(file_id: str, seen: Inspection, values: Mapping[str, str]) -> list[str]:
    """Words that sound as if a meeting did not take place, a placement fell through or a call reached nobody, until
    somebody says what they mean.
    """
    chosen = answers.said(file_id, "outcomes-chosen") or {}
    return [word for word in _missed(seen, values) if word not in chosen]


def _missed(seen: Inspection, values: Mapping[str, str]) -> list[str]:
    """Words that sound as if what they stand beside came to nothing; a known kind of export has settled them."""
    if seen.known:
        return []
    return [one.value for one in seen.outcomes if any(_sounds(values.get(beside, ""), one) for beside in one.beside)]


def _sounds(meaning: str, word: ValueSeen) -> bool:
    """Whether a word sounds so beside a meaning, as long as what it is taken for says nothing of it there."""
    fitting = (one for one in _DOUBTFUL if meaning in one[0])
    return any(word.meaning in silent and sounds(word.value) for _, silent, sounds in fitting)
