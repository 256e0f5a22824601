"""Where somebody stands: on assignment, active, owed what, answered what; in words, safe for markdown."""

from __future__ import annotations

import pandas as pd

from quality.answers import WORDS
from quality.call_sheet import Person, how_late
from quality.obligation_rules import BY_NAME
from ui import clock, owed_data, text, timeline_data
from ui.timeline_lines import Row, records
from ui.timeline_search import CALLED

#: Letters of a reason.
LONGEST = 400


def head(person: Person, rows: pd.DataFrame) -> str:
    """Who somebody is and how they stand, in a line."""
    stands = _of_candidate(person) if person[0] == "candidate" else _of_contact(person, rows)
    is_client = person[0] == "client" and not (rows["contact"] == person[1]).any()
    called = "Client, as far as no contact is named" if is_client else CALLED[person[0]]
    return " · ".join([f"**{called}**", *stands, *_last(rows)])


def _of_candidate(person: Person) -> list[str]:
    """On assignment or about to be, and active in a search; else that neither is the case."""
    found = timeline_data.assignments(person)
    running = [_running(row) for row in records(found[found["state"] == "running"])]
    waiting = [f"accepted {_place(row)}" for row in records(found[found["state"] == "accepted"])]
    until = timeline_data.active_until(person)
    active = [f"**active in a search**, until {text.day(until)} without another step"] if until is not None else []
    return running + waiting + active or ["not on assignment, not active in a search"]


def _running(row: Row) -> str:
    day = "" if row["day"] is None else f"day {row['day']:,} "
    return f"**{day}on assignment**"


def _of_contact(person: Person, rows: pd.DataFrame) -> list[str]:
    home = _home(person, rows)
    return [f"at {text.plain(home)}"] if home else []


def without_home(person: Person, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a contact without the client that the head names already; those of a candidate as they are."""
    if person[0] == "candidate":
        return rows
    return rows.assign(client=rows["client"].mask(rows["client"] == _home(person, rows)))


def _home(person: Person, rows: pd.DataFrame) -> str | None:
    """The client of the newest row that names one other than the contact."""
    clients = rows["client"].dropna()
    return next(iter(clients[clients != person[1]]), None)


def _last(rows: pd.DataFrame) -> list[str]:
    past = rows.loc[~rows["ahead"], "occurred_at"]
    return [f"last on record {text.day(past.iloc[0])}"] if len(past) else []


# --- assignments -----------------------------------------------------------------------------------------------------


def assignments(person: Person) -> list[str]:
    """Each assignment of a candidate, the newest first, then what is to be asked about them."""
    if person[0] != "candidate":
        return []
    told = [_assignment(row) for row in records(timeline_data.assignments(person).iloc[::-1])]
    return told + [f":material/help: {text.plain(one, LONGEST)}" for one in timeline_data.questions(person)]


def _assignment(row: Row) -> str:
    facts = [_days(row), _state(row), *_plan(row), *_owners(row)]
    return f"**{_place(row)}** · {' · '.join(filter(None, facts))}"


def _days(row: Row) -> str:
    began, ended = row["started_on"] or row["accepted_on"], row["ended_on"]
    if ended is None:
        return f"since {text.day(began)}" if began is not None else ""
    return text.day(ended) if began is None or ended < began else text.days(began, ended)


def _state(row: Row) -> str:
    if row["state"] != "ended":
        return {"running": _day(row), "accepted": "accepted", "never_started": "never started"}[row["state"]]
    outcome = text.plain(str(row["outcome"]).replace("_", " ")) if row["outcome"] else "ended"
    return f"{outcome} on {_day(row)}" if row["day"] is not None else outcome


def _day(row: Row) -> str:
    return "running" if row["day"] is None else f"day {row['day']:,}"


def _plan(row: Row) -> list[str]:
    times = row["extensions"]
    extended = f", extended {'once' if times == 1 else f'{times} times'}" if times else ""
    return [f"planned end {text.day(row['planned_end'])}{extended}"] if row["planned_end"] is not None else []


def _owners(row: Row) -> list[str]:
    named = {"care": row["care_owner"], "support": row["support_owner"], "desk": row["desk"]}
    return [f"{what} {text.plain(name)}" for what, name in named.items() if name]


def _place(row: Row) -> str:
    return ", ".join(text.plain(row[name]) for name in ("job", "client") if row[name]) or "an assignment"


# --- what is owed, and what was answered -----------------------------------------------------------------------------


def owed(person: Person) -> list[str]:
    """What is still owed to somebody, the earliest due first; what two rules owe in the same words once."""
    first: dict[tuple[str, str], Row] = {}
    for row in records(owed_data.owed_to(person)):
        first.setdefault(_owing(row), row)
    return [f"{what}, **{how_late(row['due_at'], clock.today())}** :small[{by}]" for (what, by), row in first.items()]


def _owing(row: Row) -> tuple[str, str]:
    """What happened and what is owed for it; for which job and by which desk."""
    happened = row["why"].partition(":")[0]
    by = " · ".join(text.plain(row[name]) for name in ("job", "desk") if row[name])
    return text.plain(f"{happened}: {BY_NAME[row['rule']].owed}", LONGEST), by


def answers(person: Person) -> list[str]:
    """What was answered to what was owed to somebody, the last answer first."""
    return [_answer(row) for row in records(timeline_data.answers(person))]


def _answer(row: Row) -> str:
    about = BY_NAME[row["rule"]].title if row["rule"] in BY_NAME else row["rule"]
    said = f"{WORDS[row['answer']]} ({text.plain(about)}), {text.plain(row['answered_by'])}"
    return f"{text.day(row['answered_at'])}: {said}"
