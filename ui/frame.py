"""What runs first on every visit: page settings, menu, a line on what the data is, the filters, then the page."""

from __future__ import annotations

import streamlit as st

from ui import data, filters, intake, menu, text, way_back, welcome


def _header() -> None:
    """One line that says what the numbers rest on."""
    known = data.summary()
    shown = [f"Data to {text.day(known.last_day)}"] if known.last_day else []
    shown += [text.count(known.desks, "desk"), text.count(known.imports, "import") + " in force" * bool(known.idle)]
    st.caption(". ".join([", ".join(shown), *filter(None, [known.left_out])]))


def _show(page: st.Page) -> None:
    screen = menu.screen_of(page)
    way_back.keep(screen.url_path)
    st.title(screen.title, anchor=False)
    if not data.is_new():
        _header()
    if screen.url_path != "upload":
        intake.leave()
    if screen.filtered:
        filters.draw()
    page.run()


st.set_page_config(page_title="Touchline", page_icon=menu.ICON, layout="wide")
st.logo(menu.LOGO, size="large", icon_image=menu.ICON)
current = st.navigation(menu.sections(), position="top")
if data.is_new() and menu.screen_of(current).url_path != "upload":
    welcome.show()
else:
    _show(current)
