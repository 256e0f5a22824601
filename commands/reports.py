"""What the command ``import`` says of a file; nobody is named who wants to be left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from loaders import LoadReport
from quality.wishes import People, told


def summary(report: LoadReport, alone: People) -> str:
    """A report in a few lines; ``alone`` are the people who want to be left alone."""
    if report.refused:
        return f"{report.name}: refused ({report.refused.code}). {report.refused.reason} {report.refused.fix}"
    parts = f"{report.accepted} accepted, {report.duplicate} duplicate, {report.ignored} ignored"
    more = f"{report.unmapped} with unknown values, {report.rejected} to mend"
    lines = [
        f"{report.name}: {report.reason}",
        f"  {report.rows_read} rows = {parts}, {more}",
        *map("  {}".format, _worded(report.warnings, alone)),
    ]
    return "\n".join(lines)


def document(report: LoadReport, alone: People) -> dict[str, Any]:
    """A report for scripts: that of `LoadReport.to_json`; the file itself holds the names, by the number of the row."""
    found, values = report.to_json(), Counter[str]()
    cells = _worded((problem["value"] for problem in found["problems"]), alone)
    for value, rows in zip(_worded(found["unmapped_values"], alone), found["unmapped_values"].values(), strict=True):
        values[value] += rows
    return found | {
        "problems": [problem | {"value": cell} for problem, cell in zip(found["problems"], cells, strict=True)],
        "unmapped_values": dict(values),
        "warnings": _worded(found["warnings"], alone),
    }


def _worded(texts: Iterable[str], alone: People) -> list[str]:
    return told(pd.Series(list(texts), dtype="str"), alone).tolist()
