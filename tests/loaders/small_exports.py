"""Small exports, and what came of loading them."""

from __future__ import annotations

from typing import Any

from loaders import Loaded, Options, load

HEADER = "occurred_at,desk,activity"


def loaded(content: str | bytes, name: str = "export.csv", **options: Any) -> Loaded:
    return load(content.encode() if isinstance(content, str) else content, name, Options(**options))


def own(*lines: str, header: str = HEADER) -> str:
    return "\n".join([header, *lines, ""])
