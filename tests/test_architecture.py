"""The architecture holds: imports run one way, heavy packages have one owner, texts are read as UTF-8."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import assistant

PACKAGE = Path(assistant.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__main__.py")
LAYERS = [
    {"errors"},
    {"domain", "resources"},
    {"language", "settings", "references", "templates"},
    {"words", "figures", "source_text", "translation", "notices", "instructions", "greetings", "labels"},
    {"corpus_files", "views", "decoys", "conversation", "details", "list_phrases", "question_parts", "listing"},
    {"proposal", "citations", "section_phrases"},
    {"scopes"},
    {"embedding"},
    {"index", "follow_ups", "rendering", "testing"},
    {"understanding"},
    {"search"},
    {"indexing", "finding", "checking"},
    {"extractive"},
    {"generation"},
    {"composing", "batch", "sources_panel"},
    {"answering"},
    {"opening"},
    {"page"},
    {"command_line"},
]
OWNERS = {
    "chromadb": {"index", "indexing"},
    "langchain_chroma": {"index"},
    "sentence_transformers": {"embedding"},
    "torch": {"embedding"},
    "transformers": {"embedding"},
    "onnxruntime": {"embedding"},
    "tokenizers": {"embedding"},
    "sklearn": {"search"},
    "bm25s": {"search"},
    "sudachipy": {"words"},
    "gradio": {"page"},
    "langchain": {"generation"},
    "typer": {"command_line"},
    "rich": {"command_line"},
    "yaml": {"corpus_files", "notices"},
}
LONGEST_MODULE = 250
"""Lines."""


def _unit(path: Path) -> str:
    """The module, or the subpackage that holds it."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path):
    """A module imports only from the layers below its own."""
    if path == PACKAGE / "__init__.py":
        return
    level = next(level for level, units in enumerate(LAYERS) if _unit(path) in units)
    below = set().union(*LAYERS[:level]) | {_unit(path)}
    ours = {name.split(".")[1] for name in _imports(path) if name.startswith("assistant.")}
    if _unit(path) == "references":
        below |= {"language"}
    assert ours <= below, f"{path.name} imports upward: {ours - below}"


@pytest.mark.parametrize("package", OWNERS)
def test_heavy_packages_have_one_owner(package):
    """A heavy package is imported by its owner alone."""
    users = {_unit(path) for path in MODULES if any(name.split(".")[0] == package for name in _imports(path))}
    assert users
    assert users <= OWNERS[package]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_say_what_they_own(path):
    """Every module opens with a sentence, and none has grown into a drawer."""
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= LONGEST_MODULE
    assert path.stem not in {"utils", "helpers", "common", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_texts_are_read_and_written_as_utf8(path):
    """No text is read or written in the encoding of the machine it happens to run on."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in {"read_text", "write_text"}:
                assert any(keyword.arg == "encoding" for keyword in node.keywords), f"{path.name}:{node.lineno}"
            if node.func.attr == "open" and not any(
                isinstance(argument, ast.Constant) and "b" in str(argument.value) for argument in node.args
            ):
                assert any(keyword.arg == "encoding" for keyword in node.keywords), f"{path.name}:{node.lineno}"


def test_the_environment_has_one_reader():
    """Only the settings read the environment."""
    readers = {
        _unit(path)
        for path in MODULES
        if re.search(r"os\.environ(?!\.setdefault)|getenv", path.read_text(encoding="utf-8"))
    }
    assert readers == {"settings"}  # setdefault, which switches a hub's telemetry off, reads nothing


@pytest.mark.parametrize("folder", ["corpus", "prompts"])
def test_texts_and_code_are_apart(folder):
    """corpus/ and prompts/ hold text and data, never Python."""
    assert list((PACKAGE.parent / folder).rglob("*.py")) == []


def test_public_names():
    """The public door is exactly this, and every name of it can be had."""
    assert assistant.__all__ == [
        "Answer", "Assistant", "AssistantError", "Citation", "Language", "Message", "Outcome", "PassageId", "Question",
        "Settings", "Statement", "open_assistant",
    ]  # fmt: skip
    assert all(getattr(assistant, name) for name in assistant.__all__)


def test_importing_the_package_loads_nothing_heavy():
    """Importing the package, or answering, loads neither torch nor scikit-learn nor langchain's chains."""
    code = "import assistant, sys; print(sorted({'torch', 'chromadb', 'gradio', 'numpy', 'yaml'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
