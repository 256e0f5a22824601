"""The journal of what was changed to get better, and what came of it."""

from __future__ import annotations

from ui import adjustments, adjustments_data, adjustments_form

adjustments_form.ask()
found = adjustments_data.journal()
adjustments.lead(found)
adjustments.show(found)
