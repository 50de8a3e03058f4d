"""Owns what the check sees of a statement and the passages that it cites: readable features, and its hard faults."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np

from assistant.checking.actors import Roles, roles, sides
from assistant.checking.clauses import clauses
from assistant.checking.entities import JAPAN, UNITED_STATES, side
from assistant.checking.modality import MODES, modes
from assistant.checking.polarity import fold, negations, opposed
from assistant.checking.quantities import Quantity, quantities
from assistant.checking.wordings import Wording, Wordings
from assistant.domain import Actor, Language, PassageId
from assistant.words import content_words

_GENERAL = frozenset(
    {JAPAN, UNITED_STATES, "asia", "pacific", "japan-us-alliance", "trump-administration", "us-forces", "rebalance"}
)
"""What any passage may be said to be about: the two allies and what the whole proposal treats."""
_NEAR = {
    "asean": frozenset({"southeast-asia"}), "southeast-asia": frozenset({"asean"}),
    "us-nsc": frozenset({"national-security-secretariat"}), "european-union": frozenset({"europe"}), "europe": frozenset({"european-union"}),
    "korean-peninsula": frozenset({"north-korea", "south-korea"}), "united-nations": frozenset({"security-council"}),
    "east-asia": frozenset({"asia"}), "asia-pacific": frozenset({"asia", "pacific"}), "maritime-self-defense-force": frozenset(),
}  # fmt: skip
"""What may be named where these are: a body for its region, a whole for its part."""
LONGEST_SPAN = 10
"""Years."""
_CLAUSE_AGAINST_WORDING = 0.3
"""How much a wording's own words, beside the clause's, count when the wording of a clause is chosen."""


@dataclass(frozen=True)
class Evidence:
    """What was found: features by name, hard faults (kind, what), and the wordings on which the statement rests."""

    features: dict[str, float]
    faults: tuple[tuple[str, str], ...]
    rests_on: tuple[Wording, ...]


class EvidenceOfSupport:
    """Gathers evidence; `vectors` are those of all wordings, of shape (wordings, dimension)."""

    def __init__(self, wordings: Wordings, vectors: np.ndarray, encode) -> None:
        self._wordings = wordings
        self._vectors = vectors
        self._encode = encode
        self._rows = {
            (key, language): np.array([wordings.rows[w.view] for w in own if w.language is language])
            for key, own in wordings.by_passage.items()
            for language in Language
        }
        self._words = {
            (key, language): frozenset(w for row in rows for w in wordings.all[row].words)
            for (key, language), rows in self._rows.items()
        }
        self._said = cache(lambda key: "\n".join(fold(w.text) for w in wordings.by_passage[key]))
        self._entities = {
            key: frozenset(e for w in own for e in w.roles.named) for key, own in wordings.by_passage.items()
        }

    def __call__(self, text: str, cited: Sequence[PassageId], language: Language) -> Evidence:
        parts = clauses(text, language)
        vectors = self._encode([text, *parts] if len(parts) > 1 else [text])
        similar = self._vectors @ vectors.T  # (wordings, 1 + clauses)
        rows = np.concatenate([self._rows[key, language] for key in cited])
        own = [self._wordings.all[row] for row in rows]
        everything = [w for key in cited for w in self._wordings.by_passage[key]]
        features: dict[str, float] = {}
        words = content_words(text)
        chosen = []
        for number, part in enumerate(parts):
            column = similar[rows, number + 1] if len(parts) > 1 else similar[rows, 0]
            chosen.append(self._choose(part, own, column, language))
        rests_on = tuple(dict.fromkeys(w for pair in chosen for w in pair))
        features |= self._similarity(similar, cited, language, len(parts))
        features |= self._coverage(words, cited, language, rests_on)
        faults = self._faults(text, cited, everything)
        features |= self._details(parts, chosen, everything, language, own, similar[rows])
        features |= self._sense(text, parts, chosen, cited)
        features |= self._modality(text, rests_on)
        features |= {"clauses": len(parts), "words": len(words), "japanese": float(language is Language.JAPANESE), "cited": len(cited)}
        return Evidence(features, faults, rests_on)

    def _scores(self, part, own, similarity):
        words = frozenset(content_words(part))
        weight = self._wordings.rarity
        total = sum(map(weight, words)) or 1.0

        def score(position: int) -> float:
            wording = own[position]
            common = sum(map(weight, words & wording.words))
            return common / total + _CLAUSE_AGAINST_WORDING * common / (sum(map(weight, wording.words)) or 1) + similarity[position]

        return [score(position) for position in range(len(own))]

    def _choose(self, part, own, similarity, language):
        scores = self._scores(part, own, similarity)
        ranked = sorted(range(len(own)), key=scores.__getitem__, reverse=True)
        point = next((own[p] for p in ranked if own[p].is_point), own[ranked[0]])
        whole = next((own[p] for p in ranked if not own[p].is_point), own[ranked[0]])
        return point, whole

    def _similarity(self, similar, cited, language, parts):
        columns = range(1, 1 + parts) if parts > 1 else [0]
        best = {key: similar[rows].max(axis=0) for (key, of), rows in self._rows.items() if of is language}
        mine = np.max([best[key] for key in cited], axis=0)
        others = np.max([value for key, value in best.items() if key not in cited], axis=0)
        margins = mine - others
        ranks = sum(value[0] > mine[0] for key, value in best.items())
        return {
            "cosine": mine[0], "cosine_margin": margins[0], "rank": np.log1p(ranks),
            "clause_cosine": np.mean([mine[c] for c in columns]), "lowest_clause_cosine": min(mine[c] for c in columns),
            "lowest_clause_margin": min(margins[c] for c in columns),
        }

    def _coverage(self, words, cited, language, rests_on):
        weight = self._wordings.rarity
        mine = frozenset().union(*(self._words[key, language] for key in cited))
        near = frozenset().union(*(w.words for w in rests_on))
        kinds = set(words)
        total = sum(map(weight, kinds)) or 1.0
        elsewhere = max(
            sum(map(weight, kinds & self._words[key, language])) for key in self._wordings.by_passage if key not in cited
        )
        left = [word for word in words if word not in mine]
        run = longest = 0.0
        for word in words:
            run = 0.0 if word in mine else run + weight(word)
            longest = max(longest, run)
        run = near_run = 0.0
        for word in words:
            run = 0.0 if word in near else run + weight(word)
            near_run = max(near_run, run)
        wider = mine | frozenset().union(*(self._wordings.other_words[key, language] for key in cited))
        beyond = [word for word in words if word not in wider]
        run = beyond_run = 0.0
        for word in words:
            run = 0.0 if word in wider else run + weight(word)
            beyond_run = max(beyond_run, run)
        return {
            "beyond": len(beyond), "beyond_weight": sum(map(weight, beyond)), "longest_beyond": beyond_run,
            "beyond_share": sum(map(weight, beyond)) / total,
            "beyond_known": sum(self._wordings.known(word) for word in beyond),
            "words_covered": sum(map(weight, kinds & mine)) / total, "words_near": sum(map(weight, kinds & near)) / total,
            "words_margin": (sum(map(weight, kinds & mine)) - elsewhere) / total,
            "left": len(left), "left_weight": sum(map(weight, left)), "longest_left": longest, "longest_not_near": near_run,
            "unknown_words": sum(not self._wordings.known(word) for word in kinds),
            "left_known": sum(self._wordings.known(word) for word in left),
        }

    def _faults(self, text, cited, everything):
        faults = []
        said = {q for w in everything for q in w.quantities}
        faults += [("figure", f"{q.value} {q.unit}") for q in quantities(text) - said if not derived(q, said, everything)]
        entities = frozenset().union(*(self._entities[key] for key in cited))
        faults += [("name", key) for key in self._wordings.entities.keys(text) - entities - _GENERAL if not _NEAR.get(key, frozenset()) & entities]
        all_said = "\n".join(self._said(key) for key in cited)
        faults += [("name", name) for name in self._wordings.entities.unknown(text, all_said, frozenset().union(*(w.words for w in everything)))]
        return tuple(faults)

    def _details(self, parts, chosen, everything, language, own, similar):
        name_gap = figure_gap = 0.0
        foreign = replaced = figure_foreign = figure_replaced = 0
        conflict = wider = narrower = swapped = entity_conflict = 0
        for number, (part, (point, whole)) in enumerate(zip(parts, chosen, strict=True)):
            column = similar[:, number + 1] if len(parts) > 1 else similar[:, 0]
            mine = roles(part, language, self._wordings.entities)
            named = point.roles.named | whole.roles.named
            extra = mine.named - named - _GENERAL
            if own and (extra or quantities(part)):
                scores = self._scores(part, own, column)
                best = max(scores)
                for key in extra:
                    name_gap = max(name_gap, best - max((x for x, w in zip(scores, own) if key in w.roles.named), default=0.0))
                for figure in quantities(part):
                    figure_gap = max(figure_gap, best - max((x for x, w in zip(scores, own) if figure in w.quantities), default=0.0 if figure not in {q for w in everything for q in w.quantities} else best))
            foreign += len(extra)
            replaced += bool(extra) and bool(point.roles.named - mine.named - _GENERAL)
            stated = quantities(part)
            strange = stated - point.quantities - whole.quantities
            figure_foreign += len(strange)
            figure_replaced += bool(strange) and bool(point.quantities - stated)
            theirs = point.roles
            acting, asked = sides(mine.subjects), sides(theirs.subjects) or _actor(point)
            if acting and asked:
                conflict += not acting & asked
                wider += bool(acting - asked) and bool(acting & asked)
                narrower += bool(asked - acting) and bool(acting & asked)
            if mine.subjects and theirs.subjects:
                entity_conflict += not mine.subjects & theirs.subjects
            swapped += bool(sides(mine.subjects) & sides(theirs.objects) - sides(theirs.subjects)) + bool(
                sides(mine.objects) & sides(theirs.subjects) - sides(theirs.objects)
            )
        return {
            "name_gap": name_gap, "figure_gap": figure_gap,
            "name_not_near": foreign, "name_replaced": replaced, "figure_not_near": figure_foreign,
            "figure_replaced": figure_replaced, "actor_conflict": conflict, "actor_wider": wider,
            "actor_narrower": narrower, "roles_swapped": swapped, "subject_conflict": entity_conflict,
        }

    def _sense(self, text, parts, chosen, cited):
        all_said = "\n".join(self._said(key) for key in cited)
        turned = odd = weak = strong = 0
        for part, (point, whole) in zip(parts, chosen, strict=True):
            opposite = opposed(part, point.text, all_said)
            parity = (negations(part) - point.negations) % 2
            odd += parity
            weak += opposite == 1
            strong += opposite >= 2
            turned += (parity + (opposite > 0)) % 2
        return {"turned": turned, "negation_odd": odd, "opposed": weak, "opposed_strongly": strong, "any_opposed": opposed(text, "\n".join(w.text for pair in chosen for w in pair), all_said)}

    def _modality(self, text, rests_on):
        mine = modes(text)
        theirs = frozenset().union(*(w.modes for w in rests_on))
        points = [w.modes for w in rests_on if w.is_point]
        all_points = frozenset.intersection(*points) if points else frozenset()
        return {f"{mode}_added": float(mode in mine - theirs) for mode in MODES} | {
            f"{mode}_dropped": float(mode in all_points - mine) for mode in MODES
        }


def derived(stated: Quantity, said: AbstractSet[Quantity], wordings: Sequence[Wording]) -> bool:
    """Whether a quantity follows from others: three countries that are named together, the end of a span of years."""
    if stated.unit == "year":
        spans = [q.value for q in said if q.unit == "years" and q.value <= LONGEST_SPAN]
        return any(stated.value == year.value + span - 1 for year in said if year.unit == "year" for span in spans)
    if stated == Quantity(Fraction(3), ""):
        return any(len({JAPAN, UNITED_STATES} & w.roles.named) and re.search(r"日米[韓豪印ロ]|Japan-U\.S\.-|trilateral", w.text) for w in wordings)
    return False


def _actor(wording: Wording) -> frozenset[str]:
    return {
        Actor.JAPAN: frozenset({JAPAN}), Actor.UNITED_STATES: frozenset({UNITED_STATES}),
        Actor.BOTH: frozenset({JAPAN, UNITED_STATES}),
    }.get(wording.actor, frozenset())  # fmt: skip
