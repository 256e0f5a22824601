"""Declined offers: why, what the other offer was, whether we may call again, and who came back."""

from __future__ import annotations

from ui import declined, whose

chosen = whose.ask()
declined.show(chosen, declined.ask_window())
