"""People: which desk belongs to which team, from when to when."""

from __future__ import annotations

from ui import people

people.edit_teams()
