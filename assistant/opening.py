"""Owns the putting together of an `Assistant` from settings: corpus, embedding model, index and all that uses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from assistant.answering import Assistant
from assistant.checking import Wordings, WrittenCheck
from assistant.citations import SentenceCheck, StatementCheck
from assistant.composing import Composer
from assistant.corpus_files import read_absent_subjects, read_enrichment
from assistant.domain import PassageId, Proposal
from assistant.embedding import Embedding, load_embedding
from assistant.extractive import ExtractiveMaker, PointChooser
from assistant.finding import Finder
from assistant.generation import ChatMaker, ChatModel, Judge, MarkerReader, open_chat_model
from assistant.indexing import OpenIndex, Progress, ensure_index, silent
from assistant.proposal import load_proposal
from assistant.references import ReferenceReader
from assistant.resources import resource_folder
from assistant.scopes import ScopeReader
from assistant.search import question_vector
from assistant.search.calibration import Calibration, load_calibration
from assistant.search.evidence import EvidenceGatherer
from assistant.search.lexical import LexicalSearch
from assistant.search.recognition import RecognitionSearch
from assistant.search.sections import SectionSearch
from assistant.search.semantic import SemanticSearch
from assistant.settings import Settings
from assistant.understanding import Understanding


def open_assistant(
    settings: Settings | None = None,
    progress: Progress = silent,
    embedding: Callable[[], Embedding] | None = None,
    calibration: Calibration | None = None,
) -> Assistant:
    """An assistant ready to answer; builds the index first where it is missing or stale.

    `embedding` gives the model where it is being opened elsewhere already; otherwise the settings' model is opened.
    `calibration` stands for the file's.
    """
    settings = settings or Settings()
    proposal = load_proposal()
    chat = open_chat_model(settings) if settings.chat_model else None
    model = embedding() if embedding else load_embedding(settings.embedding_model)
    index = ensure_index(settings.data_folder, resource_folder("corpus"), proposal, model, progress)
    assistant = assemble(proposal, index, model, calibration or load_calibration())
    if chat is None:
        return assistant
    return with_chat_model(assistant, chat, assistant.check_written, every=settings.chat_passages == "all")


def with_chat_model(assistant: Assistant, model: ChatModel, check: SentenceCheck, *, every: bool = False) -> Assistant:
    """The assistant with its sentences written by a chat model; `every` gives that all passages, not those found."""
    proposal = assistant.proposal
    remembered = lru_cache(maxsize=1024)(check)  # a sentence is judged when it is read, and again before it is shown
    references = _references(proposal)
    maker = ChatMaker(
        model,
        Judge(proposal, remembered, references),
        MarkerReader(references),
        assistant.compose.make,
        proposal.passages if every else None,
    )
    compose = assistant.compose.with_maker(maker)
    checked = StatementCheck(proposal, remembered)
    return Assistant(proposal, assistant.understand, assistant.find, compose, checked, assistant.check_written)


def _references(proposal: Proposal) -> ReferenceReader:
    return ReferenceReader(proposal.outline(), {section.id: section.names for section in proposal.sections.values()})


def assemble(proposal: Proposal, index: OpenIndex, embedding: Embedding, calibration: Calibration) -> Assistant:
    """Put an assistant together over an opened index."""
    vector_of = question_vector(embedding)
    scopes = ScopeReader(proposal)
    lexical = LexicalSearch(index.lexical)
    semantic = SemanticSearch(index.collection, vector_of, proposal.passages)
    searches = (semantic, RecognitionSearch(index.recognition, vector_of), lexical)
    absent = read_absent_subjects(resource_folder("corpus"))
    gather = EvidenceGatherer(index.collection, vector_of, searches, proposal.passages, absent)

    def similarity(question: str) -> Mapping[tuple[PassageId, int], float]:
        return index.collection.point_similarities(vector_of(question))

    chooser = PointChooser(semantic.near_views, similarity, index.question_points, calibration.point)
    return Assistant(
        proposal,
        Understanding(proposal, _references(proposal), scopes, SectionSearch(proposal, vector_of)),
        Finder(proposal, scopes, gather, calibration, absent),
        Composer(proposal, ExtractiveMaker(chooser), {subject.key: subject.subject for subject in absent}),
        StatementCheck(proposal),
        WrittenCheck(
            proposal,
            lambda: Wordings(proposal, read_enrichment(resource_folder("corpus"))),
            lambda wordings: index.collection.vectors([wording.view for wording in wordings]),
            embedding.encode_passages,
        ),
    )
