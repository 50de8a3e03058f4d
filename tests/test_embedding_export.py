"""Making an encoder: the vocabulary cut, the 8-bit ONNX file and the command, on a tiny model built here."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sentence_transformers", reason="needs the extra `hub`: make install")

from tiny_model import SPECIAL_TOKENS, build_tiny_model

from assistant.embedding import hub, load_embedding
from assistant.embedding.export import export, main
from assistant.embedding.vocabulary import cut_vocabulary, read_texts
from assistant.errors import ModelUnavailableError

pytestmark = [pytest.mark.hub, pytest.mark.xdist_group("hub")]

COVERED = ("日米同盟", "alliance trade", "同盟 trade 貿易")
QUESTIONS = (*COVERED, "漁業", "fishery", "deterrence アあ")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    """A saved tiny model with E5's prompts."""
    return build_tiny_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def pairs(tmp_path) -> Path:
    """Texts to cut the vocabulary to, as pairs in gzipped JSON Lines."""
    path = tmp_path / "pairs.jsonl.gz"
    rows = [{"ja": COVERED[0], "nested": [{"en": COVERED[1]}], "number": 1, "none": None}, {"both": COVERED[2]}]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    return path


def _pieces(model) -> list[str]:
    return [piece for piece, _ in json.loads(model.tokenizer.backend_tokenizer.to_str())["model"]["vocab"]]


class TestVocabulary:
    """Cutting it to the pieces of given texts."""

    def test_covered_text_keeps_its_vector(self, tiny):
        """A text made of kept pieces is split as before and has the same vector, with and without prompts."""
        whole, cut = hub.load_sentence_transformer(tiny), hub.load_sentence_transformer(tiny)
        kept = cut_vocabulary(cut, COVERED)
        assert kept == len(cut.tokenizer) < len(whole.tokenizer)
        for text in COVERED:
            assert cut.tokenizer.tokenize(text) == whole.tokenizer.tokenize(text)
        for encode in ("encode", "encode_query", "encode_document"):
            expected, found = getattr(whole, encode)(list(COVERED)), getattr(cut, encode)(list(COVERED))
            assert np.allclose(found, expected, atol=1e-6)

    def test_what_is_kept_and_what_is_dropped(self, tiny):
        """Special tokens, used pieces and single Japanese and Latin characters stay, at ids without gaps."""
        model = hub.load_sentence_transformer(tiny)
        cut_vocabulary(model, COVERED)
        pieces = _pieces(model)
        assert pieces[: len(SPECIAL_TOKENS)] == list(SPECIAL_TOKENS)
        assert {
            "▁query",
            "▁passage",
            "日米",
            "同盟",
            "▁alliance",
            "▁trade",
            "漁",
            "業",
            "z",
            "ア",
            "▁",
            "<mask>",
        } <= set(pieces)
        assert not {"漁業", "▁fishery", "▁deterrence", "я", "ж"} & set(pieces)
        assert [model.tokenizer.convert_tokens_to_ids(piece) for piece in pieces] == list(range(len(pieces)))
        assert model.transformers_model.get_input_embeddings().num_embeddings == len(pieces)
        assert model.transformers_model.config.vocab_size == len(pieces)

    def test_what_is_not_covered_is_spelled_or_unknown(self, tiny):
        """A dropped word falls to its characters, a foreign character to the unknown piece, and neither fails."""
        model = hub.load_sentence_transformer(tiny)
        cut_vocabulary(model, COVERED)
        assert model.tokenizer.tokenize("漁業") == ["▁", "漁", "業"]
        assert model.tokenizer("ж")["input_ids"].count(model.tokenizer.unk_token_id) == 1
        assert model.tokenizer.unk_token_id == SPECIAL_TOKENS.index("<unk>")
        assert np.isfinite(model.encode(["漁業 ж"])).all()

    def test_a_cut_model_can_be_saved_and_read_again(self, tiny, tmp_path):
        """What is saved after the cut is the cut model."""
        model = hub.load_sentence_transformer(tiny)
        cut_vocabulary(model, COVERED)
        model.save(str(tmp_path / "cut"), create_model_card=False)
        again = load_embedding(str(tmp_path / "cut"))
        assert np.allclose(again.encode_queries(COVERED), model.encode_query(list(COVERED)), atol=1e-6)

    def test_texts_are_every_string_of_the_files(self, pairs):
        """All string values are read, however deep; numbers and blank lines are not texts."""
        assert list(read_texts([pairs])) == list(COVERED)

    @pytest.mark.parametrize("content", [b'{"a": "b"}\n{', b"\xff\xfe", b""], ids=["json", "utf-8", "missing"])
    def test_an_unreadable_file_is_named(self, content, tmp_path):
        """A file that is missing, not UTF-8 or not JSON is named with the line."""
        path = tmp_path / "texts.jsonl"
        if content:
            path.write_bytes(content)
        with pytest.raises(ModelUnavailableError, match=r"texts\.jsonl', line \d"):
            list(read_texts([path]))


class TestExport:
    """From a folder of sentence-transformers to one that needs no torch."""

    def test_the_encoder_keeps_the_vectors_of_its_base(self, tiny, tmp_path):
        """ONNX in 8 bits and torch in float32 have a cosine of at least .99, whatever a text is batched with."""
        model = export(str(tiny), out=tmp_path / "out", probes=QUESTIONS)
        encoder = load_embedding(str(tmp_path / "out"))
        expected = model.encode_query(list(QUESTIONS))
        assert (encoder.encode_queries(QUESTIONS) * expected).sum(axis=1).min() >= 0.99
        alone = np.concatenate([encoder.encode_queries([question]) for question in QUESTIONS])
        assert np.abs(alone - encoder.encode_queries(QUESTIONS)).max() < 1e-3
        long = "同盟 " * 100
        assert np.allclose(encoder.encode_passages([long]), encoder.encode_passages([long + "漁業"]), atol=1e-3)

    def test_the_same_base_gives_the_same_files(self, tiny, tmp_path):
        """Exporting twice writes the same bytes, and no path or date of the machine."""
        for out in ("first", "second"):
            export(str(tiny), out=tmp_path / out, probes=QUESTIONS)
        for path in (tmp_path / "first").iterdir():
            assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes()
            assert str(tmp_path).encode() not in path.read_bytes()

    def test_the_command(self, tiny, pairs, tmp_path, capfd):
        """The command cuts, exports, keeps reference vectors and says nothing but where the encoder lies."""
        texts, out, kept = tmp_path / "texts.txt", tmp_path / "out", tmp_path / "reference.npz"
        texts.write_text("\n".join(COVERED) + "\n", encoding="utf-8")
        arguments = ["--base", tiny, "--out", out, "--pairs", pairs, "--largest-vocabulary", "20"]
        arguments += ["--base-name", "owner/tiny", "--note", "A remark."]
        arguments += ["--reference", texts, "--reference-passages", texts, "--reference-out", kept]
        assert main([str(argument) for argument in arguments]) == 0
        printed = capfd.readouterr()
        encoder = load_embedding(str(out))
        assert printed.out == f"{out}: {encoder.name}\n"
        assert printed.err == ""
        assert encoder.name.startswith("owner/tiny@onnx-")
        with np.load(kept) as reference:
            assert (reference["questions"] * encoder.encode_queries(COVERED)).sum(axis=1).min() >= 0.99
            assert (reference["passages"] * encoder.encode_passages(COVERED)).sum(axis=1).min() >= 0.99
        card = (out / "README.md").read_text(encoding="utf-8")
        assert "A remark." in card
        assert "cut from" in card

    def test_a_large_vocabulary_needs_texts(self, tiny, tmp_path, capfd):
        """Without texts to cut it to, a large vocabulary is refused, and the folder is left alone."""
        arguments = ["--base", str(tiny), "--out", str(tmp_path / "out"), "--largest-vocabulary", "20"]
        assert main(arguments) == 1
        assert "--pairs" in capfd.readouterr().err
        assert not (tmp_path / "out").exists()

    def test_another_pooling_is_refused(self, tmp_path):
        """A base that does not pool by the mean is refused in one clear line."""
        base = build_tiny_model(tmp_path)
        path = base / "1_Pooling" / "config.json"
        path.write_text(path.read_text(encoding="utf-8").replace('"mean"', '"cls"'), encoding="utf-8")
        with pytest.raises(ModelUnavailableError, match=r"pooling 'cls'.*'mean'"):
            export(str(base), out=tmp_path / "out", probes=QUESTIONS)

    def test_missing_texts_are_named(self, tiny, tmp_path, capfd):
        """A file of questions that is not there is named without a traceback."""
        arguments = ["--base", str(tiny), "--out", str(tmp_path / "out"), "--reference", str(tmp_path / "none.txt")]
        assert main(arguments) == 1
        assert "none.txt" in capfd.readouterr().err
