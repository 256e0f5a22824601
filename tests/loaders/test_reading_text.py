"""Delimited text of every sort becomes the table a person sees in a spreadsheet program."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.reading import RawFile, read_raw
from loaders.refusal import RefusedError
from loaders.tidy import PADDING


def rows_of(raw: RawFile) -> list[list[str]]:
    return raw.sheets[0].cells.to_numpy().tolist()


def rows(data: bytes) -> list[list[str]]:
    return rows_of(read_raw(data, "export.csv"))


def refusal_code(data: bytes, name: str = "export.csv") -> str:
    with pytest.raises(RefusedError) as caught:
        read_raw(data, name)
    return caught.value.refusal.code


def test_a_plain_file_is_read_with_its_digest_encoding_and_delimiter() -> None:
    raw = read_raw(b"When,Desk\n2026-11-02,Desk 01\n", "export.csv")
    assert rows_of(raw) == [["When", "Desk"], ["2026-11-02", "Desk 01"]]
    assert (raw.name, raw.kind, raw.encoding, raw.delimiter, raw.notes) == ("export.csv", "csv", "utf-8", ",", ())
    assert raw.digest == "ed976f7faee1c37a319fb7dfca99b3e3c1460bb830da4e2c6f53eb00fd01b5cf"
    assert raw.sheets[0].name is None


def test_cells_are_pandas_text_without_missing_values_under_numbered_columns() -> None:
    cells = read_raw(b"a,b\n1,\n", "export.csv").sheets[0].cells
    assert [str(dtype) for dtype in cells.dtypes] == ["str", "str"]
    assert list(cells.columns) == [0, 1]
    assert not cells.isna().any().any()


@pytest.mark.parametrize("word", ["NA", "None", "null", "N/A", "NaN", "nan", "#N/A", "1.0", "007", "true"])
def test_words_that_look_like_missing_or_typed_values_stay_text(word: str) -> None:
    assert rows(f"Result,Desk\n{word},Desk 01\n".encode())[1] == [word, "Desk 01"]


@pytest.mark.parametrize(
    ("encode", "encoding"),
    [
        (lambda text: text.encode(), "utf-8"),
        (lambda text: text.encode("utf-8-sig"), "utf-8-sig"),
        (lambda text: text.encode("cp1252"), "cp1252"),
        (lambda text: b"\xff\xfe" + text.encode("utf-16-le"), "utf-16-le"),
        (lambda text: b"\xfe\xff" + text.encode("utf-16-be"), "utf-16-be"),
        (lambda text: text.encode("utf-16-le"), "utf-16-le"),
        (lambda text: text.encode("utf-16-be"), "utf-16-be"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_table(
    encode: Callable[[str], bytes], encoding: str, end: str
) -> None:
    text = end.join(["Desk\tNote", "Désk 01\tcafé – “fine”", "Desk 02\t"]) + end
    raw = read_raw(encode(text), "export.csv")
    assert rows_of(raw) == [["Desk", "Note"], ["Désk 01", "café – “fine”"], ["Desk 02", ""]]
    assert (raw.encoding, raw.delimiter) == (encoding, "\t")


def test_a_byte_that_no_encoding_explains_is_noted() -> None:
    raw = read_raw(b"Desk,Note\nDesk 01,caf\xe9 \x81\n", "export.csv")
    assert rows_of(raw)[1] == ["Desk 01", "café \ufffd"]
    assert raw.notes == ("Characters that could not be read as cp1252 and are shown as \ufffd: 1.",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_titles_above_the_header_do_not_mislead_about_the_delimiter(delimiter: str) -> None:
    table = [["When", "Desk", "Note"], ["2026-11-02", "Desk 01", "x"], ["2026-11-03", "Desk 02", "y"]]
    lines = ["Activity report", "As of Monday", "", *(delimiter.join(row) for row in table), "Grand Total"]
    raw = read_raw("\r\n".join(lines).encode(), "export.csv")
    blank = ["", ""]
    titles = [["Activity report", *blank], ["As of Monday", *blank], ["", *blank]]
    assert rows_of(raw) == [*titles, *table, ["Grand Total", *blank]]
    assert raw.delimiter == delimiter


def test_decimal_commas_do_not_pass_for_delimiters() -> None:
    assert rows(b"a;b;c\nx;1,5;2,5\ny;1,5;2,5\n") == [["a", "b", "c"], ["x", "1,5", "2,5"], ["y", "1,5", "2,5"]]


def test_semicolons_in_every_note_do_not_pass_for_delimiters() -> None:
    assert rows(b"When,Desk,Note\n1,A,x; y\n2,B,x; y\n")[1] == ["1", "A", "x; y"]


def test_a_declared_delimiter_is_believed_and_its_line_is_no_row() -> None:
    assert rows(b"sep=|\r\na|b;c\r\n1|2;3\r\n") == [["a", "b;c"], ["1", "2;3"]]


def test_a_file_of_one_column_has_no_delimiter() -> None:
    raw = read_raw(b"Names\nAvery Sample\n", "export.csv")
    assert (rows_of(raw), raw.delimiter) == ([["Names"], ["Avery Sample"]], None)


def test_a_quoted_line_break_stays_in_its_cell_and_the_record_is_one_row() -> None:
    assert rows(b'a,b\r\n1,"two\r\nlines"\r\n2,x\r\n') == [["a", "b"], ["1", "two\r\nlines"], ["2", "x"]]


def test_doubled_quotes_and_inch_marks_are_kept() -> None:
    assert rows(b'a,b\n"say ""hi""",6" pipe\n') == [["a", "b"], ['say "hi"', '6" pipe']]


def test_a_cut_off_last_quote_is_closed_and_noted() -> None:
    raw = read_raw(b'First,Last\r\n"Avery","Sample"\r\n"Blake","Sam', "export.csv")
    assert rows_of(raw)[2] == ["Blake", "Sam"]
    assert raw.notes == ("The file ends inside a quoted cell: the last cell of row 3 may be cut off.",)


def test_a_closed_last_quote_is_not_noted() -> None:
    assert read_raw(b'a,b\n"1","2"', "export.csv").notes == ()


def test_a_quote_that_is_never_closed_and_swallows_rows_is_refused() -> None:
    data = b'a,b,c\n1,x,y\n2,"x,y\n3,x,y\n4,x,y\n'
    assert refusal_code(data) == "unclosed_quote"
    with pytest.raises(RefusedError, match="opened in row 3"):
        read_raw(data, "export.csv")


def test_a_cell_that_holds_what_looks_like_whole_rows_is_noted() -> None:
    raw = read_raw(b'a,b,c\n1,x,y\n2,x,"y\n3,x,y\n4,x,y"\n5,x,y\n', "export.csv")
    assert raw.notes == ("A cell of row 3 holds what looks like whole rows: is a quotation mark open?",)


def test_short_rows_are_padded_and_long_rows_keep_their_extra_cells() -> None:
    assert rows(b"a,b,c\n1,2,3\n1\n1,2,3,4,5\n1,2,3\n") == [
        ["a", "b", "c", "", ""],
        ["1", "2", "3", "", ""],
        ["1", "", "", "", ""],
        ["1", "2", "3", "4", "5"],
        ["1", "2", "3", "", ""],
    ]


def test_padding_of_every_kind_is_trimmed_and_inner_no_break_spaces_become_spaces() -> None:
    text = "a,b\n \u00a0x\u00a0y\u200b ,\ufeff\tz\u202f\n"
    assert rows(text.encode()) == [["a", "b"], ["x y", "z"]]


def test_blank_rows_inside_stay_and_blank_margins_go() -> None:
    data = b"a,b,,\n\n1,2,,\n , ,,\n3,4,,\n,,,\n\n ,,\n"
    assert rows(data) == [["a", "b"], ["", ""], ["1", "2"], ["", ""], ["3", "4"]]


def test_more_odd_records_than_the_quick_reader_takes_give_the_same_table(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"a,b,c\n" + b"1,2,3\nshort\n" * 20
    quick = rows(data)
    monkeypatch.setattr("loaders.delimited.MOST_ODD_RECORDS", 5)
    assert rows(data) == quick
    assert quick[:3] == [["a", "b", "c"], ["1", "2", "3"], ["short", "", ""]]


def test_a_cell_larger_than_a_block_of_the_quick_reader_is_read() -> None:
    long = "x" * 3_000_000
    assert rows(f'a,b\n1,"{long}"\n2,y\n'.encode()) == [["a", "b"], ["1", long], ["2", "y"]]


def test_a_long_file_with_titles_and_totals_keeps_every_row_in_its_place() -> None:
    body = [f"{number},Desk {number % 7},note" for number in range(200_000)]
    body[150_000] += ",extra"
    found = rows("\n".join(["Title", "id,desk,note", *body, "Total"]).encode())
    assert len(found) == 200_003
    assert found[150_002] == ["150000", "Desk 4", "note", "extra"]
    assert found[150_003] == ["150001", "Desk 5", "note", ""]
    assert found[-1] == ["Total", "", "", ""]


def test_progress_ends_at_one() -> None:
    told: list[float] = []
    read_raw(b"a,b\n1,2\n", "export.csv", lambda _what, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b",,,\n,,\n", b'"",""\n'])
def test_a_file_without_a_single_cell_is_empty(data: bytes) -> None:
    assert refusal_code(data) == "empty_file"


def test_a_row_with_thousands_of_separators_is_refused() -> None:
    assert refusal_code(b"a,b\n" + b"," * 5000 + b"x\n") == "file_too_wide"


def test_tab_text_named_xls_is_read_as_text() -> None:
    raw = read_raw(b"When\tDesk\n2026-11-02\tDesk 01\n", "report.xls")
    assert (raw.kind, raw.delimiter) == ("csv", "\t")


cell = st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1a"), max_size=12)


@settings(deadline=None)
@given(st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=8))
def test_whatever_is_written_with_all_cells_quoted_is_read_back(table: list[list[str]]) -> None:
    header = ["h1", "h2", "h3"]
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [header, *table, header]]
    raw = read_raw("\r\n".join(lines).encode(), "export.csv")
    expected = [[cell.strip(PADDING).replace("\u00a0", " ") for cell in row] for row in [header, *table, header]]
    assert rows_of(raw) == expected
