"""What the history refuses, with a code that scripts and tests can rely on."""

from __future__ import annotations


class StoreError(Exception):
    """A request the history cannot carry out; nothing was changed.

    ``code`` is stable: newer_schema, busy, wrong_columns, wrong_type, empty_required, repeated_id, unknown_import
    or bad_value. ``reason`` says what is wrong, ``fix`` what the person who asked can do.
    """

    def __init__(self, code: str, reason: str, fix: str) -> None:
        super().__init__(f"{reason} {fix}")
        self.code = code
        self.reason = reason
        self.fix = fix
