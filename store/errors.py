"""What the history refuses, with a code that scripts and tests can rely on."""

from __future__ import annotations

from collections.abc import Sequence


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


#: How many lines a refusal names before it only counts them.
_NAMED = 3


def refuse_lines(faults: Sequence[str], cannot: str, fix: str) -> None:
    """Raises StoreError with the code bad_value naming the first faulty lines of a table; nothing where none is.

    ``cannot`` follows ``3 lines``: what they cannot be.
    """
    if not faults:
        return
    more = f"; and {len(faults) - _NAMED} more" if len(faults) > _NAMED else ""
    counted = f"{len(faults)} {'line' if len(faults) == 1 else 'lines'}"
    raise StoreError("bad_value", f"{counted} {cannot}: {'; '.join(faults[:_NAMED])}{more}.", fix)
