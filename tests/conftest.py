"""Fixtures shared by all tests: the real corpus is the fixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Proposal
from assistant.proposal import load_proposal
from assistant.resources import resource_folder


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder corpus/ of this checkout."""
    return resource_folder("corpus")


@pytest.fixture(scope="session")
def proposal() -> Proposal:
    """The whole proposal, read once."""
    return load_proposal()
