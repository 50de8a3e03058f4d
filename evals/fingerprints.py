"""Owns what a result was measured on: the hashes of all that can change it, and the commit."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
_MEASURING = (
    "answers.py", "baselines.py", "cases.py", "intervals.py", "measures.py", "readings.py", "results.py",
    "retrieval.py", "scorers.py", "scoring.py", "statement_scorers.py", "support.py", "systems.py", "tutorial.py",
    "unenriched.py",
)  # fmt: skip
"""The modules of the evals on which the numbers depend; not the report, the tables or the command line."""
_NO_COMMIT = "000000000000"


class Commit(NamedTuple):
    """The commit checked out, and whether the files differ from it."""

    id: str
    changed: bool


def content_hashes(root: Path = ROOT) -> dict[str, str]:
    """The hashes of `assistant/`, `corpus/`, `prompts/`, the cases, and the code that measures."""
    return {
        "assistant": _hash(root, _files(root / "assistant")),
        "corpus": _hash(root, _files(root / "corpus")),
        "prompts": _hash(root, _files(root / "prompts")),
        "cases": _hash(root, _files(root / "evals" / "cases")),
        "measuring": _hash(root, [root / "evals" / name for name in _MEASURING]),
    }


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not _is_left_over(path)]


def _is_left_over(path: Path) -> bool:
    """Whether a file is what Python, an editor or a system leaves behind."""
    return "__pycache__" in path.parts or path.suffix == ".pyc" or path.name.startswith(".")


def _hash(root: Path, paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.relative_to(root).as_posix()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()[:16]


def current_commit(root: Path = ROOT) -> Commit:
    """The commit checked out, in 12 digits; zeros where there is no repository or no git."""
    try:
        commit = _git(root, "rev-parse", "--short=12", "HEAD")
        return Commit(commit, changed=bool(_git(root, "status", "--porcelain", "--", "assistant", "corpus", "prompts")))
    except (OSError, subprocess.CalledProcessError):
        return Commit(_NO_COMMIT, changed=True)


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 - our own words
