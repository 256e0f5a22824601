"""Today's call sheet: whom we owe a word and why, the most urgent first; and how promises were kept."""

from __future__ import annotations

from ui import owed, owed_answers, owed_kept

asked = owed.ask()
owed_answers.say()
owed.show(asked)
owed_answers.show()
owed_kept.show(asked.whose)
