"""What the command ``import`` says of a file; nobody is named who wants to be left alone.

A report is that of `LoadReport.to_json`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from quality.wishes import People, told


def summary(report: Mapping[str, Any], reason: str, alone: People) -> str:
    """A report in a few lines, with the reason for reading it so; ``alone`` are those who want to be left alone."""
    if refused := report["refused"]:
        return "{name}: refused ({code}). {reason} {fix}".format(name=report["name"], **refused)
    counts = (
        "  {rows_read} rows = {accepted} accepted, {duplicate} duplicate, {ignored} ignored, "
        "{unmapped} with unknown values, {rejected} to mend"
    )
    warnings = map("  {}".format, _worded(report["warnings"], alone))
    return "\n".join([f"{report['name']}: {reason}", counts.format_map(report), *warnings])


def document(report: Mapping[str, Any], alone: People) -> dict[str, Any]:
    """A report for scripts; the file itself holds the names, by the number of the row."""
    values = Counter[str]()
    cells = _worded((problem["value"] for problem in report["problems"]), alone)
    for value, rows in zip(_worded(report["unmapped_values"], alone), report["unmapped_values"].values(), strict=True):
        values[value] += rows
    return {
        **report,
        "problems": [problem | {"value": cell} for problem, cell in zip(report["problems"], cells, strict=True)],
        "unmapped_values": dict(values),
        "warnings": _worded(report["warnings"], alone),
    }


def _worded(texts: Iterable[str], alone: People) -> list[str]:
    return told(pd.Series(list(texts), dtype="str"), alone).tolist()
