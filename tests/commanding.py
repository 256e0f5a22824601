"""Commands run as a script would run them, on a history of a few lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from typer.testing import CliRunner, Result

from cli import app


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def history_of(place: Path, head: str, lines: Iterable[str]) -> Path:
    """The folder of a history into which a file of these lines was imported."""
    (place / "log.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    assert run("import", place / "log.csv", "--store", place / "store").exit_code == 0
    return place / "store"


def document_of(command: str, store: Path, *words: object) -> dict:
    """The document that a command prints for a script, with nothing said beside it."""
    done = run(command, "--store", store, "--json", *words)
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)
