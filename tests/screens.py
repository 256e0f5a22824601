"""What tests of pages share: reading a page as a person does."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def said(at: AppTest) -> str:
    """Everything the page says in words, one element a line."""
    kinds = (at.title, at.subheader, at.markdown, at.caption, at.info, at.warning, at.error, at.success)
    return "\n".join(str(element.value) for kind in kinds for element in kind)
