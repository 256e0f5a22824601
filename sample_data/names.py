"""Names that nobody can take for real: Demo for desks, Sample for candidates, Example for everyone at a client."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

DESK_NAMES = ("Alex", "Blair", "Casey", "Drew", "Ellis", "Frankie", "Gray", "Harper", "Indigo", "Jules", "Kit", "Lane")
TEAM_NAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir")
CANDIDATE_NAMES = (
    "Avery",
    "Bailey",
    "Charlie",
    "Dakota",
    "Eden",
    "Finley",
    "Hayden",
    "Jordan",
    "Morgan",
    "René",
    "Zoë",
)
CONTACT_NAMES = ("Noel", "Parker", "Quinn", "Riley", "Sage", "Taylor", "Vesper")
TRADES = (
    "Metal Works",
    "Bakery",
    "Logistics",
    "Hospital",
    "Plastics",
    "Software",
    "Furniture",
    "Dairy",
    "Print Shop",
    "Power & Light",
    "Labs",
)
TITLES = (
    "Welder",
    "Machinist",
    "Nurse",
    "Forklift Driver",
    "Accountant",
    "Developer",
    "Electrician",
    "Planner",
    "Analyst",
)


def desk_name(number: int) -> str:
    """Name of a desk: "Alex Demo", and "Alex Demo 2" once the first names are used up."""
    rounds, position = divmod(number, len(DESK_NAMES))
    return f"{DESK_NAMES[position]} Demo" + (f" {rounds + 1}" if rounds else "")


def team_name(number: int) -> str:
    """Name of a team: "Team Alder", and "Team Alder 2" once the trees are used up."""
    rounds, position = divmod(number, len(TEAM_NAMES))
    return f"Team {TEAM_NAMES[position]}" + (f" {rounds + 1}" if rounds else "")


def candidate_names(numbers: pa.Array) -> pa.Array:
    """Names of candidates, such as "Avery Sample 0412"; null stays null."""
    return _numbered(numbers, CANDIDATE_NAMES, "Sample")


def contact_names(numbers: pa.Array) -> pa.Array:
    """Names of hiring managers, such as "Quinn Example 0031"; null stays null."""
    return _numbered(numbers, CONTACT_NAMES, "Example")


def client_names(numbers: pa.Array) -> pa.Array:
    """Names of clients, such as "Example Metal Works 0007"; null stays null."""
    return pc.binary_join_element_wise("Example", _cycled(TRADES, numbers), _padded(numbers), " ")


def job_names(numbers: pa.Array) -> pa.Array:
    """Names of orders, such as "Welder 0031"; null stays null."""
    return pc.binary_join_element_wise(_cycled(TITLES, numbers), _padded(numbers), " ")


def _numbered(numbers: pa.Array, names: tuple[str, ...], surname: str) -> pa.Array:
    return pc.binary_join_element_wise(_cycled(names, numbers), surname, _padded(numbers), " ")


def _cycled(words: tuple[str, ...], numbers: pa.Array) -> pa.Array:
    quotient = pc.divide(numbers, len(words))
    return pc.take(pa.array(words), pc.subtract(numbers, pc.multiply(quotient, len(words))))


def _padded(numbers: pa.Array) -> pa.Array:
    return pc.utf8_lpad(pc.cast(pc.add(numbers, 1), pa.string()), 4, "0")
