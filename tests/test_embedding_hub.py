"""Any other model: folders and hub names through sentence-transformers, on a tiny model built here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sentence_transformers", reason="needs the extra `hub`: make install")

from tiny_model import build_tiny_model

from assistant.embedding import load_embedding
from assistant.errors import ModelUnavailableError

pytestmark = [pytest.mark.hub, pytest.mark.xdist_group("hub")]

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    """A saved tiny model with E5's prompts."""
    return build_tiny_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def copied(tiny, tmp_path) -> Path:
    """A copy of it that a test may damage."""
    return Path(shutil.copytree(tiny, tmp_path / "tiny"))


def _run(code: str, **environment: str) -> str:
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | environment
    )
    return found.stdout


class TestFolder:
    """A folder saved by sentence-transformers."""

    def test_vectors(self, tiny):
        """Vectors are float32, of the model's dimension and length one; no texts give no rows."""
        embedding = load_embedding(str(tiny))
        vectors = embedding.encode_passages(["日米同盟", "alliance"])
        assert vectors.dtype == np.float32
        assert vectors.shape == (2, embedding.dimension) == (2, 32)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
        assert embedding.encode_queries([]).shape == (0, 32)

    def test_prompts_of_the_model_are_honoured(self, tiny, tmp_path):
        """Queries and passages carry the prompts that the model declares, as if they had been typed."""
        embedding = load_embedding(str(tiny))
        bare = load_embedding(str(build_tiny_model(tmp_path, prompts={})))
        assert np.allclose(embedding.encode_queries(["同盟"]), bare.encode_queries(["query: 同盟"]), atol=1e-5)
        assert np.allclose(embedding.encode_passages(["同盟"]), bare.encode_queries(["passage: 同盟"]), atol=1e-5)
        assert not np.allclose(embedding.encode_queries(["同盟"]), bare.encode_queries(["同盟"]), atol=1e-3)

    @pytest.mark.parametrize(
        ("name", "prompted"),
        [("multilingual-e5-small", True), ("e5-base-v2", True), ("e5-large-instruct", False), ("some5-small", False)],
    )
    def test_e5_models_that_declare_no_prompts_get_theirs(self, name, prompted, tmp_path):
        """An E5 model without declared prompts is asked as its authors ask it; other models are left as they are."""
        bare = build_tiny_model(tmp_path, prompts={})
        named = load_embedding(str(bare.rename(tmp_path / name)))
        differs = not np.allclose(named.encode_queries(["同盟"]), named.encode_passages(["同盟"]), atol=1e-3)
        assert differs == prompted

    def test_the_name_tells_the_content(self, tiny, copied):
        """The same files have the same name wherever they lie; another byte, and the name is another."""
        name = load_embedding(str(tiny)).name
        assert load_embedding(str(copied)).name == name
        settings = copied / "config_sentence_transformers.json"
        settings.write_text(settings.read_text(encoding="utf-8").replace("query: ", "q: "), encoding="utf-8")
        assert load_embedding(str(copied)).name != name

    def test_several_threads_may_ask_at_once(self, tiny):
        """The tokenizer, which bears one user at a time, is not handed to two."""
        embedding = load_embedding(str(tiny))
        texts = ["同盟 alliance" * length for length in range(1, 9)]
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda text: embedding.encode_queries([text])[0], texts * 4))
        assert np.allclose(found[:8], embedding.encode_queries(texts), atol=1e-5)

    @pytest.mark.parametrize(
        "missing", ["modules.json", "config.json", "model.safetensors", "tokenizer.json", "1_Pooling/config.json"]
    )
    def test_a_missing_file_is_named(self, copied, missing):
        """Each file without which the model would fail or be guessed is named when it is missing."""
        (copied / missing).unlink()
        with pytest.raises(ModelUnavailableError, match=rf"lacks a file.*'{Path(missing).name}'"):
            load_embedding(str(copied))

    def test_a_truncated_weights_file_is_reported(self, copied):
        """Weights cut short give one clear line with the folder in it."""
        weights = copied / "model.safetensors"
        weights.write_bytes(weights.read_bytes()[:5000])
        with pytest.raises(ModelUnavailableError, match=r"cannot be read from the folder.*tiny"):
            load_embedding(str(copied))

    def test_a_broken_list_of_modules_is_reported(self, copied):
        """A `modules.json` that is none gives one clear line."""
        (copied / "modules.json").write_text("[{}]", encoding="utf-8")
        with pytest.raises(ModelUnavailableError, match=r"modules\.json.*does not list"):
            load_embedding(str(copied))

    def test_nothing_is_asked_of_the_network(self, tiny):
        """Loading a folder and encoding with it opens no connection and resolves no name."""
        code = (
            "import sys\n"
            "def watch(event, arguments):\n"
            "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.sendto'):\n"
            "        print('network:', event, arguments)\n"
            "sys.addaudithook(watch)\n"
            "from assistant.embedding import load_embedding\n"
            f"load_embedding({str(tiny)!r}).embed_query('同盟')\n"
            "print('done')\n"
        )
        assert _run(code) == "done\n"


class TestHubName:
    """A name on the hub, without the hub: a cache as huggingface_hub keeps it, and no network."""

    def test_a_model_fetched_before_is_found_and_an_unknown_one_is_not(self, tiny, tmp_path):
        """A cached model is loaded by name, the commit beside it; an unknown name gives one clear line."""
        repository = tmp_path / "models--owner--tiny"
        shutil.copytree(tiny, repository / "snapshots" / COMMIT)
        (repository / "refs").mkdir()
        (repository / "refs" / "main").write_text(COMMIT, encoding="utf-8")
        code = (
            "from assistant.embedding import load_embedding\n"
            "from assistant.errors import ModelUnavailableError\n"
            "embedding = load_embedding('owner/tiny')\n"
            "print(embedding.name, len(embedding.embed_query('同盟')))\n"
            "for name in ('owner/unknown', 'unknown', 'not a name'):\n"
            "    try:\n        load_embedding(name)\n"
            "    except ModelUnavailableError as error:\n        print(error)\n"
        )
        found = _run(code, HF_HUB_CACHE=str(tmp_path), HF_HUB_OFFLINE="1").splitlines()
        assert found[0] == f"owner/tiny@{COMMIT[:12]} 32"
        assert len(found) == 4
        for line, name in zip(found[1:], ("owner/unknown", "unknown", "not a name"), strict=True):
            assert line.startswith(f"the embedding model {name!r} cannot be had from the hub: ")
            assert "check the name and the network" in line
