"""What tests of the wizard share: an export no layout knows, and answering its questions as a person does."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node, Selectbox

import awkward
from loaders.mapping import DATE, MEANINGS, OUTCOME_MEANINGS
from store import History
from ui.wizard.choices import STILL_OPEN
from ui.wizard.columns import FIELDS, UNUSED

#: Made-up headers and words; days that read both ways; two columns with people of the firm; one word twice.
UNKNOWN = """Logged,Looked after by,Typed in by,What went on,How it went,Given name,Family name,Assignment
03/04/2026 09:00,Desk Amber,Desk Office,Grog,fine,Avery,Sample,Job 1
03/04/2026 10:00,Desk Amber,Desk Office,Grog,fine,Blake,Sample,Job 1
04/04/2026 09:00,Desk Amber,Desk Office,Brim,nobody home,Casey,Sample,
05/04/2026 09:00,Desk Cobalt,Desk Office,Zot,fine,Avery,Sample,Job 1
06/04/2026 09:00,Desk Cobalt,Desk Office,Wisp,,Drew,Sample,Job 2
"""

FILE = ("Weekly scribbles.csv", UNKNOWN.encode())
#: A row to be stored, one to be mended and one that nobody understands.
MIXED = awkward.rows(
    "2026-10-05,Desk 01,send_out,Avery Sample,Job 1",
    "someday,Desk 01,send_out,Blake Sample,Job 1",
    "2026-10-06,Desk 01,mystery *call*,Blake Sample,Job 1",
).encode()

#: What a person answers about it: header -> meaning as it is shown, value -> meaning as it is shown.
COLUMNS = {
    "Logged": "When",
    "Looked after by": "Desk (gets the credit)",
    "Typed in by": "Not used",
    "What went on": "What was done",
    "How it went": "Outcome",
    "Given name": "Candidate",
    "Family name": "Candidate",
    "Assignment": "Job",
}
VALUES = {
    "Grog": "Send-out",
    "Brim": "Call that reached somebody",
    "Zot": "Fill",
    "Wisp": "Leave out: not an activity",
}


#: What is shown -> its key, of everything a list offers.
KEYS = {
    "columns": {label: name for name, label in FIELDS.items()}
    | {UNUSED: ""}
    | {f"Date of: {label}": f"{DATE}{name}" for name, label in MEANINGS.items()},
    "values": {label: name for name, label in MEANINGS.items()} | {STILL_OPEN: ""},
    "outcomes": {label: name for name, label in OUTCOME_MEANINGS.items()},
}


def upload(open_page, *files: tuple[str, bytes]) -> AppTest:
    """The upload page with these files dropped on it."""
    at = open_page("data/upload")
    for name, content in files:
        at.file_uploader[0].upload(name, content)
    return at.run()


def control(at: AppTest, kind: str, what: str):
    """The control of the only dropped file whose key begins with a word; None where there is none."""
    return next((one for one in at.get(kind) if str(one.key).startswith(f"{what}-")), None)


def table(at: AppTest, what: str):
    """The table to fill in where there are very many columns, values or outcomes."""
    return control(at, "data_editor", what)


def lists(at: AppTest, what: str) -> dict[str, Selectbox]:
    """Name in the file, as far as it is shown -> its list to choose from, of columns, values or outcomes."""
    found = [one for one in at.selectbox if re.match(rf"{what.removesuffix('s')}-\d+-", str(one.key))]
    return {_unescaped(one.label.removeprefix("**").rpartition("**")[0]): one for one in found}


def _unescaped(said: str) -> str:
    """Words as they stand in the file: without what keeps them from being markup or a link."""
    return re.sub(r"\\(.)", r"\1", said).replace("\u2060", "")


def means(at: AppTest, what: str) -> dict[str, str]:
    """Name in the file -> the meaning it shows."""
    return {name: one.options[one.index] for name, one in lists(at, what).items()}


def about(at: AppTest, what: str) -> dict[str, str]:
    """Name in the file -> what is said below its list."""
    found = {}
    for name, one in lists(at, what).items():
        said = [child.value for child in _beside(at.main, one) if child.type == "caption"]
        found[name] = _unescaped("".join(said))
    return found


def why(at: AppTest, what: str) -> dict[str, str]:
    """Name of a column -> who says what it holds, "" where that is sure."""
    return {name: said.partition(":material/subdirectory_arrow_right: ")[2] for name, said in about(at, what).items()}


def _beside(block: Block, wanted: Selectbox) -> list[Node]:
    """Everything in the same container as a list."""
    children = list(block.children.values())
    if any(child is wanted or getattr(child, "key", None) == wanted.key for child in children):
        return children
    return next((found for child in children if isinstance(child, Block) if (found := _beside(child, wanted))), [])


def fill_in(at: AppTest, what: str, answers: dict[str, str]) -> AppTest:
    """Choose meanings of columns, values or outcomes, all at once, in their lists or in their table."""
    shown = lists(at, what)
    for name, meaning in answers.items():
        if name in shown:
            shown[name].select(KEYS[what][meaning])
    rest = {name: meaning for name, meaning in answers.items() if name not in shown}
    return _fill_table(at, what, rest) if rest else at.run()


def _fill_table(at: AppTest, what: str, answers: dict[str, str]) -> AppTest:
    editor = table(at, what)
    shown = editor.value
    names = list(shown["Column"]) if what == "columns" else list(shown.index)
    earlier = dict(at.session_state[editor.key].get("edited_rows", {})) if editor.key in at.session_state else {}
    rows = {names.index(name): {"Means": meaning} for name, meaning in answers.items()}
    at.session_state[editor.key] = {"edited_rows": {**earlier, **rows}, "added_rows": [], "deleted_rows": []}
    return at.run()


def file_id(at: AppTest) -> str:
    return next(iter(at.session_state["readings"]))


def waits(at: AppTest) -> bool:
    """Whether the dropped file, or one of them, cannot go in as it is now: refused, or waiting for answers."""
    return bool(at.error) or "for your answers." in " ".join(line.value for line in at.markdown)


def open_wizard(at: AppTest) -> AppTest:
    """One click on the line below the file."""
    at.session_state[f"wizard-{file_id(at)}"] = True
    return at.run()


def use(at: AppTest, name: str = "") -> AppTest:
    """The button at the end, under a name where one is given."""
    if name:
        control(at, "text_input", "name").input(name)
    return control(at, "button", "use").click().run()


def map_unknown(at: AppTest) -> AppTest:
    """Every answer about the unknown file, but not the button."""
    fill_in(at, "columns", COLUMNS)
    fill_in(at, "values", VALUES)
    fill_in(at, "outcomes", {"nobody home": "Nobody was reached"})
    control(at, "radio", "credit").set_value("Looked after by")
    control(at, "radio", "calls").set_value("Candidates")
    return control(at, "segmented_control", "order").set_value("Day first (25/04)").run()


def rows(history: History) -> list[tuple[str, str, str, str]]:
    """Day, desk, activity and candidate of every row, in the order of the file."""
    log = history.log().df().sort_values("source_row")
    return [(f"{row.occurred_at:%Y-%m-%d}", row.desk, row.activity, row.candidate) for row in log.itertuples()]


def stored(at: AppTest, history: History) -> list[tuple[str, str, str, str]]:
    """Stores what was dropped; the rows of the history."""
    at.button(key="store").click().run()
    assert not at.exception
    return rows(history)


def figures(at: AppTest) -> dict[str, str]:
    """The figures on screen by their labels."""
    return {metric.label: metric.value for metric in at.metric}
