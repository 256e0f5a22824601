"""What is still to be answered before a file can be read: said above the questions and beside the last button."""

from __future__ import annotations

from collections.abc import Mapping

from streamlit.delta_generator import DeltaGenerator

from loaders import LoadReport
from loaders.inspection import Inspection
from loaders.mapping import DATE, Decisions, Shape
from loaders.meanings import OPEN
from ui import text, understood, wishes
from ui.wizard import answers, blanks, credit
from ui.wizard.outcomes import waiting

#: Fields a row cannot do without -> the answer that is missing.
_NEEDED: Mapping[Shape, Mapping[str, str]] = {
    "activity": {
        "occurred_at": "which column tells when it happened",
        "activity": "which column tells what was done",
    },
    "wide": {DATE: "which columns hold the dates of stages"},
}
_NO_HEADER = "which row holds the names of the columns"
_NO_DESK = "whose work it is"
ANSWERED = "Everything is answered."
_SCALE = "from which to which number scores are given"
_ORDER = "whether the day or the month comes first in dates"


def left(file_id: str, seen: Inspection, decided: Decisions | None, refused: str = "") -> tuple[int, str]:
    """How many answers are missing, and which, in words safe for markdown; (0, "") where none is.

    ``decided`` is None as long as there are no columns to decide about; ``refused`` is the code of the refusal, if any.
    """
    if decided is None:
        return 1, _NO_HEADER
    missing = [words for name, words in _NEEDED[decided.shape].items() if not _has(decided, name)]
    if not (_has(decided, "desk") or (answers.said(file_id, "desk") or "").strip()):
        missing.append(_NO_DESK)
    missing += filter(None, [one.missing(file_id, seen, decided.columns) for one in (credit, blanks)])
    open_words = waiting(file_id, seen, decided.values) if "outcome" in decided.columns else []
    values = [*(value for value, meaning in decided.values.items() if meaning == OPEN), *open_words]
    dates = [_ORDER] if decided.day_first is None and _reads_both_ways(seen, decided) else []
    dates += [_SCALE] if refused == "score_scale_unknown" and not decided.score_scale else []
    names = text.listed([f'"{text.plain(value)}"' for value in wishes.worded(values)])
    named = [f"what {names} {'means' if len(values) == 1 else 'mean'}"] if values else []
    return len(missing) + len(values) + len(dates), "; ".join([*missing, *named, *dates])


def _has(decided: Decisions, name: str) -> bool:
    return any(headers and one.startswith(name) for one, headers in decided.columns.items())


def _reads_both_ways(seen: Inspection, decided: Decisions) -> bool:
    used = {header for headers in decided.columns.values() for header in headers}
    return any(date.ambiguous and used & {date.header, *date.header.split(" + ")} for date in seen.dates)


def sentence(missing: tuple[int, str]) -> str:
    """``2 answers left: ...``; "" where none is."""
    count, which = missing
    return f"{text.count(count, 'answer')} left: {which}." if count else ""


def show(place: DeltaGenerator, file_id: str, report: LoadReport) -> None:
    """The question about a file that waits for answers, as far as it was answered when the page was drawn last."""
    _draw(place, report, answers.said(file_id, "left"))


def update(place: DeltaGenerator, file_id: str, report: LoadReport, said: str) -> None:
    """Say what is left now, where that is not what ``show`` has said."""
    if understood.can_be_answered(report) and said != answers.said(file_id, "left"):
        answers.say(file_id, "left", said)
        _draw(place, report, said)


def _draw(place: DeltaGenerator, report: LoadReport, said: str | None) -> None:
    if said == "":
        place.success(f"{ANSWERED} Look it through, then press **Use this mapping** below.", icon=":material/check:")
    else:
        place.info(understood.question(report, said or ""), icon=":material/help:")
