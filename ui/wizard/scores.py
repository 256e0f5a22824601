"""Step 4, where a file has scores of surveys: on which scale they were given."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from loaders.inspection import Inspection
from ui.wizard import answers


def ask(file_id: str, seen: Inspection, held: Collection[str]) -> str | None:
    """The scale of the decisions, as it stands now; ``held`` are the fields that have a column."""
    if "score" not in held:
        return seen.decisions.score_scale
    said = st.segmented_control(
        "Scores are given from",
        list(answers.SCALES),
        default=next((label for label, scale in answers.SCALES.items() if scale == seen.decisions.score_scale), None),
        key=answers.key(file_id, "scale"),
        help="Kept from 0 (worst) to 10 (best): of 1 to 5, a 3 becomes 5 and a 5 becomes 10.",
        wrap=True,
    )
    return answers.SCALES.get(said or "")
