"""What tests of pages share: a small log, and reading a page as a person does."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

#: Desk 01: two send-outs and one fill within the last 13 weeks. Desk 02: one send-out, half a year earlier.
LOG = """occurred_at,desk,activity,candidate,job,outcome
2026-10-05 09:00,Desk 01,send_out,Avery Sample,Job 1,held
2026-10-06 09:00,Desk 01,send_out,Blake Sample,Job 1,held
2026-10-20 16:00,Desk 01,fill,Avery Sample,Job 1,
2026-03-03 10:00,Desk 02,send_out,Casey Sample,Job 2,held
"""


def said(at: AppTest) -> str:
    """Everything the page says in words, one element a line."""
    kinds = (at.title, at.subheader, at.markdown, at.caption, at.info, at.warning, at.error, at.success)
    return "\n".join(str(element.value) for kind in kinds for element in kind)
