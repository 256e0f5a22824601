"""The layers, held by a test: where everywhere else they were only written down, they drifted."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent

#: Part of the house -> the other parts it may import.
MAY_IMPORT = {
    "quality": set(),
    "charts": {"quality"},
    "loaders": {"quality.vocabulary"},
    "store": {"quality.vocabulary"},
    "sample_data": {"quality.vocabulary"},
    "ui": {"quality", "charts", "loaders", "store", "sample_data"},
    "pages": {"ui", "quality", "charts", "loaders", "store"},
    "app": {"ui"},
    "cli": {"cli_options", "commands", "quality", "loaders", "store", "sample_data"},
    "cli_options": {"quality", "store"},
    "commands": {"cli_options", "quality", "store"},
    "touchline": set(),
    "benchmarks": {"quality", "loaders", "store", "sample_data"},
}
#: Library -> the only parts that may import it.
ONLY_IN = {
    "streamlit": {"app", "ui", "pages", "benchmarks"},
    "plotly": {"charts", "app"},
    "sqlite3": {"store"},
    "python_calamine": {"loaders"},
    "pandera": {"loaders"},
    "typer": {"cli", "cli_options", "commands"},
}


def files(part: str) -> list[Path]:
    return [HOME / f"{part}.py"] if (HOME / f"{part}.py").exists() else sorted((HOME / part).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Dotted names a file imports, anywhere in it; relative imports stay within their part and do not matter."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def is_allowed(name: str, part: str) -> bool:
    allowed = MAY_IMPORT[part] | {part}
    return any(name == one or name.startswith(one + ".") for one in allowed) or any(
        one.startswith(name + ".") for one in allowed if one != part
    )


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_go_one_way(part):
    ours = {name for path in files(part) for name in imported(path) if name.split(".")[0] in MAY_IMPORT}
    assert files(part), f"{part} has no files"
    assert sorted(name for name in ours if not is_allowed(name, part)) == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_stays_in_its_room(library):
    users = {part for part in MAY_IMPORT for path in files(part) for n in imported(path) if n.split(".")[0] == library}
    assert users <= ONLY_IN[library]


def test_the_launcher_needs_nothing_but_the_standard_library():
    assert {name.split(".")[0] for name in imported(HOME / "touchline.py")} <= set(sys.stdlib_module_names)


def test_pages_are_short_and_lie_one_level_down():
    pages = files("pages")
    assert {len(path.relative_to(HOME / "pages").parts) for path in pages} == {2}
    assert [path.name for path in pages if len(path.read_text(encoding="utf-8").splitlines()) > 120] == []


@pytest.mark.parametrize("part", [*MAY_IMPORT, "tests"])
def test_a_file_is_one_subject_that_can_be_taken_in(part):
    assert [path.name for path in files(part) if len(path.read_text(encoding="utf-8").splitlines()) > 350] == []


@pytest.mark.parametrize(("name", "most"), [("app.py", 40), ("ui/frame.py", 60)])
def test_the_way_in_stays_short(name, most):
    assert len((HOME / name).read_text(encoding="utf-8").splitlines()) <= most


def test_no_page_writes_raw_html():
    texts = {path: path.read_text(encoding="utf-8") for part in ("app", "ui", "pages") for path in files(part)}
    forbidden = ("unsafe_allow_html", "st.html(", "components.v1")
    assert [path.name for path, text in texts.items() if any(word in text for word in forbidden)] == []


def test_every_dependency_is_pinned_and_explained():
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = [name.split(">=")[0].split("[")[0] for name in wanted]
    pinned = (HOME / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
    decisions = (HOME / "docs" / "decisions.md").read_text(encoding="utf-8")
    assert [line for line in pinned if line and "==" not in line] == []
    assert [name for name in names if not any(line.startswith(f"{name}==") for line in pinned)] == []
    assert [name for name in names if f"`{name}`" not in decisions] == []
