"""Imports: what came in and when, what was left out, and undo."""

from __future__ import annotations

from ui import data, past

imports = data.imports()
past.show_list(imports)
chosen = past.choose(imports)
if chosen:
    past.show_detail(chosen)
