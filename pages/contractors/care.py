"""Who on assignment needs a call first and why, what the signs weigh, and how far to trust them."""

from __future__ import annotations

from ui import care, care_back_test, care_weights

asked = care.ask()
care.show(asked)
care_weights.show()
care_back_test.show()
