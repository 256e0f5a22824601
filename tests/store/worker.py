"""A process of its own for the tests: imports overlapping files, or stops for ever in the midst of an import.

worker.py FOLDER NUMBER COUNT          imports COUNT files, each with 20 rows all files share and 10 of its own
worker.py FOLDER answers NAME          says 20 answers, one at a time, that all say and 20 of its own
worker.py FOLDER stop-in-file          says "stopped" and waits when half of the file is written
worker.py FOLDER stop-before-commit    says "stopped" and waits when the file is there and nothing is committed
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pandas as pd

from store import History, ImportMeta, files, ledger
from store.files import INCOMING

TYPES = {"large_string": "str", "timestamp[us]": "datetime64[us]", "date32[day]": "datetime64[us]"}


def overlapping(name: str) -> pd.DataFrame:
    identities = [f"shared {row}" for row in range(20)] + [f"{name} {row}" for row in range(10)]
    filled = {
        "activity_id": identities,
        "notes": name,
        "occurred_at": pd.Timestamp(2026, 3, 2, 9),
        "desk": "Desk 01",
        "activity": "hit",
        "source": "example",
        "source_row": range(2, 32),
    }
    types = {field.name: TYPES.get(str(field.type), str(field.type)) for field in INCOMING}
    return pd.DataFrame(filled, columns=INCOMING.names).astype(types)


def wait_for_ever(*_: object) -> None:
    sys.stdout.write("stopped\n")
    sys.stdout.flush()
    time.sleep(600)


def half_a_file(_: object, where: Path, **__: object) -> None:
    where.write_bytes(b"PAR1 half a file")
    wait_for_ever()


def answer(history: History, name: str) -> None:
    said = {"rule": "close_loop", "answer": "elsewhere", "answered_by": "Desk 01"}
    for number in range(20):
        history.save_answers([said | {"trigger_id": f"{whose} {number}"} for whose in ("shared", name)])


def main(folder: str, what: str, count: str = "1") -> None:
    if what == "answers":
        answer(History(Path(folder)), count)
        return
    if what == "stop-in-file":
        files.pq.write_table = half_a_file
    if what == "stop-before-commit":
        ledger.add_file = wait_for_ever
    for number in range(int(count)):
        name = f"{what}/{number}"
        History(Path(folder)).add(overlapping(name), ImportMeta(name, name, "touchline", {}))


if __name__ == "__main__":
    main(*sys.argv[1:])
