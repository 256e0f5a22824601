"""One sample for all tests of it: the plan of the golden numbers."""

from __future__ import annotations

from datetime import date

import pytest

from sample_data import Plan, Sample, generate, write


@pytest.fixture(scope="session")
def plan() -> Plan:
    return Plan(end=date(2026, 11, 15))


@pytest.fixture(scope="session")
def sample(plan: Plan) -> Sample:
    return generate(plan)


@pytest.fixture(scope="session")
def exports(sample: Sample, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    write(sample, folder)
    return folder
