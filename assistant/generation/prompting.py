"""Owns what the chat model is told: the prompts of `prompts/chat/`, filled in with passages, question and history."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.domain import Language, Message, Passage, PassageId, Request
from assistant.errors import PromptError
from assistant.instructions import without_instructions
from assistant.resources import resource_folder
from assistant.templates import render
from assistant.understanding import clean

LAST_MESSAGES = 6
"""Messages of the conversation that the model is shown, the newest ones."""
LONGEST_MESSAGE = 1_500
"""Characters of each of them."""


def prompt(name: str, language: Language, **values: object) -> str:
    """The prompt `prompts/chat/NAME.LANGUAGE.md`; raises PromptError where it or one of its variables is missing."""
    return render(_text(name, language), f"prompts/chat/{name}.{language}.md", values)


@cache
def _text(name: str, language: Language) -> str:
    path = resource_folder("prompts") / "chat" / f"{name}.{language}.md"
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{path}: cannot be read ({error}); restore the prompts folder") from error


def answer_messages(request: Request, given: Sequence[Passage], likely: Sequence[PassageId]) -> list[BaseMessage]:
    """What asks for an answer: the rules with the passages given, whole, then conversation and question as data."""
    language = request.language
    history = request.asked.history if request.asked else ()
    asked = prompt(
        "question",
        language,
        conversation=_conversation(history),
        question=_question(request),
        numbers=", ".join(map(str, likely)),
    )
    rules = prompt("answer", language, passages="\n\n".join(_whole(passage, language) for passage in given))
    return [SystemMessage(rules), HumanMessage(asked)]


def repair_messages(
    request: Request, given: Sequence[Passage], failed: Sequence[tuple[str, Sequence[str]]]
) -> list[BaseMessage]:
    """What asks for sentences that failed to be written anew: each with what is wrong with it."""
    language = request.language
    sentences = "\n".join(f"- {_as_data(text)}\n  ({'; '.join(faults)})" for text, faults in failed)
    rules = prompt("answer", language, passages="\n\n".join(_whole(passage, language) for passage in given))
    asked = prompt("repair", language, question=_question(request), sentences=sentences)
    return [SystemMessage(rules), HumanMessage(asked)]


def _whole(passage: Passage, language: Language) -> str:
    return f"[{passage.id}] {passage.title[language]}\n{passage.body[language]}"


def _question(request: Request) -> str:
    return _as_data(request.asked.text if request.asked else request.text) or _as_data(request.text)


def _conversation(history: Sequence[Message]) -> str:
    return "\n".join(
        f"{message.role}: {_as_data(message.content)[:LONGEST_MESSAGE]}" for message in history[-LAST_MESSAGES:]
    )


def _as_data(text: str) -> str:
    """A reader's text without orders to the assistant, and without what could close the frame that it stands in."""
    return without_instructions(clean(text))[0].replace("<", "＜").replace(">", "＞")
