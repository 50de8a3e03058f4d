"""Owns the check of freely written sentences: whether the passages that they cite say what they say."""

from assistant.checking.alignment import Encode
from assistant.checking.verdict import WrittenCheck
from assistant.checking.wordings import Wordings

__all__ = ["Encode", "Wordings", "WrittenCheck"]
