"""The pages there are, in the order and sections of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).resolve().parent
_PAGES = _HERE.parent / "pages"
ICON, LOGO = str(_HERE / "assets" / "icon.svg"), str(_HERE / "assets" / "logo.svg")


@dataclass(frozen=True, slots=True)
class Screen:
    """One page: its file below ``pages/``, how the menu shows it, what it answers, whether filters matter to it."""

    path: str
    section: str
    title: str
    icon: str
    answers: str
    filtered: bool = False

    @property
    def url_path(self) -> str:
        return Path(self.path).stem


SCREENS = (
    Screen(
        "meeting/this_week.py",
        "",
        "This week",
        ":material/today:",
        "Whom to talk to and why, who did great, and what changed since last week.",
    ),
    Screen(
        "ratios/scoreboard.py",
        "Ratios",
        "Scoreboard",
        ":material/scoreboard:",
        "Every desk's seven ratios against the minimum standards. Open a number to see the rows behind it.",
        filtered=True,
    ),
    Screen(
        "ratios/desk.py",
        "Ratios",
        "Desk",
        ":material/person:",
        "One account executive on one screen: how the desk stands and why, what is open, and what watches it.",
    ),
    Screen(
        "ratios/trends.py",
        "Ratios",
        "Trends",
        ":material/show_chart:",
        "One ratio over time, desk by desk, with the standard, the uncertainty and the volumes behind it.",
        filtered=True,
    ),
    Screen(
        "ratios/plan.py",
        "Ratios",
        "Plan",
        ":material/flag:",
        "The exact results a desk must achieve each day to reach its goal, and how every desk stands against its plan.",
    ),
    Screen(
        "ratios/adjustments.py",
        "Ratios",
        "Adjustments",
        ":material/tune:",
        "What was changed to get better, and what came of it: before and since, beside the other desks.",
    ),
    Screen(
        "follow_up/owed.py",
        "Follow-up",
        "Owed",
        ":material/call:",
        "Whom we owe a word today, and why: one line a person, the most urgent first.",
    ),
    Screen(
        "follow_up/friday.py",
        "Follow-up",
        "Friday blitz",
        ":material/event_available:",
        "Whom to call by Friday, so that every candidate in process and every client hears something this week.",
    ),
    Screen(
        "follow_up/close_the_loop.py",
        "Follow-up",
        "Close the loop",
        ":material/published_with_changes:",
        "Rejected candidates who were not told why, what to tell them, and how many were told within three days.",
    ),
    Screen(
        "follow_up/touch.py",
        "Follow-up",
        "Touch programme",
        ":material/handshake:",
        "Touches kept from the accepted offer to the end of the contract, who left early, and who has not heard "
        "from us for two months.",
    ),
    Screen(
        "follow_up/declined.py",
        "Follow-up",
        "Declined offers",
        ":material/thumb_down:",
        "Why offers were declined, whom we may call again and when, and who came back.",
    ),
    Screen(
        "follow_up/contact_quality.py",
        "Follow-up",
        "Quality of contact",
        ":material/edit_note:",
        "Notes after conversations, touches with a reason, and what is known of candidates and clients.",
    ),
    Screen(
        "follow_up/follow_up_rules.py",
        "Follow-up",
        "Follow-up rules",
        ":material/rule:",
        "What we promise whom, by when and what counts as done; switched on and off, changed from a day on.",
    ),
    Screen(
        "contractors/care.py",
        "Contractors",
        "Care",
        ":material/volunteer_activism:",
        "Which contractors need a call first and why, and how well such signs told who left early.",
    ),
    Screen(
        "contractors/support.py",
        "Contractors",
        "Support",
        ":material/support_agent:",
        "Tickets that wait and who has them, how long tickets take, and which topics come back.",
    ),
    Screen(
        "contractors/retention.py",
        "Contractors",
        "Retention",
        ":material/timeline:",
        "How long contractors stay, why some leave early, who is placed again, and whose assignment ends soon.",
    ),
    Screen(
        "contractors/handoffs.py",
        "Contractors",
        "Hand-offs",
        ":material/swap_horiz:",
        "Who was not handed to care or support yet, and how many hand-offs are made in time, desk by desk.",
    ),
    Screen(
        "contractors/referrals.py",
        "Contractors",
        "Referrals and use",
        ":material/group_add:",
        "Who names other people and what becomes of them; hours of timecards against the contracted week.",
    ),
    Screen(
        "contractors/person.py",
        "Contractors",
        "Person",
        ":material/person_search:",
        "Everything about one candidate, contractor or client contact, in order.",
    ),
    Screen(
        "data/upload.py",
        "Data",
        "Upload",
        ":material/upload_file:",
        "Drop exports here, check what was understood, correct it and store it.",
    ),
    Screen(
        "data/imports.py",
        "Data",
        "Imports",
        ":material/inventory_2:",
        "What came in and when, how sound it is, calls that two systems both recorded, and undo.",
    ),
    Screen(
        "data/people.py",
        "Data",
        "People",
        ":material/groups:",
        "Every desk with its team, role and dates; names that are one person; what is kept about contacts.",
    ),
    Screen(
        "data/standards.py",
        "Data",
        "Standards",
        ":material/straighten:",
        "Minimum standards of the company, teams and desks, proposals, their history, absences and public holidays.",
    ),
    Screen(
        "data/definitions.py",
        "Data",
        "Definitions",
        ":material/menu_book:",
        "What every ratio and every activity means, in words and as a formula.",
    ),
)

BY_URL = {screen.url_path: screen for screen in SCREENS}


def file(url_path: str) -> str:
    """The page's file, as ``st.switch_page`` and ``st.page_link`` want it."""
    return str(_PAGES / BY_URL[url_path].path)


def _page(screen: Screen) -> st.Page:
    is_first = screen is SCREENS[0]
    return st.Page(
        _PAGES / screen.path,
        title=screen.title,
        icon=screen.icon,
        url_path="start" if is_first else screen.url_path,
        default=is_first,
        help=screen.answers,
    )


def sections() -> dict[str, list[st.Page]]:
    """The menu for ``st.navigation``: section -> pages; those of no section stand in the bar itself.

    The first page answers at the bare address; hidden beside it, the same page answers at its own name too.
    """
    shown = {name: [_page(screen) for screen in screens] for name, screens in groupby(SCREENS, attrgetter("section"))}
    first = SCREENS[0]
    own_name = st.Page(_PAGES / first.path, title=first.title, url_path=first.url_path, visibility="hidden")
    return {**shown, first.section: [*shown[first.section], own_name]}


def screen_of(page: st.Page) -> Screen:
    """The entry of the menu that a page of ``st.navigation`` stands for; the default page has an empty address."""
    return BY_URL.get(page.url_path, SCREENS[0])
