"""A file that cannot be taken as a whole: what is wrong with it and what the person holding it can do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a whole file was turned away.

    ``code`` is stable and made for programs; ``reason`` and ``fix`` are sentences for people. Both may quote text from
    the file, so they are data and must be escaped wherever markup is drawn.
    """

    code: str
    reason: str
    fix: str


class RefusedError(Exception):
    """Raised where a file turns out to be unreadable; carries the ``Refusal`` that is shown."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.code}: {refusal.reason} {refusal.fix}")
        self.refusal = refusal


def refuse(code: str, reason: str, fix: str) -> RefusedError:
    """Build the error to raise: ``raise refuse("empty_file", "The file is empty.", "Export it again.")``."""
    return RefusedError(Refusal(code, reason, fix))
