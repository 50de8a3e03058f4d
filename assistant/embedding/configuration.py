"""Owns `config.json` of an exported encoder: how its files are to be read, and which files they are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import ModelUnavailableError

CONFIGURATION_FILE = "config.json"
MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"

_FORMAT = "alliance-assistant encoder 1"
_REMEDY = "restore the folder with `git checkout -- {folder}`, or make it anew (its README.md says how)"


def is_exported(folder: Path) -> bool:
    """Whether the folder was written by `assistant.embedding.export`, be it whole or not."""
    if (folder / MODEL_FILE).is_file():
        return True
    try:
        return _FORMAT in (folder / CONFIGURATION_FILE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False


@dataclass(frozen=True, slots=True)
class EncoderFile:
    """One file of the encoder as it was written."""

    name: str
    bytes: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> EncoderFile:
        """Describe a file that exists."""
        content = path.read_bytes()
        return cls(path.name, len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class EncoderConfiguration:
    """What a reader of the files must know; `max_length` is in tokens, the special ones included."""

    base: str
    dimension: int
    max_length: int
    query_prompt: str
    passage_prompt: str
    files: tuple[EncoderFile, ...]

    @property
    def name(self) -> str:
        """The base and a hash over everything that decides a vector, without reading the weights."""
        digest = hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()
        return f"{self.base}@onnx-{digest[:12]}"

    @classmethod
    def read(cls, folder: Path) -> EncoderConfiguration:
        """Read `config.json` and see that the files beside it are there, whole.

        Sizes are compared, not hashes: a download or checkout that broke off is what happens, and hashing would
        add 0.05 s to every question asked on the command line.

        Raises:
            ModelUnavailableError: A file is missing, cut short or not what `config.json` must be.
        """
        remedy = _REMEDY.format(folder=folder)
        path = folder / CONFIGURATION_FILE
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            written_as = values.pop("format")
            files = tuple(EncoderFile(**file) for file in values.pop("files"))
            configuration = cls(files=files, **values)
        except FileNotFoundError:
            raise ModelUnavailableError(f"the encoder's file {str(path)!r} is missing; {remedy}") from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelUnavailableError(
                f"the encoder's file {str(path)!r} is not the configuration of an exported encoder ({error}); {remedy}"
            ) from error
        if written_as != _FORMAT:
            raise ModelUnavailableError(
                f"the encoder's file {str(path)!r} is of the format {written_as!r}, expected {_FORMAT!r}; {remedy}"
            )
        for file in files:
            path = folder / file.name
            if not path.is_file():
                raise ModelUnavailableError(f"the encoder's file {str(path)!r} is missing; {remedy}")
            if path.stat().st_size != file.bytes:
                raise ModelUnavailableError(
                    f"the encoder's file {str(path)!r} has {path.stat().st_size:,} bytes, expected {file.bytes:,}; "
                    f"{remedy}"
                )
        return configuration

    def write(self, folder: Path) -> None:
        """Write `config.json`; the same configuration gives the same bytes."""
        text = json.dumps({"format": _FORMAT, **asdict(self)}, indent=2, ensure_ascii=False)
        (folder / CONFIGURATION_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
