"""Fixtures shared by all tests: the real corpus is the fixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.domain import Proposal
from assistant.opening import open_assistant
from assistant.proposal import load_proposal
from assistant.resources import resource_folder
from assistant.settings import Settings


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder corpus/ of this checkout."""
    return resource_folder("corpus")


@pytest.fixture(scope="session")
def proposal() -> Proposal:
    """The whole proposal, read once."""
    return load_proposal()


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The index folder that all tests with the real encoder share; built by the first of them, kept between runs."""
    return Path(__file__).parent.parent / ".cache" / "tests"


@pytest.fixture(scope="session")
def assistant(data_folder: Path) -> Assistant:
    """The assistant with its real encoder and index."""
    return open_assistant(Settings(data_folder=data_folder))
