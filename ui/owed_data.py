"""What the pages of follow-up ask of the history: whom the firm owes a contact, cached until the history changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from quality import kept
from quality.answers import WORDS, answered
from quality.call_sheet import Line, Person, has_time, in_parts, ranked
from quality.kept import By
from quality.last_words import Known, known
from quality.obligation_forms import Rule
from quality.obligations import obligations
from quality.rule_changes import rules_in_force
from quality.vocabulary import PARTIES
from quality.workdays import Workdays
from ui import clock, data, judgement, wishes
from ui.data import Desks, Place, cached

#: What can still be done.
TO_DO = ("open", "overdue")
#: So many rows behind a number are shown.
MOST_ROWS = 1_000
#: The rule by which news is owed every Friday.
FRIDAY = "friday_update"


def owed(as_of: date, place: Place | None = None) -> pd.DataFrame:
    """Every obligation of the last 90 days and all still owed, at the end of a day: see `quality.obligations`.

    Counted by the rules in force, the firm's working days and its roster; what was answered is waived and has the
    columns of `quality.answers`. Who wants to be left alone is counted and not named.
    """
    return _owed(place or data.here(), as_of)


def to_do(frame: pd.DataFrame, as_of: date | None = None, over: pd.Timestamp | None = None) -> pd.DataFrame:
    """The obligations that can still be kept: open or overdue, and nothing has ended them.

    What must be done before a moment of the day itself (today) is among them until that moment is ``over``: that is the
    last such moment that has passed, and without it none has.
    """
    today, moment = pd.Timestamp(as_of or clock.today()), frame["due_at"]
    of_today = moment[(frame["closed_at"] == moment) & (moment >= today)]
    later = of_today[~(_has_time(of_today) & (of_today <= (pd.NaT if over is None else over)))]
    return frame[frame["status"].isin(TO_DO) & (frame["closed_at"].isna() | frame.index.isin(later.index))]


def waiting() -> pd.DataFrame:
    """What is still to be done as of now, as the call sheet has it: rows of ``owed``."""
    return _waiting(data.here(), clock.today(), over())


def over() -> pd.Timestamp | None:
    """The last moment of today before which something had to be done and that has passed by now; None: none yet."""
    now = pd.Timestamp(clock.now().replace(tzinfo=None))
    return max((moment for moment in _moments(data.here(), clock.today()) if moment <= now), default=None)


def owed_to(person: Person) -> pd.DataFrame:
    """What is still owed to one person, the earliest due first: rows of ``owed``."""
    return _owed_to(data.here(), clock.today(), person, over())


def rules() -> tuple[Rule, ...]:
    """The rules of follow-up in force, each in its versions."""
    return rules_in_force(data.settings())


# --- the call sheet --------------------------------------------------------------------------------------------------


def sheet(desks: Desks, rule: str | None = None, name: str = "") -> pd.DataFrame:
    """The call sheet of some desks as of now: see `quality.call_sheet.ranked`.

    Of one rule, and of the people whose name holds some letters, where these are given.
    """
    found = _sheet(data.here(), clock.today(), desks, rule, over())
    letters = name.strip().casefold()
    return found[found["who"].fillna("").str.casefold().str.contains(letters, regex=False)] if letters else found


def parts_of(people: Iterable[Person]) -> dict[Person, str]:
    """Those of some people who stand on the firm's call sheet -> the part of it they stand in."""
    return _parts_of(data.here(), clock.today(), over(), frozenset(people))


def in_numbers(found: pd.DataFrame) -> dict[str, int]:
    """How many people stand in each part of a sheet, and under ``late`` how many of today's are late already."""
    late = found[found["due_at"] < pd.Timestamp(clock.today())]
    return {**in_parts(found), "late": in_parts(late)["today"]}


def reasons(desks: Desks) -> dict[str, int]:
    """The rules by which anything is to be done at some desks, the commonest first -> how many obligations."""
    return _reasons(data.here(), clock.today(), desks, over())


def missed_fridays(desks: Desks) -> dict[Person, tuple[int, date]]:
    """Whom some desks owed news on Fridays that went by without any: on how many of the last 90 days, since when."""
    return _missed_fridays(data.here(), clock.today(), desks)


def known_of(lines: tuple[Line, ...]) -> dict[Person, Known]:
    """What was said last, what they care about and what is booked, for the people of some lines."""
    return known_about(line.person for line in lines)


def known_about(people: Iterable[Person]) -> dict[Person, Known]:
    """The same for people, by party and name; nothing of others who want to be left alone."""
    return _known(data.facts(), clock.today(), tuple(people), tuple(sorted(wishes.left_alone())))


def reach(lines: tuple[Line, ...]) -> dict[Person, tuple[str, ...]]:
    """Phone numbers and addresses of the people of some lines, where the firm keeps them."""
    return reach_of(line.person for line in lines)


def reach_of(people: Iterable[Person]) -> dict[Person, tuple[str, ...]]:
    """Phone numbers and addresses of these people, where the firm keeps them."""
    return _reach(data.facts(), tuple(people))


def answers() -> pd.DataFrame:
    """What was answered to obligations and not taken back, the last one first: see ``History.answers``."""
    return _answers(data.here())


# --- how promises were kept ------------------------------------------------------------------------------------------


def promises(desks: Desks, by: By | None = None) -> pd.DataFrame:
    """How many promises some desks kept, together or by desk or rule: see `quality.kept.promise_keeping`."""
    return _promises(data.here(), clock.today(), desks, by)


def weeks(desks: Desks) -> pd.DataFrame:
    """What fell due week by week, and what became of it: see `quality.kept.week_by_week`."""
    return _weeks(data.here(), clock.today(), desks)


def behind(desks: Desks, by: By, unit: str, fates: tuple[str, ...]) -> pd.DataFrame:
    """The obligations of one desk or rule that became these, the last due first."""
    return _behind(data.here(), clock.today(), desks, by, unit, fates)


@cached("64MB")
def _owed(place: Place, as_of: date) -> pd.DataFrame:
    found = _counted(data.rows(place), as_of, rules(), judgement.workdays(), data.roster())
    return wishes.nameless(answered(found, data.at(place).answers(), as_of))


@cached("16MB")
def _waiting(place: Place, as_of: date, over: pd.Timestamp | None) -> pd.DataFrame:
    return to_do(_owed(place, as_of), as_of, over)


# Kept, since the whole is copied wherever it is asked for.
@cached("4MB")
def _owed_to(place: Place, as_of: date, person: Person, over: pd.Timestamp | None) -> pd.DataFrame:
    still = _waiting(place, as_of, over)
    return still[(still["party"] == person[0]) & (still["who"] == person[1])]


# An answer to one line leaves the count of all of them as it is, and so does whatever is set elsewhere.
@cached("64MB")
def _counted(
    rows: Place, as_of: date, rules: tuple[Rule, ...], working: Workdays, roster: pd.DataFrame
) -> pd.DataFrame:
    return obligations(data.at(rows).log(), as_of=as_of, rules=rules, working=working, roster=roster)


def _of(found: pd.DataFrame, desks: Desks) -> pd.DataFrame:
    """The obligations of some desks; all of them where no desks are given."""
    return found if desks is None else found[found["desk"].isin(desks)]


@cached("64MB")
def _sheet(place: Place, as_of: date, desks: Desks, rule: str | None, over: pd.Timestamp | None) -> pd.DataFrame:
    wanted = _of(_waiting(place, as_of, over), desks)
    return ranked(wanted[wanted["rule"] == rule] if rule else wanted, as_of, judgement.workdays())


@cached("4MB")
def _parts_of(place: Place, as_of: date, over: pd.Timestamp | None, people: frozenset[Person]) -> dict[Person, str]:
    lines = _sheet(place, as_of, None, None, over).drop_duplicates("line")[["party", "who", "part"]]
    return {(party, who): part for party, who, part in lines.itertuples(index=False) if (party, who) in people}


@cached("4MB")
def _reasons(place: Place, as_of: date, desks: Desks, over: pd.Timestamp | None) -> dict[str, int]:
    counts = _sheet(place, as_of, desks, None, over)["rule"].value_counts()
    return {str(rule): int(number) for rule, number in counts.items()}


@cached("1MB")
def _moments(place: Place, as_of: date) -> tuple[pd.Timestamp, ...]:
    """The moments of a day before which something is to be done: what is kept of a day changes only with these."""
    found = _waiting(place, as_of, None)
    before = found.loc[found["closed_at"] == found["due_at"], "due_at"]
    return tuple(before[_has_time(before)].drop_duplicates())


def _has_time(moments: pd.Series) -> pd.Series:
    return moments.map(has_time, na_action="ignore").fillna(False).astype("bool")


@cached("4MB")
def _missed_fridays(place: Place, as_of: date, desks: Desks) -> dict[Person, tuple[int, date]]:
    rows = _of(_owed(place, as_of), desks)
    gone = rows[(rows["rule"] == FRIDAY) & (rows["status"] == "overdue") & (rows["due_at"] < pd.Timestamp(as_of))]
    fridays = gone.assign(day=gone["due_at"].dt.normalize()).groupby(["party", "who"])["day"].agg(["nunique", "min"])
    return {(party, who): (int(number), first.date()) for (party, who), number, first in fridays.itertuples()}


@cached("16MB")
def _known(place: Place, as_of: date, people: tuple[Person, ...], alone: tuple[Person, ...]) -> dict[Person, Known]:
    return known(data.at(place).log(), people, as_of, data.roster(), frozenset(alone))


@cached("4MB")
def _reach(place: Place, people: tuple[Person, ...]) -> dict[Person, tuple[str, ...]]:
    """Each number and address once; one whose side is not known is that of either."""
    points = data.at(place).contact_points().fillna({"party": ""})
    found: dict[Person, dict[str, None]] = {person: {} for person in people}
    for row in points[points["person"].isin([who for _, who in people])].to_dict("records"):
        for party in [row["party"]] if row["party"] else PARTIES:
            found.get((party, row["person"]), {})[row["value"]] = None
    return {person: tuple(values) for person, values in found.items()}


@cached("16MB")
def _answers(place: Place) -> pd.DataFrame:
    given = data.at(place).answers()
    # Who was cleared on a Friday is told where the Fridays are.
    told = given[given["answer"].isin(list(WORDS))].iloc[::-1].reset_index(drop=True)
    # That somebody is to be left alone is the one thing that is said of them, and it can be taken back.
    return wishes.nameless(told).where(told["answer"] != "do_not_contact", told)


@cached("16MB")
def _promises(place: Place, as_of: date, desks: Desks, by: By | None) -> pd.DataFrame:
    return kept.promise_keeping(_of(_owed(place, as_of), desks), as_of, by)


@cached("16MB")
def _weeks(place: Place, as_of: date, desks: Desks) -> pd.DataFrame:
    return kept.week_by_week(_of(_owed(place, as_of), desks), as_of)


@cached("16MB")
def _behind(place: Place, as_of: date, desks: Desks, by: By, unit: str, fates: tuple[str, ...]) -> pd.DataFrame:
    rows = kept.fell_due(_of(_owed(place, as_of), desks), as_of)
    wanted = rows[(rows[by] == unit) & rows["status"].isin(fates)]
    return wanted.sort_values("due_at", ascending=False, kind="stable", ignore_index=True)
