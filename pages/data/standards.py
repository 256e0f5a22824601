"""Minimum standards: what is in force for whom, its history and files, and the days on which nobody works."""

from __future__ import annotations

from ui import absences, minimums, standards, standards_file
from ui.sections import chosen_section

SECTIONS = {
    "Standards": standards.show,
    "Last week": minimums.show,
    "History and files": standards_file.show,
    "Absences and holidays": absences.show,
}

chosen_section(SECTIONS, "standards_section")()
