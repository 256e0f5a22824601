"""Retention: how long contractors stay, why they leave, who is placed again and whose assignment ends soon."""

from __future__ import annotations

from ui import retention, whose

retention.show(whose.ask())
