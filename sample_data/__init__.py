"""A made-up firm of recruiting desks whose truth is known: for a first look, for tests and for measuring speed.

``generate`` gives the activity log of a plan, ``write`` the files that firm's systems would export.
"""

from sample_data.plan import Plan, last_sunday
from sample_data.sample import Sample, generate, write

__all__ = ["Plan", "Sample", "generate", "last_sunday", "write"]
