"""Fine-tuning the encoder: what is drawn, how it is batched, and the command, on a tiny model built here."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sentence_transformers", reason="needs the extra `hub`: make install")
pytest.importorskip("accelerate", reason="needs the extra `hub`: make install")
pytest.importorskip("datasets", reason="needs the extra `hub`: make install")

from tiny_model import build_tiny_model
from torch.nn import ModuleList

from assistant.corpus_files import read_absent_subjects, read_enrichment, read_not_given
from assistant.embedding import hub
from assistant.embedding.training import (
    OneSubjectABatch,
    Triplet,
    Triplets,
    fine_tune,
    keep_layers,
    main,
    pairs_of,
    train,
)

pytestmark = [pytest.mark.hub, pytest.mark.xdist_group("hub")]

SUBJECTS = {"alliance": "同盟", "trade": "貿易", "fishery": "漁業", "deterrence": "日米"}
PAIRS = [
    {"ja": "同盟", "en": "alliance", "source": "kftt"},
    {"ja": "貿易", "en": "trade", "source": "tatoeba"},
    {"ja": "漁業", "en": "fishery"},
    {"ja": "日米", "en": "deterrence", "source": "tatoeba"},
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    """A saved tiny model with E5's prompts."""
    return build_tiny_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def epoch(proposal, corpus):
    """The triplets that one epoch draws from the real corpus."""
    absent = read_absent_subjects(corpus)
    maker = Triplets(
        proposal, read_enrichment(corpus), absent, read_not_given(corpus), ("query: ", "passage: "), _draw()
    )
    return list(maker.epoch())


@pytest.fixture
def pairs(tmp_path) -> Path:
    """Sentence pairs, two of them from tatoeba, in gzipped JSON Lines."""
    path = tmp_path / "pairs.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(json.dumps(pair, ensure_ascii=False) for pair in PAIRS))
    return path


def _draw() -> random.Random:
    return random.Random(1)  # noqa: S311 - drawing examples, not secrets


def _triplets(repeated: int) -> list[Triplet]:
    words = list(SUBJECTS)
    return [
        Triplet(f"query: {word}", f"passage: {SUBJECTS[word]}", f"passage: {words[number - 1]}", word)
        for number, word in enumerate(words)
    ] * repeated


def _lead(model) -> np.ndarray:
    """By how much each anchor lies nearer to its positive than to its negative."""
    anchors, positives, negatives = (
        model.encode([getattr(triplet, name) for triplet in _triplets(1)], prompt="")
        for name in ("anchor", "positive", "negative")
    )
    return (anchors * positives).sum(axis=1) - (anchors * negatives).sum(axis=1)


def _weights(model) -> dict[str, np.ndarray]:
    return {name: value.numpy() for name, value in model.state_dict().items()}


class TestFineTuning:
    """Moving a model's weights."""

    def test_a_question_moves_towards_its_point(self, tiny):
        """After a handful of triplets every question lies nearer to its point, and farther from the other text."""
        model = hub.load_sentence_transformer(tiny)
        before = _lead(model)
        fine_tune(model, _triplets(50), batch=4)
        assert (_lead(model) > before).all()

    def test_the_same_seed_gives_the_same_weights(self, tiny, pairs, tmp_path):
        """Two runs of the whole training on triplets of the corpus save the same weights, other than the base's."""
        for out in ("first", "second"):
            train(str(tiny), tmp_path / out, pairs=[pairs], epochs=1, most=150)
        base, first, second = (
            _weights(hub.load_sentence_transformer(folder))
            for folder in (tiny, tmp_path / "first", tmp_path / "second")
        )
        assert all(np.array_equal(first[name], second[name]) for name in base)
        assert any(not np.array_equal(first[name], base[name]) for name in base)

    def test_fewer_layers_can_be_kept(self, tiny, tmp_path):
        """A model trained with fewer layers is saved with them and can be read again, prompts included."""
        train(str(tiny), tmp_path / "out", epochs=1, layers=1, most=100)
        model = hub.load_sentence_transformer(tmp_path / "out")
        assert len(model.transformers_model.encoder.layer) == model.transformers_model.config.num_hidden_layers == 1
        assert model.prompts == hub.load_sentence_transformer(tiny).prompts

    @pytest.mark.parametrize(
        ("count", "kept"),
        [
            pytest.param(1, [5], id="one"),
            pytest.param(2, [2, 5], id="two"),
            pytest.param(3, [1, 3, 5], id="half"),
            pytest.param(6, [0, 1, 2, 3, 4, 5], id="all"),
        ],
    )
    def test_layers_are_kept_evenly_and_the_last_among_them(self, tiny, count, kept):
        """Of six layers, those kept are evenly spread and end with the last."""
        model = hub.load_sentence_transformer(tiny)
        bert = model.transformers_model
        layers = [type(bert.encoder.layer[0])(bert.config) for _ in range(6)]
        bert.encoder.layer = ModuleList(layers)
        keep_layers(model, count)
        assert [layers.index(layer) for layer in bert.encoder.layer] == kept
        assert bert.config.num_hidden_layers == count


class TestBatches:
    """Which triplets may meet."""

    def test_no_subject_is_twice_in_a_batch(self, epoch):
        """Of the corpus' own triplets no two about one subject share a batch, in any epoch, and nearly all are used."""
        about = [triplet.about for triplet in epoch]
        sampler = OneSubjectABatch(about, batch_size=32, about=about)
        batches = list(sampler)
        again = list(sampler)
        assert batches != again
        for batch in (*batches, *again):
            assert len({about[row] for row in batch}) == len(batch) == 32
        used = Counter(row for batch in batches for row in batch)
        assert set(used.values()) == {1}
        assert len(used) > 0.9 * len(about)

    def test_the_same_seed_gives_the_same_batches(self):
        """Batches are drawn from the seed alone, and another seed draws others."""
        about = [str(row % 7) for row in range(100)]
        first, second, other = (
            list(OneSubjectABatch(about, batch_size=4, about=about, seed=seed)) for seed in (1, 1, 2)
        )
        assert first == second != other

    def test_too_few_subjects_give_no_batch(self):
        """Triplets of fewer subjects than a batch holds are left out, not doubled."""
        sampler = OneSubjectABatch(range(9), batch_size=4, about=list("abcabcabc"))
        assert (list(sampler), len(sampler)) == ([], 0)


class TestTriplets:
    """What is drawn from the corpus and from sentence pairs."""

    def test_every_question_is_asked(self, epoch, corpus):
        """Each question of the bank and each about an absent subject is drawn, as a question, with something else."""
        asked = {f"query: {q.text}" for aids in read_enrichment(corpus).values() for q in aids.questions}
        asked |= {
            f"query: {text}"
            for row in read_absent_subjects(corpus)
            for texts in row.questions.values()
            for text in texts
        }
        assert asked <= {triplet.anchor for triplet in epoch}
        assert [triplet for triplet in epoch if triplet.positive == triplet.negative] == []
        assert all(
            text.startswith(("query: ", "passage: ")) for t in epoch for text in (t.anchor, t.positive, t.negative)
        )

    def test_a_question_comes_with_a_point_that_answers_it(self, epoch, proposal, corpus):
        """The positive of a bank question is one of its points, and the negative none of them, in either language."""
        for key, aids in read_enrichment(corpus).items():
            points = {
                p.number: {f"passage: {p.text.ja}", f"passage: {p.text.en}"} for p in proposal.passages[key].points
            }
            answering = {f"query: {q.text}": set().union(*(points[n] for n in q.points)) for q in aids.questions}
            for triplet in (t for t in epoch if t.about == str(key) and t.positive.startswith("passage: ")):
                if triplet.anchor in answering:
                    assert triplet.positive in answering[triplet.anchor]
                    assert triplet.negative not in answering[triplet.anchor]

    def test_a_detail_not_given_is_told_from_one_that_is(self, epoch, corpus):
        """Each question for a missing detail comes with another of its passage, against one that is answered."""
        by_anchor = {triplet.anchor: triplet for triplet in epoch}
        for key, details in read_not_given(corpus).items():
            missing = {f"query: {text}" for texts in details.not_given.values() for text in texts}
            answered = {f"query: {text}" for texts in details.answered.values() for text in texts}
            for anchor in missing:
                assert by_anchor[anchor].about == str(key)
                assert by_anchor[anchor].positive in missing - {anchor}
                assert by_anchor[anchor].negative in answered
            assert all(by_anchor[anchor].negative in missing for anchor in answered)

    def test_tatoeba_is_left_out(self, pairs):
        """Pairs from tatoeba measure what fine-tuning costs elsewhere, so none is trained on."""
        triplets = pairs_of([pairs], 10, "passage: ", _draw())
        assert {(t.anchor, t.positive) for t in triplets} == {
            ("passage: 同盟", "passage: alliance"),
            ("passage: 漁業", "passage: fishery"),
        }
        assert len({t.about for t in triplets}) == 2

    def test_no_more_pairs_than_asked_for(self, pairs):
        """The number of pairs mixed in is bounded."""
        assert len(pairs_of([pairs], 1, "", _draw())) == 1


class TestCommand:
    """`python -m assistant.embedding.training`."""

    def test_a_missing_base_is_named(self, tmp_path, capsys):
        """A folder that is no model gives exit code 1 and the reason, and nothing is written."""
        (tmp_path / "empty").mkdir()
        assert main(["--base", str(tmp_path / "empty"), "--out", str(tmp_path / "out")]) == 1
        printed = capsys.readouterr()
        assert "modules.json" in printed.err
        assert printed.err.count("\n") == 1
        assert printed.out == ""
        assert not (tmp_path / "out").exists()
