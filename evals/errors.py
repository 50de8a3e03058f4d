"""Owns the errors of the evals that are shown to people: clear messages without a traceback.

AssistantError
└── EvaluationError
    ├── CaseError      a file of cases/ that does not hold what it must
    ├── AnswersError   a file of answers that cannot be read
    ├── ResultError    a saved result that cannot be read or does not fit
    └── FloorError     floors.json cannot be used

Every message says what was found, what was expected, and what to do.
"""

from __future__ import annotations

from assistant.errors import AssistantError


class EvaluationError(AssistantError):
    """The base of all errors of the evals whose message is meant for the person at the keyboard."""


class CaseError(EvaluationError):
    """Raised when a file of cases does not hold what it must; names file and line."""


class AnswersError(EvaluationError):
    """Raised when a file of answers cannot be read."""


class ResultError(EvaluationError):
    """Raised when a saved result cannot be read, or two results cannot be compared."""


class FloorError(EvaluationError):
    """Raised when the saved floors cannot be used."""
