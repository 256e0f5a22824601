"""The page Standards, as its tests read it."""

from __future__ import annotations

PAGE = "data/standards"


def edit(at, table, **changes):
    """Types into the first (ratios) or second (minimums) table."""
    at.session_state[at.data_editor[table].key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | changes
    return at.run()


def saved(history):
    frame = history.standards()
    plain = frame.astype(object).where(frame.notna(), None)
    names = ["ratio", "standard", "per", "level", "name"]
    return [(*line, day.date().isoformat()) for *line, day in plain[[*names, "effective_from"]].to_numpy().tolist()]


def buttons(at):
    return {button.key for button in at.button}


def opened_section(app, open_page, name):
    """The page on one of its sections."""
    app.query_params["standards_section"] = name
    return open_page(PAGE)
