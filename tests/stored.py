"""Histories that tests begin with: read and stored once, and copied to wherever a test wants one of its own.

A page asks the copy for what was counted of it as long as nobody has changed it: that is the same for all copies.
"""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from loaders import Loaded, Options, load
from store import History
from ui import data, intake
from ui.data import Place

TODAY = date(2026, 11, 23)

Files = tuple[date, tuple[tuple[str, str], ...]]

#: How the version of a history ends that nothing was ever written to.
_UNTOUCHED = "-0"
#: The day and the files of a history -> where it lies, filled; a copy -> where it came from, and how that was.
_FILLED: dict[Files, Path] = {}
_COPIED: dict[str, tuple[str, frozenset[str]]] = {}


def store(files: Mapping[str, str], today: date = TODAY) -> None:
    """Reads and stores files as the upload page would on a day, in the history that the pages under test use."""
    key = today, tuple(files.items())
    if not data.history().version().endswith(_UNTOUCHED):
        _keep(key)
        return
    if key not in _FILLED:
        _keep(key)
        _FILLED[key] = _room() / str(len(_FILLED))
        shutil.copytree(data.folder(), _FILLED[key])
    copy(_FILLED[key])


def copy(filled: Path) -> None:
    """Makes the history that the pages under test use, which is empty, a copy of another one that stays as it is."""
    shutil.copytree(filled, data.folder(), dirs_exist_ok=True)
    history = History(filled)
    versions = history.version(), history.version_of_facts(), history.version_of_log()
    _COPIED[str(data.folder())] = str(filled), frozenset(versions)


def place(folder: str, version: str) -> Place:
    """What is counted is kept by: the history a folder was copied from, until the copy is another one."""
    origin, unchanged = _COPIED.get(folder, (folder, frozenset()))
    return Place(origin if version in unchanged else folder, version)


def _keep(files: Files) -> None:
    today, named = files
    intake.store_loaded([_read(name, text, today) for name, text in named])


@cache
def _read(name: str, text: str, today: date) -> Loaded:
    return load(text.encode(), name, Options(today=today))


@cache
def _room() -> Path:
    folder = mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
