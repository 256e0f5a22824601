"""Measure everything once and print the table: ``python3 touchline.py bench [--folder DIR] [--runs N] [--write]``."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from benchmarks import counting, data, promises, screens, uploads
from benchmarks.measure import HOME, Figure

HEAD = "| work | measured against | ours | yardstick | result | at most | |\n|---|---|---|---|---|---|---|"


def amount(number: float, figure: Figure) -> str:
    if figure.unit == "ms":
        return f"{number:.0f} ms"
    return f"{number / 1e6:,.0f} MB" if number > 1e5 else f"{number:.2f} s"


def line(figure: Figure) -> str:
    unit = " ms more" if figure.unit == "ms" else " x"
    verdict = "met" if figure.is_met else "**missed**"
    cells = (
        amount(figure.ours, figure),
        amount(figure.theirs, figure),
        f"{figure.value:.2f}{unit}",
        f"{figure.at_most:g}{unit}",
    )
    return f"| {figure.work} | {figure.yardstick} | {' | '.join(cells)} | {verdict} |"


def machine() -> str:
    """What the figures were taken on, in words that hold no name of a machine."""
    packages = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("duckdb", "pandas", "streamlit"))
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {system}, {packages}"


def stored(csv: Path, folder: Path) -> Path:
    """A history with the million rows in it, for the pages."""
    if not folder.exists():
        uploads.store(csv, folder)
    return folder


def measure(folder: Path, runs: int) -> list[Figure]:
    folder.mkdir(parents=True, exist_ok=True)
    csv = data.csv_file(folder)
    return [
        *uploads.figures(csv, data.xlsx_file(folder), runs),
        *counting.figures(data.parquet_bed(folder), runs),
        *promises.figures(data.parquet_bed(folder), runs),
        *screens.figures(stored(csv, folder / "history"), runs * 3),
    ]


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="touchline.py bench")
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "touchline-bench", help="where the data is kept"
    )
    parser.add_argument("--runs", type=int, default=3, help="runs of each side, medians count")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/performance.md")
    return parser.parse_args()


def write(table: str) -> None:
    page = HOME / "docs" / "performance.md"
    text = page.read_text(encoding="utf-8")
    before, _ = text.split("<!-- table -->", 1)
    page.write_text(
        f"{before}<!-- table -->\n\nTaken {datetime.now().astimezone():%d %B %Y} on {machine()}.\n\n{table}\n",
        encoding="utf-8",
    )


def main() -> int:
    asked = options()
    figures = measure(asked.folder, asked.runs)
    table = "\n".join([HEAD, *map(line, figures)])
    print(table)
    if asked.write:
        write(table)
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
