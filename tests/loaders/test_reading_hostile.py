"""Files that are no table, or that would bring a server down, are refused at once and say what to do."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from loaders.reading import read_raw
from loaders.refusal import RefusedError, refuse

FILES = Path(__file__).parent / "reading" / "files"

CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
</Types>"""
RELATIONSHIPS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="{target}"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>"""
WORKBOOK = """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="Log" sheetId="1" r:id="rId1"/></sheets></workbook>"""
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def xlsx(sheet_data: str, **more: str) -> bytes:
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONSHIPS.format(target="xl/workbook.xml", kind="officeDocument"),
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONSHIPS.format(target="worksheets/sheet1.xml", kind="worksheet"),
        "xl/worksheets/sheet1.xml": SHEET.format(sheet_data),
        **more,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def cell(reference: str, value: str = "1") -> str:
    return f'<row><c r="{reference}"><v>{value}</v></c></row>'


def refusal_code(source: Path | bytes, name: str) -> str:
    with pytest.raises(RefusedError) as caught:
        read_raw(source, name)
    assert caught.value.refusal.reason
    assert caught.value.refusal.fix
    return caught.value.refusal.code


def test_the_hand_made_workbook_itself_is_readable() -> None:
    assert read_raw(xlsx(cell("A1", "7")), "log.xlsx").sheets[0].cells.to_numpy().tolist() == [["7"]]


@pytest.mark.parametrize("reference", ["XFD1048576", "Z1048576", "AZZ100000"])
def test_a_tiny_workbook_with_a_value_in_a_far_corner_is_refused_before_it_is_parsed(reference: str) -> None:
    data = xlsx(cell("A1") + cell(reference))
    assert len(data) < 2000
    assert refusal_code(data, "log.xlsx") == "workbook_too_large"


def test_two_far_cells_that_span_a_huge_rectangle_together_are_refused() -> None:
    assert refusal_code(xlsx(cell("XFD1") + cell("A1048576")), "log.xlsx") == "workbook_too_large"


def test_a_far_corner_hidden_from_the_first_look_ends_in_a_refusal_all_the_same() -> None:
    data = xlsx('<row r="1048576"><c><v>1</v></c></row><row r="1"><c r="XFD1"><v>1</v></c></row>')
    assert refusal_code(data, "log.xlsx") == "workbook_too_large"


def test_a_far_cell_without_a_value_is_no_reason_to_refuse() -> None:
    data = xlsx(cell("A1", "7") + '<row><c r="XFD1048576" s="0"/><c r="XFC1048576" s="0"></c></row>')
    assert read_raw(data, "log.xlsx").sheets[0].cells.to_numpy().tolist() == [["7"]]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_a_document_type_in_any_part_is_refused(part: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert refusal_code(xlsx(cell("A1"), **{part: bomb}), "log.xlsx") == "workbook_unsafe"


def test_a_document_type_behind_a_megabyte_of_comment_is_found() -> None:
    part = {"xl/sharedStrings.xml": f"<!--{'abcdefgh' * 200_000}--><!DOCTYPE x><x/>"}
    assert refusal_code(xlsx(cell("A1"), **part), "log.xlsx") == "workbook_unsafe"


def inflating(megabytes: int, piece: bytes) -> bytes:
    buffer = io.BytesIO(xlsx(cell("A1")))
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/media/x.xml", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(piece)
    return buffer.getvalue()


def test_a_workbook_that_inflates_to_a_gigabyte_of_zeros_is_refused_quickly() -> None:
    data = inflating(1024, bytes(1024 * 1024))
    begun = time.monotonic()
    assert refusal_code(data, "log.xlsx") == "workbook_too_large"
    assert time.monotonic() - begun < 5


def test_a_workbook_over_the_inflated_limit_is_refused_though_its_ratio_is_modest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("loaders.workbook_guard.MOST_INFLATED", 3 * 1024 * 1024)
    rows = b"".join(b"<c><v>%d</v></c>" % number for number in range(70_000))
    assert refusal_code(inflating(4, rows), "log.xlsx") == "workbook_too_large"


def test_a_part_that_declares_fewer_bytes_than_it_holds_is_counted_by_what_it_holds() -> None:
    data = inflating(64, bytes(1024 * 1024))
    lied = data.replace((64 * 1024 * 1024).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lied != data
    assert refusal_code(lied, "log.xlsx") == "workbook_too_large"


def test_a_workbook_of_thousands_of_parts_is_refused() -> None:
    parts = {f"xl/media/{number}.xml": "" for number in range(2001)}
    assert refusal_code(xlsx(cell("A1"), **parts), "log.xlsx") == "workbook_too_large"


def test_an_open_document_that_repeats_one_value_without_end_is_refused() -> None:
    with zipfile.ZipFile(FILES / "log.ods") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    repeated = parts["content.xml"].replace(
        b"<table:table-row>", b'<table:table-row table:number-rows-repeated="9999999">'
    )
    repeated = repeated.replace(b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="16384" ')
    assert repeated != parts["content.xml"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, "content.xml": repeated}.items():
            archive.writestr(name, content)
    assert refusal_code(buffer.getvalue(), "log.ods") in ("workbook_too_large", "workbook_unreadable")


def test_a_workbook_with_a_password_is_refused() -> None:
    assert refusal_code(FILES / "password.xlsx", "password.xlsx") == "password_protected"


def test_an_old_workbook_with_a_password_is_refused() -> None:
    plain = (FILES / "log.xls").read_bytes()
    # The record that says the rest is encrypted (0x2F) takes the place of one that says nothing (0xE1).
    locked = plain.replace(b"\xe1\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\xb0\x04")
    assert locked != plain
    assert refusal_code(locked, "log.xls") == "password_protected"


def test_a_zip_encrypted_part_counts_as_a_password() -> None:
    data = bytearray(xlsx(cell("A1")))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert refusal_code(bytes(data), "log.xlsx") == "password_protected"


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_workbook_that_was_cut_off_is_unreadable(kept: float) -> None:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    data = buffer.getvalue()
    assert refusal_code(data[: int(len(data) * kept)], "log.xlsx") == "workbook_unreadable"


def test_a_workbook_whose_sheet_is_no_xml_is_unreadable() -> None:
    assert refusal_code(xlsx("<row><c", **{"xl/workbook.xml": "nothing"}), "log.xlsx") == "workbook_unreadable"


def test_an_old_workbook_cut_short_is_refused_and_not_an_exception() -> None:
    data = (FILES / "log.xls").read_bytes()[:2600]
    assert refusal_code(data, "log.xls") in ("workbook_unreadable", "not_a_table")


def test_a_reading_process_that_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "dies.py"
    script.write_text("import os; os.abort()")
    monkeypatch.setattr("loaders.workbook.SCRIPT", script)
    assert refusal_code(xlsx(cell("A1")), "log.xlsx") == "workbook_too_large"


def test_a_reading_process_that_never_answers_is_ended_and_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "sleeps.py"
    script.write_text("import time; time.sleep(60)")
    monkeypatch.setattr("loaders.workbook.SCRIPT", script)
    monkeypatch.setattr("loaders.workbook.MOST_SECONDS", 0.5)
    begun = time.monotonic()
    assert refusal_code(xlsx(cell("A1")), "log.xlsx") == "workbook_too_large"
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("head", "looks_like"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "a program's binary file"),
        (b"<html><table><tr><td>When</td></tr></table></html>", "a web page or XML, as some systems name .xls"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "a web page or XML, as some systems name .xls"),
        ("<table>".encode("utf-16"), "a web page or XML, as some systems name .xls"),
    ],
)
@pytest.mark.parametrize("name", ["export.csv", "export.xls"])
def test_something_else_under_a_table_name_is_refused_and_named(head: bytes, looks_like: str, name: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read_raw(head, name)
    assert caught.value.refusal.code == "not_a_table"
    assert caught.value.refusal.reason == f"This is not a table: it looks like {looks_like}."


@pytest.mark.parametrize(
    ("part", "looks_like"),
    [("word/document.xml", "a Word document"), ("letter.txt", "a zip archive"), ("xl/workbook.bin", r"\(\.xlsb\)")],
)
def test_a_zip_of_something_else_is_refused_and_named(part: str, looks_like: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(RefusedError, match=f"^not_a_table.*{looks_like}"):
        read_raw(buffer.getvalue(), "log.xlsx")


@pytest.mark.parametrize("name", ["notes.docx", "report.pdf", "script.py", "data.json"])
def test_text_under_a_name_of_something_else_is_refused(name: str) -> None:
    assert refusal_code(b"When,Desk\n2026-11-02,Desk 01\n", name) == "wrong_extension"


def test_a_refusal_reads_as_one_line() -> None:
    assert str(refuse("empty_file", "The file is empty.", "Export it again.")) == (
        "empty_file: The file is empty. Export it again."
    )
