from __future__ import annotations

import pytest
from screens import said
from tiny_firm import HOSTILE, store_firm

from ui import text

PAGE = "ratios/plan"


@pytest.fixture
def firm(history):
    store_firm()
    return history


def test_the_page_opens(firm, open_page):
    at = open_page(PAGE)
    assert not at.exception
