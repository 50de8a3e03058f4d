"""Owns where corpus, prompts and the bundled encoder lie, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource_folder(name: str) -> Path:
    """The folder `corpus` or `prompts`: beside the package in a checkout, inside it in a wheel."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


BUNDLED_ENCODER = _PACKAGE / "embedding" / "bundled"
