"""Names beside points: where each one fits without lying on another, on a point or on the edge of the figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: In pixels: half a marker with the room around it, the height of a line, and the width of a letter.
MARKER, LINE, LETTER = 8.0, 15.0, 6.6

#: Left, top, right and bottom in pixels, from the upper left corner.
Box = tuple[float, float, float, float]

#: Plotly's name of a place -> how many widths to the right and heights down the middle of the name lies.
_PLACES: Mapping[str, tuple[float, float]] = {
    "top center": (0, -1),
    "bottom center": (0, 1),
    "middle right": (1, 0),
    "middle left": (-1, 0),
    "top right": (1, -1),
    "bottom right": (1, 1),
    "top left": (-1, -1),
    "bottom left": (-1, 1),
}


def free_places(
    points: Sequence[tuple[float, float]], names: Sequence[str], room: tuple[float, float], needed: int = 0
) -> list[str]:
    """For each point the place of its name, empty where none is free; the first points choose first.

    The first ``needed`` points have a name at any rate: where no place is free, one inside the figure.
    ``points`` and ``room`` (width and height of the figure) are in pixels, from the upper left corner.
    """
    taken: list[Box] = [(x - MARKER, y - MARKER, x + MARKER, y + MARKER) for x, y in points]
    found = []
    for own, ((x, y), name) in enumerate(zip(points, names, strict=True)):
        others = [box for at, box in enumerate(taken) if at != own]
        boxes = {place: _box(x, y, LETTER * len(name), towards) for place, towards in _PLACES.items()}
        free = (place for place, box in boxes.items() if _inside(box, room) and not _hits(box, others))
        inside = (place for place, box in boxes.items() if own < needed and _inside(box, room))
        place = next(free, next(inside, ""))
        taken += [boxes[place]] if place else []
        found.append(place)
    return found


def _box(x: float, y: float, width: float, towards: tuple[float, float]) -> Box:
    right, down = towards
    middle_x, middle_y = x + right * (MARKER + width / 2), y + down * (MARKER + LINE / 2)
    return middle_x - width / 2, middle_y - LINE / 2, middle_x + width / 2, middle_y + LINE / 2


def _inside(box: Box, room: tuple[float, float]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= room[0] and box[3] <= room[1]


def _hits(box: Box, others: Sequence[Box]) -> bool:
    left, top, right, bottom = box
    return any(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in others)
