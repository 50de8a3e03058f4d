"""The wheel works outside the checkout: corpus, prompts and encoder are inside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with the wheel's content, as pip would lay it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(CHECKOUT)]
    subprocess.run(build, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def _python(site, data_folder, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(site), "ASSISTANT_DATA_FOLDER": str(data_folder)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=site.parent, env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_the_wheel_holds_all_that_asking_needs(site):
    """Corpus, prompts and the encoder are in the package; tests, evals and results are not."""
    for name in (
        "corpus/proposal.ja.txt",
        "corpus/points/D.yaml",
        "prompts/notices.yaml",
        "prompts/chat/answer.ja.md",
        "embedding/bundled/model.onnx",
    ):
        assert (site / "assistant" / name).is_file()
    assert {path.name for path in site.iterdir() if not path.name.endswith(".dist-info")} == {"assistant"}


@pytest.mark.usefixtures("assistant")  # whose opening builds the index
def test_one_question_is_answered_outside_the_checkout(site, data_folder):
    """The installed package, not the checkout, answers; its index is the same as the checkout's."""
    where = _python(site, data_folder, "-c", "import assistant; print(assistant.__file__)")
    assert where.startswith(str(site))
    row = json.loads(_python(site, data_folder, "-m", "assistant", "ask", "--json", "グアムの基地の共同使用とは？"))
    assert row["citations"][0] == "D-1-5"
