"""Make the table of thresholds that `quality.cusum` reads: ``python -m benchmarks.cusum_table`` (about ten minutes).

Under the least threshold the table goes on with negative numbers along the slope that charts of many cases have, so
that the curve through it has no kink; readers raise them to the least threshold again.
"""

from __future__ import annotations

from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import product
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from quality.cusum import LOWEST, TABLE, THOUSANDTHS, Direction, Kind, alternative, on_axis, run_length, solve_threshold

Chart = tuple[float, float, float, Direction, Kind]
Axes = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]

MEAN_N = np.geomspace(0.5, 1000, 34)
WEEKS = np.geomspace(26, 1500, 5)
#: Gain of log weeks per unit of threshold on charts of many cases, and how far the table goes below.
SLOPE, DEPTH = 0.6, -20.0


def usual_rates(kind: Kind, nodes: int = 24) -> NDArray[np.float64]:
    """Evenly spread nodes, with an upper end that keeps them away from rates where scores are simple multiples.

    There (a share of 2/3, 0.453 or 0.342 on a low chart, for one) sums come in steps, and a node would bend the curve.
    """
    ends = on_axis([0.005, 4.0 if kind == "rate" else 0.82], kind)
    along = np.linspace(ends[0], ends[1], nodes)
    return np.exp(along) if kind == "rate" else expit(along)


def cell(chart: Chart) -> tuple[float, float]:
    """Threshold and log weeks to notice of one chart."""
    p0, mean_n, weeks, direction, kind = chart
    changed = float(alternative(p0, direction, kind))
    h = solve_threshold(p0, changed, mean_n, weeks, kind)
    noticed = log(run_length(p0, changed, mean_n, h, kind=kind, true=changed))
    if h > LOWEST:
        return h, noticed
    quiet = run_length(p0, changed, mean_n, LOWEST, kind=kind)
    return max(LOWEST - log(quiet / weeks) / SLOPE, DEPTH), noticed


def block(axes: Axes, direction: Direction, kind: Kind, workers: Executor) -> NDArray[np.int16]:
    charts = [(*map(float, place), direction, kind) for place in product(*axes)]
    cells = np.array(list(workers.map(cell, charts, chunksize=20)))
    shape = tuple(len(axis) for axis in axes)
    return np.round(cells.reshape(*shape, 2) * THOUSANDTHS).astype(np.int16)


def main() -> None:
    stored: dict[str, NDArray] = {"mean_n": MEAN_N, "weeks": WEEKS}
    kinds: tuple[Kind, ...] = ("thinning", "rate")
    directions: tuple[Direction, ...] = ("low", "high")
    with ProcessPoolExecutor() as workers:
        for kind in kinds:
            stored[f"{kind}_p0"] = usual_rates(kind)
            for direction in directions:
                axes = (stored[f"{kind}_p0"], MEAN_N, WEEKS)
                stored[f"{kind}_{direction}"] = block(axes, direction, kind, workers)
    np.savez_compressed(TABLE, allow_pickle=False, **stored)


if __name__ == "__main__":
    main()
