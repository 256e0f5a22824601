"""Imports: what came in and when, how sound it is, and calls that two systems both recorded."""

from __future__ import annotations

from ui import doubles, health, past
from ui.sections import chosen_section

SECTIONS = {"Files": past.show, "Data health": health.show, doubles.TITLE: doubles.show}

chosen_section(SECTIONS, doubles.SECTION_KEY)()
