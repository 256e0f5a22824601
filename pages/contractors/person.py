"""Everything about one candidate, contractor or client contact, in order, on one screen."""

from __future__ import annotations

from ui import timeline, timeline_search, way_back

way_back.show()
is_sought = timeline_search.ask()
timeline.show(timeline_search.chosen(), is_sought)
