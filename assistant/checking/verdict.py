"""Owns the check of a freely written sentence: hard faults, copies that contradict, a calibrated probability."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from assistant.checking.alignment import Aligner, Alignment, Encode
from assistant.checking.copies import Copies
from assistant.checking.coverage import Coverage
from assistant.checking.details import Details
from assistant.checking.faults import Faults
from assistant.checking.sense import Sense
from assistant.checking.verbatim import Verbatim
from assistant.checking.wordings import Wording, Wordings
from assistant.domain import Language, PassageId, Proposal, Verdict
from assistant.errors import CorpusError
from assistant.search.calibration import LogisticModel, probability

FILE = Path(__file__).with_name("calibration.json")

LEAST_REASON = 0.4
"""Log odds: the least that the features of a reason must add to be told as the reason."""

_REASONS = {
    "another actor, or roles exchanged": ("actor_conflict", "actor_wider", "subject_conflict", "roles_swapped"),
    "a name or figure that the text has elsewhere": (
        "misplaced_names", "name_gap", "name_replaced", "figure_gap", "figure_replaced",
    ),
    "the sense is turned round": (
        "negated", "opposed", "opposed_anywhere", "turned", "turned_to_contrary", "set_aside",
    ),
    "put more or less strongly than in the text": (
        "overstated", "must_for_less", "done_added", "must_added", "certain_added", "optional_added", "only_added",
        "all_added", "most_added", "soon_added", "should_added", "consider_dropped", "desirable_dropped",
        "possible_dropped", "should_dropped",
    ),
    "nearer to another passage": ("passages_nearer", "cosine_margin", "lowest_clause_margin", "words_margin"),
}  # fmt: skip
"""What a reader is told where one of these features weighs most; else it is that the passages do not say it."""
NEAR_COPY = 0.8
"""Weighed share of content words that stand in the nearest wordings, from which a sentence is a copy of them."""
CONTRADICTIONS = (
    "actor_conflict", "actor_wider", "roles_swapped", "misplaced_names", "turned", "opposed", "set_aside", "overstated",
)  # fmt: skip
"""What is decisive in a near copy, where nothing else may differ; in free wording each is but a hint."""
NOT_SAID = "the passages cited do not say this"

VectorsOf = Callable[[Sequence[Wording]], np.ndarray]
"""From wordings to their unit vectors of shape (wordings, dimension)."""


class WrittenCheck:
    """Holds a sentence against the passages that it cites; everything it needs is made when the first one comes."""

    def __init__(
        self, proposal: Proposal, wordings: Callable[[], Wordings], vectors_of: VectorsOf, encode: Encode
    ) -> None:
        self._proposal = proposal
        self._open = wordings
        self._vectors_of = vectors_of
        self._encode = encode
        self._verbatim = Verbatim(proposal)

    def __call__(self, text: str, cited: Sequence[PassageId], language: Language) -> Verdict:
        """What is wrong with a sentence, and the sentences of the passages cited that it rests on."""
        missing = tuple(f"there is no passage {key}" for key in cited if key not in self._proposal.passages)
        if missing or not cited:
            return Verdict(missing or ("it cites no passage",))
        if taken := self.taken(text, cited, language):
            return taken
        alignment, faults = self.evidence(text, cited, language)
        sentences = tuple(dict.fromkeys((w.passage_id, n) for w in alignment.rests_on for n in w.sentences))
        if faults:
            return Verdict(tuple(f"{kind} not in the passages cited: {what}" for kind, what in faults), sentences)
        features = self.features(alignment)
        model, threshold = load_model()
        row = np.array([features[name] for name in model.features])
        wrong = altered(features) or float(probability(model.logits(row[None]))[0]) >= threshold
        return Verdict((self._reason(features, model),) if wrong else (), sentences)

    def taken(self, text: str, cited: Sequence[PassageId], language: Language) -> Verdict | None:
        """The verdict on a point or a stretch of the text, which nothing but its place decides; None on any other."""
        ways = self._verbatim(text, language)
        if not ways:
            return None
        places = next((way for way in ways if {key for key, _ in way} <= set(cited)), None)
        if places is None:
            return Verdict((f"this is said elsewhere: in {next(iter(ways[0]))[0]}",))
        return Verdict((), tuple(sorted(places, key=lambda place: (cited.index(place[0]), place[1]))))

    def evidence(
        self, text: str, cited: Sequence[PassageId], language: Language
    ) -> tuple[Alignment, tuple[tuple[str, str], ...]]:
        """The statement aligned with the passages cited, and its hard faults (kind and thing)."""
        alignment = self._aligner(text, cited, language)
        return alignment, self._faults(text, cited) + self._details.misdated(alignment) + self._copies(alignment)

    def features(self, alignment: Alignment) -> dict[str, float]:
        """All features by name."""
        return self._coverage(alignment) | self._details(alignment) | self._sense(alignment)

    @staticmethod
    def _reason(features: dict[str, float], model: LogisticModel) -> str:
        weights = dict(zip(model.features, model.weights, strict=True))
        pushed = {
            reason: sum(max(0.0, weights.get(name, 0.0) * features[name]) for name in names if features[name] > 0)
            for reason, names in _REASONS.items()
        }
        reason = max(pushed, key=pushed.__getitem__)
        return reason if pushed[reason] >= LEAST_REASON else NOT_SAID

    @cached_property
    def _wordings(self) -> Wordings:
        return self._open()

    @cached_property
    def _aligner(self) -> Aligner:
        return Aligner(self._wordings, self._vectors_of(self._wordings.all), self._encode)

    @cached_property
    def _faults(self) -> Faults:
        return Faults(self._wordings)

    @cached_property
    def _copies(self) -> Copies:
        return Copies(self._wordings)

    @cached_property
    def _coverage(self) -> Coverage:
        return Coverage(self._wordings)

    @cached_property
    def _details(self) -> Details:
        return Details(self._wordings)

    @cached_property
    def _sense(self) -> Sense:
        return Sense(self._wordings, self._encode)


def altered(features: Mapping[str, float]) -> bool:
    """Whether a sentence copies the text but for something that contradicts it."""
    return features["words_near"] >= NEAR_COPY and any(features[name] > 0 for name in CONTRADICTIONS)


@cache
def load_model(path: Path = FILE) -> tuple[LogisticModel, float]:
    """The model, and the probability from which a sentence is held to be wrong.

    Raises:
        CorpusError: The file does not hold them.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return LogisticModel.read(values, tuple(values["weights"])), float(values["threshold"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(
            f"{path.name} cannot be read ({error}); "
            "restore it, or make it anew with `python -m evals.check_figures --fit`"
        ) from error
