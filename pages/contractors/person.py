"""Everything about one candidate, contractor or client contact, in order, on one screen."""

from __future__ import annotations

from ui import timeline, timeline_search, way_back

way_back.show()
timeline_search.ask()
timeline.show(timeline_search.chosen())
