"""Layouts are data: those shipped are sound, and a slip in one of the firm's own is answered in a sentence."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from loaders import Options, RefusedError, load, shipped_layouts
from loaders.layout import FOLDER, layout_from, synonyms
from loaders.words import header_key, value_key
from quality.vocabulary import ACTIVITIES, CHANNELS, LOG_COLUMNS, PARTIES

GOOD = {
    "name": "mine",
    "require": ["occurred_at", "desk", "activity"],
    "columns": {"occurred_at": ["Day"], "desk": ["Who"], "activity": ["What"], "candidate": [["First", "Last"]]},
    "helpers": {"state": ["State"]},
    "activities": [{"values": ["talk"], "when": {"state": ["ok"]}, "give": ["recruiting_call"]}],
}


def broken(**changes: object) -> dict:
    return copy.deepcopy(GOOD) | changes


#: A slip -> words the answer must hold.
SLIPS = {
    "no name": (broken(name=""), '"name" must be a text'),
    "a key nobody knows": (broken(shap="wide"), 'Did you mean "shape"?'),
    "a shape nobody knows": (broken(shape="tall"), '"shape" must be one of'),
    "a column of ours misspelt": (broken(columns={"occured_at": ["Day"]}), 'Did you mean "occurred_at"?'),
    "headers that are no list": (broken(columns={"desk": "Who"}), '"desk" must be a list'),
    "a required column without headers": (broken(require=["job"]), 'names the column "job"'),
    "an activity nobody knows": (broken(activities=[{"values": ["x"], "give": ["fil"]}]), 'Did you mean "fill"?'),
    "values that give nothing": (broken(activities=[{"values": ["x"]}]), '"give" must be a list'),
    "a condition on no column": (
        broken(activities=[{"values": ["x"], "when": {"mood": "filled"}, "give": ["fill"]}]),
        'names the column "mood"',
    ),
    "a condition of no known kind": (
        broken(activities=[{"values": ["x"], "when": {"state": "full"}, "give": ["fill"]}]),
        'the condition on "state" must be',
    ),
    "a side nobody knows": (
        broken(activities=[{"values": ["x"], "give": [{"activity": "prep", "party": "both"}]}]),
        '"party" must be one of',
    ),
    "no activities": (broken(activities=[]), "no value is given an activity"),
    "no column for the date": (
        broken(require=[], columns={"desk": ["Who"], "activity": ["What"]}),
        'which headers hold "occurred_at"',
    ),
    "a wide layout without stages": (broken(shape="wide"), "needs [[stages]]"),
    "a pattern that is none": (broken(extract={"state": "(?P<job>"}), 'the pattern for "state" is not one'),
    "a pattern that names nothing of ours": (broken(extract={"state": "(.+)"}), "must name columns of ours"),
    "an automatic row without a condition": (broken(ignore=[{"reason": "x"}]), "[[ignore]] needs when"),
    "a priority that is a word": (broken(priority="high"), '"priority" must be a whole number'),
    "ids that are a word": (broken(ids="yes"), '"ids" must be true or false'),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_mapping_is_answered_in_a_sentence(slip):
    mapping, words = SLIPS[slip]
    with pytest.raises(RefusedError) as caught:
        layout_from(mapping)
    assert caught.value.refusal.code == "mapping_invalid"
    assert words in caught.value.refusal.reason


@pytest.mark.parametrize(
    ("header", "code"),
    [("Who,What", "no_date_column"), ("Day,What", "no_desk_column"), ("Day,Who", "no_activity_column")],
)
def test_what_no_row_can_do_without_need_not_be_required_by_hand(header: str, code: str):
    mapping = GOOD | {"require": [], "helpers": {}, "activities": [{"values": ["talk"], "give": ["recruiting_call"]}]}
    loaded = load(f"{header}\n2026-03-02,talk\n".encode(), "a.csv", Options(mapping=mapping))
    assert loaded.report.refused
    assert loaded.report.refused.code == code


def test_a_mapping_file_that_is_no_toml_or_not_there_is_answered_too(tmp_path: Path):
    (tmp_path / "mine.toml").write_text("name = ")
    for path in (tmp_path / "mine.toml", tmp_path / "nowhere.toml"):
        with pytest.raises(RefusedError) as caught:
            layout_from(path)
        assert caught.value.refusal.code == "mapping_invalid"
        assert path.name in caught.value.refusal.reason


def test_a_mapping_from_a_file_and_from_memory_give_the_same_rows(tmp_path: Path):
    (tmp_path / "mine.toml").write_text(
        'name = "mine"\nrequire = ["occurred_at", "desk", "activity"]\n[columns]\noccurred_at = ["Day"]\n'
        'desk = ["Who"]\nactivity = ["What"]\ncandidate = [["First", "Last"]]\n[helpers]\nstate = ["State"]\n'
        '[[activities]]\nvalues = ["talk"]\nwhen = { state = ["ok"] }\ngive = ["recruiting_call"]\n'
    )
    content = b"Day,Who,What,First,Last,State\n2026-03-02,D,Talk,Avery,Sample,OK\n2026-03-02,D,talk,Avery,Sample,no\n"
    by_file = load(content, "a.csv", Options(mapping=tmp_path / "mine.toml"))
    by_table = load(content, "a.csv", Options(mapping=GOOD))
    assert by_file.frame.equals(by_table.frame)
    assert by_file.frame["candidate"].tolist() == ["Avery Sample"]
    assert by_file.report.unmapped_values == {"talk": 1}


def test_every_file_of_the_folder_is_a_layout_of_that_name():
    names = {path.stem for path in FOLDER.glob("*.toml")}
    assert len(names) >= 40
    assert set(shipped_layouts()) == {*names, "matched"}


@pytest.mark.parametrize("name", shipped_layouts())
def test_a_shipped_layout_says_what_it_rests_on(name):
    layout = shipped_layouts()[name]
    assert layout.title
    assert layout.evidence or name == "matched"


def test_our_own_layout_takes_every_column_of_the_log():
    ours = set(LOG_COLUMNS) - {"import_id", "source_row"}
    assert set(shipped_layouts()["touchline"].columns) == ours


@pytest.mark.parametrize("name", shipped_layouts())
def test_no_header_is_promised_to_two_columns_of_a_layout(name):
    fields = shipped_layouts()[name].columns
    spellings = [key for own in fields.values() for key in {tuple(map(header_key, one)) for one in own}]
    # A consultant is a recruiter in one firm and a contractor in the next: whichever the file names nobody else for.
    twice = {key for key in spellings if spellings.count(key) > 1}
    assert twice <= {("consultant",)}
    last = [header_key(one[-1][0]) for one in fields.values() if ("Consultant",) in one]
    assert not twice or last == ["consultant", "consultant"]


def test_no_value_word_means_two_things_at_once():
    plain = [(word, rule.give) for rule in shipped_layouts()["matched"].rules if not rule.when for word in rule.words]
    meanings: dict[str, set] = {}
    for word, give in plain:
        meanings.setdefault(word, set()).add(give)
    assert {word: give for word, give in meanings.items() if len(give) > 1} == {}


def test_words_of_several_meanings_are_nowhere_taken_for_granted():
    known = {word for rule in shipped_layouts()["matched"].rules for word in rule.words}
    assert known & set(synonyms()["ambiguous"]) == set()
    assert set(synonyms()["ambiguous"]) == {value_key(word) for word in synonyms()["ambiguous"]}
    assert set(synonyms()["caution"]) <= known


def test_tables_of_words_lead_to_words_of_ours():
    assert set(synonyms()["party"]) == set(PARTIES)
    assert set(synonyms()["channels"]) == set(CHANNELS)
    for activity, words in synonyms()["outcomes"].items():
        assert set(words) <= set(ACTIVITIES[activity].outcomes)


def test_bullhorns_sendout_is_a_presentation():
    content = b"Date Added,Author,About,Action,Comments\n3/25/2026,D,A,Sendout,x\n"
    assert load(content, "b.csv", Options()).frame["activity"].tolist() == ["presentation"]


def test_an_unknown_layout_name_is_answered_with_the_nearest():
    refused = load(b"a,b\n1,2\n", "a.csv", Options(layout="bullhorn")).report.refused
    assert refused.code == "layout_unknown"
    assert 'Did you mean "bullhorn_notes"?' in refused.reason


def test_a_tie_between_two_exports_asks(monkeypatch):
    twins = {name: layout_from(GOOD | {"name": name, "title": name}) for name in ("first", "second")}
    monkeypatch.setattr("loaders.recognise.shipped_layouts", lambda: twins)
    refused = load(b"Day,Who,What\n2026-03-02,D,talk\n", "a.csv", Options()).report.refused
    assert refused.code == "ambiguous_layout"
    assert "--layout" in refused.fix


def test_a_list_with_todays_stage_comes_with_a_warning():
    content = b"Candidate,Status,Date Added,Recruiter\nA,Placed,2026-03-02,D\n"
    report = load(content, "a.csv", Options()).report
    assert report.layout == "stage_history"
    assert "today's stage" in report.warnings[0]
