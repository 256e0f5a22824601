"""Web pages saved under the name of a workbook are read as the table they show."""

from __future__ import annotations

import pytest

from loaders import Options, load
from loaders.reading import read_raw
from loaders.refusal import RefusedError


def rows(page: str, encoding: str = "utf-8") -> list[list[str]]:
    return read_raw(page.encode(encoding), "report.xls").sheets[0].cells.to_numpy().tolist()


def table(*lines: str) -> str:
    return f"<html><head><style>td {{ color: red }}</style></head><body><table>{''.join(lines)}</table></body></html>"


HEAD = "<tr><th>When</th><th>Who</th></tr>"


def test_a_table_is_read_row_by_row_whatever_the_name_says():
    raw = read_raw(table(HEAD, "<tr><td>2026-03-02</td><td>Desk 01</td></tr>").encode(), "report.xls")
    assert raw.sheets[0].cells.to_numpy().tolist() == [["When", "Who"], ["2026-03-02", "Desk 01"]]
    assert (raw.kind, raw.encoding, raw.sheets[0].name) == ("html", "utf-8", None)
    assert "web page" in raw.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_any_encoding_is_read(encoding):
    assert rows(table(HEAD, "<tr><td>é</td><td>b</td></tr>"), encoding)[1] == ["é", "b"]


def test_entities_breaks_and_inner_tags_become_plain_text():
    assert rows(table(HEAD, "<tr><td> A&nbsp;&amp; B<br>two </td><td><b>x</b> <a href='http://h'>y</a></td></tr>"))[
        1
    ] == [
        "A & B two",
        "x y",
    ]


def test_tags_that_are_never_closed_end_where_the_next_begins():
    assert rows("<table><tr><th>When<th>Who<tr><td>1<td>2<tr><td>3<td>4") == [["When", "Who"], ["1", "2"], ["3", "4"]]


def test_a_cell_that_spans_others_leaves_them_blank():
    lines = (
        "<tr><td rowspan=2>Desk 01</td><td>a</td></tr>",
        "<tr><td>b</td></tr>",
        "<tr><td colspan='2'>Total</td></tr>",
    )
    assert rows(table(HEAD, *lines))[1:] == [["Desk 01", "a"], ["", "b"], ["Total", ""]]


def test_several_tables_stand_one_below_the_other():
    page = table("<tr><td>Weekly</td><td>list</td></tr>") + table(HEAD, "<tr><td>1</td><td>2</td></tr>")
    assert rows(page) == [["Weekly", "list"], ["When", "Who"], ["1", "2"]]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>Please log in</body></html>",
        "<html><table><tr><td>Please log in</td></tr></table></html>",
        "<?xml version='1.0'?><Workbook><Table><Row><Cell>1</Cell></Row></Table></Workbook>",
    ],
)
def test_a_page_without_a_table_is_refused(page):
    with pytest.raises(RefusedError) as caught:
        rows(page)
    assert caught.value.refusal.code == "not_a_table"


def test_a_cell_that_claims_to_be_endless_is_not_believed():
    with pytest.raises(RefusedError) as caught:
        rows(table(HEAD, "<tr><td colspan=99999>1</td><td>2</td></tr>"))
    assert caught.value.refusal.code == "file_too_wide"


def test_such_a_report_loads_like_any_other():
    lines = (
        "<tr><td>occurred_at</td><td>desk</td><td>activity</td></tr>",
        "<tr><td>2026-03-02<td>Desk 01<td>Fill</tr>",
    )
    result = load(table("<tr><td colspan=3>As of 2026-03-03", *lines).encode(), "report.xls", Options())
    assert result.frame[["desk", "activity"]].to_numpy().tolist() == [["Desk 01", "fill"]]
