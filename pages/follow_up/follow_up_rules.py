"""What the firm promises whom, and what it changed in that."""

from __future__ import annotations

from ui import follow_up_rules

follow_up_rules.lead()
follow_up_rules.show()
follow_up_rules.show_changes()
