"""Owns the putting together of an `Assistant` from settings: corpus, embedding model, index and all that uses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.answering import Assistant
from assistant.checking import Encode, Wordings, WrittenCheck
from assistant.citations import StatementCheck
from assistant.composing import Composer
from assistant.corpus_files import read_absent_subjects, read_enrichment
from assistant.domain import PassageId, Proposal
from assistant.embedding import Embedding, load_embedding
from assistant.extractive import ExtractiveMaker, PointChooser
from assistant.finding import Finder
from assistant.indexing import OpenIndex, Progress, ensure_index, silent
from assistant.proposal import load_proposal
from assistant.references import ReferenceReader
from assistant.resources import resource_folder
from assistant.scopes import ScopeReader
from assistant.search import QuestionVector, question_vector
from assistant.search.calibration import load_calibration
from assistant.search.evidence import EvidenceGatherer
from assistant.search.lexical import LexicalSearch
from assistant.search.recognition import RecognitionSearch
from assistant.search.semantic import SemanticSearch
from assistant.settings import Settings
from assistant.understanding import Understanding


def open_assistant(
    settings: Settings | None = None,
    progress: Progress = silent,
    embedding: Callable[[], Embedding] | None = None,
) -> Assistant:
    """An assistant ready to answer; builds the index first where it is missing or stale.

    `embedding` gives the model where it is being opened elsewhere already; otherwise the settings' model is opened.
    """
    settings = settings or Settings()
    proposal = load_proposal()
    model = embedding() if embedding else load_embedding(settings.embedding_model)
    index = ensure_index(settings.data_folder, resource_folder("corpus"), proposal, model, progress)
    return assemble(proposal, index, question_vector(model), model.encode_passages)


def assemble(proposal: Proposal, index: OpenIndex, vector_of: QuestionVector, encode: Encode) -> Assistant:
    """Put an assistant together over an opened index."""
    scopes = ScopeReader(proposal)
    names = {section.id: section.names for section in proposal.sections.values()}
    lexical = LexicalSearch(index.lexical)
    semantic = SemanticSearch(index.collection, vector_of, proposal.passages)
    searches = (semantic, RecognitionSearch(index.recognition, vector_of), lexical)
    absent = read_absent_subjects(resource_folder("corpus"))
    gather = EvidenceGatherer(index.collection, vector_of, searches, proposal.passages, absent)

    def similarity(question: str) -> Mapping[tuple[PassageId, int], float]:
        return index.collection.point_similarities(vector_of(question))

    calibration = load_calibration()
    chooser = PointChooser(semantic.near_views, similarity, index.question_points, calibration.point)
    return Assistant(
        proposal,
        Understanding(ReferenceReader(proposal.outline(), names), scopes),
        Finder(proposal, scopes, gather, calibration, absent),
        Composer(proposal, ExtractiveMaker(chooser), {subject.key: subject.subject for subject in absent}),
        StatementCheck(proposal),
        WrittenCheck(
            proposal,
            lambda: Wordings(proposal, read_enrichment(resource_folder("corpus"))),
            lambda wordings: index.collection.vectors([wording.view for wording in wordings]),
            encode,
        ),
    )
