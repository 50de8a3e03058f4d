"""Owns the errors that are shown to people: clear messages without a traceback.

    AssistantError
    ├── SettingsError           an unknown or unusable `ASSISTANT_*` setting
    ├── CorpusError             a file of corpus/ that does not hold what it must
    ├── IndexFolderError        the index cannot be built, read or written
    ├── ModelUnavailableError   an embedding or chat model that is missing, incomplete or not installed
    ├── PromptError             a file of prompts/ that is missing or does not fit its variables
    ├── QuestionInputError      a question or number on the command line that cannot be read
    ├── BatchFileError          a batch file that cannot be read or written
    └── ServerError             the page cannot be served where it is wanted

Every message says what was found, what was expected, and what to do. Anything else is a bug and keeps its traceback.
"""


class AssistantError(Exception):
    """The base of all errors whose message is meant for the person at the keyboard."""


class SettingsError(AssistantError):
    """Raised when a setting is unknown or cannot be used."""


class CorpusError(AssistantError):
    """Raised when a file of corpus/ does not hold what it must."""


class IndexFolderError(AssistantError):
    """Raised when the index cannot be built, read or written."""


class ModelUnavailableError(AssistantError):
    """Raised when an embedding or chat model is missing, incomplete or needs a package that is not installed."""


class PromptError(AssistantError):
    """Raised when a prompt file is missing, or its variables and those given differ."""


class BatchFileError(AssistantError):
    """Raised when a batch file cannot be read or written."""


class QuestionInputError(AssistantError):
    """Raised when a question or number given on the command line cannot be read."""


class ServerError(AssistantError):
    """Raised when the page cannot be served on the address and port wanted."""
