"""Owns the chat model: opened by one setting through LangChain, asked within a time limit, its faults named."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any

from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelNotFoundError,
    ModelPermissionDeniedError,
    ModelRateLimitError,
    ModelTimeoutError,
)
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.messages.ai import UsageMetadata, add_usage

from assistant.domain import Usage
from assistant.errors import ModelUnavailableError, SettingsError
from assistant.settings import Settings

EXTRAS = {"anthropic": "anthropic", "openai": "openai", "google_genai": "google", "ollama": "ollama"}
"""The extra that installs the package of a provider."""
CHARACTERS_A_TOKEN = 6
"""More than any tokeniser puts into a token on average: a model that passes its limit of tokens is cut off here."""

_FAULTS: Sequence[tuple[type[Exception], str]] = (
    (ModelRateLimitError, "chat_rate_limited"),
    (ModelAuthenticationError, "chat_key_refused"),
    (ModelPermissionDeniedError, "chat_key_refused"),
    (ModelNotFoundError, "chat_unknown_model"),
    (ContextOverflowError, "chat_too_long_for_it"),
    (ModelTimeoutError, "chat_timeout"),
    (TimeoutError, "chat_timeout"),
    (ModelConnectionError, "chat_unreachable"),
    (ConnectionError, "chat_unreachable"),
    (ModelAPIError, "chat_server_fault"),
)
_BY_NAME = (("Timeout", "chat_timeout"), ("Connect", "chat_unreachable"), ("ProtocolError", "chat_cut_off"))
"""HTTP clients do not derive their errors from Python's own; parts of their names tell as much."""
_BY_STATUS = {401: "chat_key_refused", 403: "chat_key_refused", 404: "chat_unknown_model", 429: "chat_rate_limited"}
_FINISH_KEYS = ("finish_reason", "stop_reason", "stopReason", "done_reason", "status")
_FINISHED = frozenset({"stop", "end_turn", "stop_sequence", "completed", "complete", "eos"})
_RAN_OVER = frozenset({"length", "max_tokens", "model_length", "incomplete"})


class ChatFault(Exception):  # noqa: N818 - never shown as an error: the answer says what happened instead
    """Raised when a model gives no whole answer; `reason` is the name of the notice that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Tally:
    """What one answer has taken so far, and the moment (of `time.monotonic`) by which it must be whole."""

    deadline: float
    tokens: UsageMetadata | None = None
    repaired: int = 0
    dropped: int = 0


class ChatModel:
    """A LangChain chat model that either says all it has to say, in time, or raises a `ChatFault`."""

    def __init__(self, model: BaseChatModel, name: str, timeout: float = 60.0, max_tokens: int = 2000) -> None:
        """`timeout` in seconds and `max_tokens` hold for a whole answer."""
        self.name = name
        self._model = model
        self._timeout = timeout
        self._most_characters = max_tokens * CHARACTERS_A_TOKEN

    def tally(self) -> Tally:
        """A new account, for an answer that begins now."""
        return Tally(time.monotonic() + self._timeout)

    def usage(self, tally: Tally) -> Usage:
        """What an answer took."""
        counted = tally.tokens
        return Usage(
            self.name,
            counted["input_tokens"] if counted else None,
            counted["output_tokens"] if counted else None,
            tally.repaired,
            tally.dropped,
        )

    def ask(self, messages: Sequence[BaseMessage], tally: Tally) -> Iterator[str]:
        """The reply as it arrives, piece by piece; tokens are added to the tally.

        Raises ChatFault where the model fails, is late, is endless or gives no text, and after the last piece where
        it does not say itself that it has finished: what ends without a word may have been cut off.
        """
        finish, characters = "", 0
        for chunk in self._in_time(messages, tally.deadline):
            if chunk.usage_metadata:
                tally.tokens = add_usage(tally.tokens, chunk.usage_metadata)
            finish = _finish(chunk) or finish
            characters += len(chunk.text)
            if characters > self._most_characters:
                raise ChatFault("chat_endless")
            if chunk.text:
                yield chunk.text
        if finish in _RAN_OVER:
            raise ChatFault("chat_endless")
        if finish and finish not in _FINISHED:
            raise ChatFault("chat_withheld")
        if not characters:
            raise ChatFault("chat_empty")
        if not finish:
            raise ChatFault("chat_cut_off")

    def _in_time(self, messages: Sequence[BaseMessage], deadline: float) -> Iterator[AIMessage]:
        """The chunks that arrive before the deadline.

        The model is listened to in a thread of its own: not every provider's client keeps a limit for the whole reply.
        """
        arrived: Queue[AIMessage | Exception | None] = Queue()
        given_up = Event()

        def listen() -> None:
            try:
                for chunk in self._model.stream(list(messages)):
                    arrived.put(chunk)
                    if given_up.is_set():
                        break
                arrived.put(None)
            except Exception as error:  # noqa: BLE001 - every provider has errors of its own; each becomes a fault
                arrived.put(error)

        # The context carries LangChain's callbacks into the thread.
        Thread(target=copy_context().run, args=(listen,), daemon=True).start()
        try:
            while (chunk := arrived.get(timeout=max(0.0, deadline - time.monotonic()))) is not None:
                if isinstance(chunk, Exception):
                    raise ChatFault(_reason(chunk)) from chunk
                yield chunk
        except Empty:
            raise ChatFault("chat_timeout") from None
        finally:
            given_up.set()


def _finish(chunk: AIMessage) -> str:
    """The reason for which the model stopped, in small letters, if this chunk gives one."""
    given = (chunk.response_metadata.get(key) for key in _FINISH_KEYS)
    return next((str(reason).lower() for reason in given if reason and reason != "in_progress"), "")


def _reason(error: Exception) -> str:
    for kind, reason in _FAULTS:
        if isinstance(error, kind):
            return reason
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    if isinstance(status, int) and status in _BY_STATUS:
        return _BY_STATUS[status]
    return next((reason for part, reason in _BY_NAME if part in type(error).__name__), "chat_failed")


def open_chat_model(settings: Settings) -> ChatModel:
    """The chat model of the settings; nothing is sent yet.

    Raises ModelUnavailableError where the provider's package is missing, and SettingsError where the model cannot be
    opened with the settings and keys given.
    """
    name = settings.chat_model or ""
    provider = name.partition(":")[0]
    try:
        model = _initialised(name, provider, settings)
    except ImportError as error:
        raise ModelUnavailableError(
            f"{name!r} needs a package that is not installed ({error}); install it: {how_to_install(provider)}"
        ) from error
    except Exception as error:
        raise SettingsError(
            f"ASSISTANT_CHAT_MODEL {name!r} cannot be opened ({str(error).splitlines()[0]}); expected provider:model "
            "with the provider's key in its own variable, such as ANTHROPIC_API_KEY"
        ) from error
    return ChatModel(model, name, settings.chat_timeout, settings.chat_max_tokens)


def _initialised(name: str, provider: str, settings: Settings) -> BaseChatModel:
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 - takes a second, and only a chat model needs it

    arguments = _arguments(provider, settings)
    try:
        return init_chat_model(name, **arguments)
    except ImportError:
        raise
    except Exception:
        if provider != "openai" or not settings.chat_base_url:
            raise
        # OpenAI's client insists on a key; a server of one's own that speaks its protocol mostly wants none.
        return init_chat_model(name, **arguments, api_key="none")


def how_to_install(provider: str) -> str:
    """The command that installs the package of a provider."""
    if provider in EXTRAS:
        return f'python -m pip install -c constraints.txt -e ".[{EXTRAS[provider]}]"'
    return f"python -m pip install langchain-{provider.replace('_', '-')}"


def _arguments(provider: str, settings: Settings) -> Mapping[str, Any]:
    """The settings under the names that the provider's class has for them."""
    address = {"base_url": settings.chat_base_url} if settings.chat_base_url else {}
    if provider == "ollama":
        return {
            "num_predict": settings.chat_max_tokens,
            "client_kwargs": {"timeout": settings.chat_timeout},
            **address,
        }
    most = {"max_tokens": settings.chat_max_tokens, **address}
    if provider not in EXTRAS:
        return most  # time is limited here too; what a client calls its limits differs
    # Tokens are not counted by default where the server is not OpenAI's own.
    counted = {"stream_usage": True} if provider == "openai" else {}
    return {**most, "timeout": settings.chat_timeout, "max_retries": 1, **counted}
