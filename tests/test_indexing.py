"""The index is built whole or not at all, is rebuilt when stale or broken, and equals exact search."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from assistant.corpus_files import read_absent_subjects, read_enrichment
from assistant.domain import AbsentSubject, Bilingual, DecoyKind, Enrichment, Language, PassageId, ViewKind
from assistant.embedding import load_embedding
from assistant.errors import CorpusError, IndexFolderError
from assistant.indexing import check_words, ensure_index, fingerprint
from assistant.testing import BigramEmbedding

DAMAGES = {
    "manifest-gone": lambda folder: (folder / "manifest.json").unlink(),
    "database-cut": lambda folder: _overwrite(folder / "chroma" / "chroma.sqlite3", b"SQLite format 3\0" + b"\1" * 500),
    "database-foreign": lambda folder: _overwrite(folder / "chroma" / "chroma.sqlite3", b"hello"),
    "chroma-gone": lambda folder: shutil.rmtree(folder / "chroma"),
    "recognition-cut": lambda folder: _overwrite(folder / "recognition.npz", b"PK\3\4"),
}


def _overwrite(path: Path, content: bytes) -> None:
    path.write_bytes(content)


class Heard(list):
    """A progress that remembers why an index was built."""

    def __call__(self, stage, done, total):  # noqa: ARG002, D102 - the form of `Progress`
        if stage.startswith("why: "):
            self.append(stage)


@pytest.fixture(scope="module")
def built(tmp_path_factory, corpus, proposal):
    """A sound index of bigram vectors, to be copied and damaged."""
    folder = tmp_path_factory.mktemp("built")
    ensure_index(folder, corpus, proposal, BigramEmbedding(64)).collection.close()
    return folder


def _copy(built, tmp_path):
    shutil.copytree(built, tmp_path / "data")
    return tmp_path / "data"


def test_a_sound_index_is_opened_not_built(built, corpus, proposal):
    """The second start opens what the first one built."""
    heard = Heard()
    opened = ensure_index(built, corpus, proposal, BigramEmbedding(64), heard)
    assert heard == []
    assert len(opened.collection) == json.loads((built / "index" / "manifest.json").read_text())["views"]
    opened.collection.close()


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_index_is_rebuilt_and_said_so(built, tmp_path, corpus, proposal, damage):
    """Whatever is cut, foreign or gone, the next start says what it found and builds anew."""
    data = _copy(built, tmp_path)
    damage(data / "index")
    heard = Heard()
    opened = ensure_index(data, corpus, proposal, BigramEmbedding(64), heard)
    assert len(heard) == 1
    assert "damaged" in heard[0]
    assert len(opened.collection) > 10_000
    opened.collection.close()


def test_another_model_or_corpus_makes_the_index_stale(built, tmp_path, corpus, proposal):
    """The fingerprint changes with the model and with any corpus file, and a stale index is rebuilt."""
    other = tmp_path / "corpus"
    shutil.copytree(corpus, other)
    before = fingerprint(other, BigramEmbedding(64))
    assert before == fingerprint(corpus, BigramEmbedding(64))
    assert before != fingerprint(corpus, BigramEmbedding(64, "other"))
    (other / "points" / "F.yaml").write_text("# edited\n", encoding="utf-8")
    assert before != fingerprint(other, BigramEmbedding(64))
    heard = Heard()
    ensure_index(_copy(built, tmp_path), corpus, proposal, BigramEmbedding(64, "other"), heard).collection.close()
    assert "has changed" in heard[0]


def test_a_folder_that_cannot_be_written_is_named(tmp_path, corpus, proposal):
    """Where a file stands in the way, the error names the folder and the setting."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(IndexFolderError, match="ASSISTANT_DATA_FOLDER"):
        ensure_index(tmp_path / "file" / "data", corpus, proposal, BigramEmbedding(64))


@pytest.mark.parametrize("seconds", [0.5, 3.0])
def test_killed_in_the_middle_the_next_start_builds(tmp_path, corpus, proposal, seconds):
    """A build that is killed leaves no index, and the next start builds a whole one."""
    code = (
        "import sys; from pathlib import Path\n"
        "from assistant.proposal import load_proposal\n"
        "from assistant.indexing import open_index, ensure_index\n"
        "from assistant.testing import BigramEmbedding\n"
        "print('go', flush=True)\n"
        f"ensure_index(Path({str(tmp_path)!r}), Path({str(corpus)!r}), load_proposal(), BigramEmbedding(64))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert not (tmp_path / "index").exists()
    opened = ensure_index(tmp_path, corpus, proposal, BigramEmbedding(64))
    assert len(opened.collection) > 10_000
    opened.collection.close()


def test_metadata_of_every_entry(built, proposal):
    """Every entry carries id, section, subsection, number, page, language and kind of its passage."""
    import chromadb  # noqa: PLC0415

    with chromadb.PersistentClient(str(built / "index" / "chroma")) as client:
        rows = client.get_collection("proposal", embedding_function=None).get(include=["metadatas"])
    assert {row["id"] for row in rows["metadatas"]} == {str(key) for key in proposal.passages}
    for entry, row in zip(rows["ids"], rows["metadatas"], strict=True):
        passage = proposal.passages[PassageId.parse(row["id"])]
        assert entry == f"{row['id']}/{row['kind']}/{row['language']}/{row['view']}"
        assert (row["section"], row["subsection"]) == (passage.id.section, str(passage.id.section_id))
        assert (row["number"], row["page"]) == (passage.id.number, passage.page)
        assert row["language"] in ("ja", "en")
    kinds = {row["kind"] for row in rows["metadatas"]}
    assert kinds == {kind.value for kind in ViewKind}


def test_what_the_proposal_does_not_say_lies_apart(built):
    """The decoys have a collection of their own, with every kind in it, and an opened index finds them."""
    import chromadb  # noqa: PLC0415

    with chromadb.PersistentClient(str(built / "index" / "chroma")) as client:
        entries = client.get_collection("decoys", embedding_function=None).get(include=[])["ids"]
    assert {entry.split("/")[0] for entry in entries} == {kind.value for kind in DecoyKind}
    assert len(entries) > 3000


@pytest.mark.parametrize(
    ("word", "name"),
    [
        pytest.param("台湾海峡", "台湾海峡", id="the-same"),
        pytest.param("ＴＰＰ１１", "TPP11", id="other-width"),
        pytest.param("taiwan strait", "Taiwan Strait", id="other-case"),
    ],
)
def test_a_name_that_stands_for_two_things_is_refused(word, name):
    """A passage's word that is also an absent subject's name is refused, and the error names word, passage, subject."""
    aids = Enrichment(Bilingual("要約", "brief"), {Language.JAPANESE: ("同盟", word), Language.ENGLISH: ()}, ())
    subject = AbsentSubject(
        "some-subject",
        Bilingual("主題", "subject"),
        {Language.JAPANESE: (), Language.ENGLISH: ("other", name)},
        (PassageId.parse("A-2"),),
        {Language.JAPANESE: (), Language.ENGLISH: ()},
    )
    with pytest.raises(CorpusError, match=f"A-1: the word '{word}' is also a name of 'some-subject'"):
        check_words({PassageId.parse("A-1"): aids}, [subject])


def test_no_name_of_the_corpus_stands_for_two_things(corpus):
    """No passage's other word is a name of a subject that the proposal does not treat."""
    check_words(read_enrichment(corpus), read_absent_subjects(corpus))


@pytest.mark.usefixtures("assistant")  # whose opening builds the index
def test_the_nearest_views_equal_exact_search(data_folder):
    """On this corpus Chroma's approximate search returns exactly the nearest 200, for real questions."""
    import chromadb  # noqa: PLC0415

    folder = data_folder / "index" / "chroma"
    with chromadb.PersistentClient(str(folder), settings=chromadb.Settings(anonymized_telemetry=False)) as client:
        collection = client.get_collection("proposal", embedding_function=None)
        stored = collection.get(include=["embeddings"])
        vectors, ids = np.asarray(stored["embeddings"], dtype=np.float32), stored["ids"]
        lines = Path(__file__).parent.joinpath("data", "encoder_questions.txt").read_text(encoding="utf-8").split("\n")
        for vector in load_embedding().encode_queries([line for line in lines if line][::5]):
            similarity = vectors @ vector
            exact = {ids[row] for row in np.argsort(-similarity)[:200]}
            found = set(collection.query([vector.tolist()], n_results=200, include=[])["ids"][0])
            last = np.sort(similarity)[-200]
            assert all(abs(similarity[ids.index(entry)] - last) < 1e-5 for entry in exact ^ found)


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_named(tmp_path, corpus, proposal):
    """A folder without the right to write gives one clear message."""
    tmp_path.chmod(0o500)
    with pytest.raises(IndexFolderError, match="make the folder writable"):
        ensure_index(tmp_path, corpus, proposal, BigramEmbedding(64))
