"""Timing in processes of their own, so that peak memory is each one's own and nothing is warm by accident."""

from __future__ import annotations

import importlib
import json
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds of wall time without imports, and the process's peak memory in bytes."""

    seconds: float
    peak: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: our cost as a multiple of the yardstick's, and the most it may be."""

    work: str
    yardstick: str
    ours: float
    theirs: float
    at_most: float
    unit: str = "x"

    @property
    def value(self) -> float:
        return self.ours - self.theirs if self.unit == "ms" else self.ours / self.theirs

    @property
    def is_met(self) -> bool:
        return self.value <= self.at_most


def peak_memory() -> int:
    """Peak resident memory of this process and its largest child, in bytes; 0 where the system cannot tell."""
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in who) * unit


def run(function: str, *arguments: object) -> Cost:
    """Run ``module:function`` once in a new process with text arguments."""
    command = [sys.executable, "-m", "benchmarks.measure", function, *map(str, arguments)]
    done = subprocess.run(command, cwd=HOME, check=True, capture_output=True, text=True)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(c.seconds for c in costs), int(statistics.median(c.peak for c in costs)))


def in_turn(runs: int, ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Cost, Cost]:
    """Medians of both sides, run one after the other so that a slow minute of the machine hits both."""
    pairs = [(run(*ours), run(*theirs)) for _ in range(runs)]
    return median([a for a, _ in pairs]), median([b for _, b in pairs])


def main(function: str, *arguments: str) -> None:
    module, name = function.split(":")
    works = importlib.import_module(module)
    work = getattr(works, name)
    # Libraries load parts of themselves on first use; that is a cost of starting, not of the work.
    getattr(works, "warm_up", lambda: None)()
    start = time.perf_counter()
    work(*arguments)
    print(json.dumps({"seconds": time.perf_counter() - start, "peak": peak_memory()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
