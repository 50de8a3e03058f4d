"""Owns the baselines that find whole passages by their text alone: by words (BM25) and by meaning (the encoder).

Both cite by one rule: the best passage, and up to two more whose standard score over all passages is at least .8 of the
best one's. Both answer with what the passages cited say, sentence by sentence, in the language of the question (English
from the translation); they never refuse and never greet. Of a conversation they search for the reader's last message
but one together with the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import bm25s
import numpy as np

from assistant.domain import Language, Outcome, Passage, Proposal, Question
from assistant.embedding import Embedding
from assistant.language import detect_language
from assistant.search.lexical import K1, B
from assistant.words import content_words
from evals.answers import GivenAnswer, GivenStatement, Source

MOST_CITED = 3
NEXT_TO_BEST = 0.8
SHOWN = 10
"""Passages in the ranking, those cited included."""

Scores = Callable[[str, Language], np.ndarray]
"""From a question and its language to a score for every passage, in the proposal's order."""


class RememberedQueries:
    """An encoder's vectors of questions, encoded in batches beforehand: the same vectors, several times faster."""

    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding
        self._vectors: dict[str, np.ndarray] = {}

    def remember(self, questions: Iterable[str]) -> None:
        """Encode in one batch all questions that are not yet known."""
        new = list(dict.fromkeys(question for question in questions if question not in self._vectors))
        if new:
            self._vectors.update(zip(new, self._embedding.encode_queries(new), strict=True))

    def __call__(self, question: str) -> np.ndarray:
        """The unit vector of a question, of shape (dimension,)."""
        self.remember([question])
        return self._vectors[question]


class PassageBaseline:
    """Answers with the passages that score best."""

    def __init__(self, proposal: Proposal, scores: Scores) -> None:
        self._passages = tuple(proposal.passages.values())
        self._scores = scores

    def __call__(self, case_id: str, question: Question) -> GivenAnswer:
        """The answer to one question."""
        language = question_language(question)
        scores = self._scores(searched_text(question), language)
        ranked = [self._passages[position] for position in np.argsort(-scores, kind="stable")]
        cited = ranked[: how_many_to_cite(np.sort(scores)[::-1])]
        return GivenAnswer(
            case_id,
            Outcome.ANSWERED,
            tuple(statement for passage in cited for statement in recited(passage, language)),
            tuple(Source.read(str(passage.id)) for passage in cited),
            tuple(passage.id for passage in ranked[len(cited) : SHOWN]),
        )


def how_many_to_cite(descending: np.ndarray) -> int:
    """How many of the best passages are cited, given all scores, best first."""
    spread = float(descending.std())
    if not spread:
        return 1
    standard = (descending[:MOST_CITED] - descending.mean()) / spread
    return int((standard >= NEXT_TO_BEST * standard[0]).sum())


def recited(passage: Passage, language: Language) -> list[GivenStatement]:
    """All that a passage says, heading first, every sentence cited to itself."""
    return [
        GivenStatement(passage.verbatim(number, language), (Source(str(passage.id), passage.id, number),))
        for number in range(len(passage.sentences) + 1)
    ]


def searched_text(question: Question) -> str:
    """The text to search for: the question, after the reader's message before it where there is one."""
    asked = [message.content for message in question.history if message.role == "user"]
    return "\n".join((*asked[-1:], question.text))


def question_language(question: Question) -> Language:
    """The language of the question itself; Japanese where it has no words."""
    return detect_language(question.text) or Language.JAPANESE


def by_words(proposal: Proposal) -> Scores:
    """BM25 over the passages' text: Japanese questions on the source, English ones on the translation."""
    indexes = {}
    for language in Language:
        indexes[language] = bm25s.BM25(k1=K1, b=B)
        bags = [content_words(passage_text(passage, language)) for passage in proposal.passages.values()]
        indexes[language].index(bags, show_progress=False)

    def scores(question: str, language: Language) -> np.ndarray:
        known = [word for word in content_words(question) if word in indexes[language].vocab_dict]
        return np.asarray(indexes[language].get_scores(known)) if known else np.zeros(len(proposal.passages))

    return scores


def by_meaning(proposal: Proposal, embedding: Embedding, vector_of: Callable[[str], np.ndarray]) -> Scores:
    """The cosine of question and passage text, each language's questions on that language's text."""
    vectors = {
        language: embedding.encode_passages([passage_text(p, language) for p in proposal.passages.values()])
        for language in Language
    }
    return lambda question, language: vectors[language] @ vector_of(question)


def passage_text(passage: Passage, language: Language) -> str:
    """Heading and body."""
    return f"{passage.title[language]}\n{passage.body[language]}"
