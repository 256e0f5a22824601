"""What the firm promises whom, and what it changed in that."""

from __future__ import annotations

from ui import follow_up_rules

follow_up_rules.lead()
slots = follow_up_rules.show()
follow_up_rules.show_changes()
follow_up_rules.fill(slots)
