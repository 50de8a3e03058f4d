"""Owns the closed lists of terms: languages, actors, aspects, outcomes and kinds."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """A language that the assistant reads and writes."""

    JAPANESE = "ja"
    ENGLISH = "en"


class Actor(StrEnum):
    """Who is asked to act."""

    JAPAN = "japan"
    UNITED_STATES = "us"
    BOTH = "both"
    OTHER = "other"


class Aspect(StrEnum):
    """What a point says about its passage's subject."""

    DEMAND = "demand"
    HOW = "how"
    WHY = "why"
    FACT = "fact"
    WHEN = "when"
    EXAMPLE = "example"
    CONDITION = "condition"
    RISK = "risk"
    OUTLOOK = "outlook"


class LabelKind(StrEnum):
    """The controlled lists that passages are labelled from."""

    TOPIC = "topics"
    PLACE = "places"
    INSTITUTION = "institutions"
    INSTRUMENT = "instruments"


class DecoyKind(StrEnum):
    """What competes with the passages: things that the proposal does not say, small talk, and quite other things."""

    ABSENT = "absent"
    NOT_GIVEN = "not_given"
    SMALL_TALK = "small_talk"
    ELSEWHERE = "elsewhere"


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_IN_PROPOSAL = "not_in_proposal"
    NO_SUCH_RECOMMENDATION = "no_such_recommendation"
    GREETING = "greeting"
    INVALID_QUESTION = "invalid_question"


class StatementKind(StrEnum):
    """`claim`: what the proposal says, cited. `notice`: the assistant about the proposal or the question."""

    CLAIM = "claim"
    NOTICE = "notice"


class ViewKind(StrEnum):
    """The ways in which the index shows one passage."""

    TEXT = "text"
    SENTENCE = "sentence"
    HEADING = "heading"
    BRIEF = "brief"
    POINT = "point"
    WORDS = "words"
    QUESTION = "question"


class RequestKind(StrEnum):
    """What form of answer a question asks for."""

    INVALID = "invalid"
    GREETING = "greeting"
    MISSING_NUMBER = "missing_number"
    LOOKUP = "lookup"
    SECTION = "section"
    LIST = "list"
    SEARCH = "search"
    INSTRUCTION = "instruction"
