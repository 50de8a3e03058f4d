"""Owns the words of the model card that lies beside an exported encoder."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.embedding.configuration import EncoderConfiguration

_E5 = "intfloat/multilingual-e5-small"

_E5_ORIGIN = """\
[`intfloat/multilingual-e5-small`](https://huggingface.co/intfloat/multilingual-e5-small): Liang Wang, Nan Yang,
Xiaolong Huang, Linjun Yang, Rangan Majumder, Furu Wei, "Multilingual E5 Text Embeddings: A Technical Report",
[arXiv:2402.05672](https://arxiv.org/abs/2402.05672), 2024. MIT licence; its code is in
[microsoft/unilm](https://github.com/microsoft/unilm), whose notice is at the end of this card.
"""

_MIT = """\
## The base's licence

MIT License. Copyright (c) Microsoft Corporation

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


@dataclass(frozen=True, slots=True)
class ExportFigures:
    """What was counted and measured while exporting; cosines are between this encoder and its base, text by text."""

    pieces_before: int
    pieces: int
    parameters: int
    texts_compared: int
    lowest_cosine: float
    mean_cosine: float
    versions: str


def render_model_card(configuration: EncoderConfiguration, figures: ExportFigures, note: str) -> str:
    """The card in Markdown, without dates or paths: the same export gives the same card.

    Args:
        configuration: What is written to `config.json`.
        figures: Counts and measurements of this export.
        note: What else is to be known of the base, such as where this copy of its weights was read.
    """
    of_e5 = configuration.base.startswith(_E5)
    vocabulary = (
        f"The vocabulary is cut from {figures.pieces_before:,} to {figures.pieces:,} pieces: those that given texts\n"
        "   and the prompts use, special tokens, and each single kana, Latin and Chinese character that the base knows."
        if figures.pieces < figures.pieces_before
        else f"The vocabulary of {figures.pieces:,} pieces is left as the base has it."
    )
    files = "\n".join(f"| `{file.name}` | {file.bytes:,} | `{file.sha256}` |" for file in configuration.files)
    return f"""\
---
language: [ja, en]
license: {"mit" if of_e5 else "other"}
base_model: {configuration.base}
---

# The bundled encoder

Turns a question or a passage in Japanese or English into a unit vector of {configuration.dimension} numbers; the dot
product of two vectors is their similarity. Read by `assistant/embedding/bundled.py` with `onnxruntime` and
`tokenizers`, without torch. Questions begin with `{configuration.query_prompt}` and passages with
`{configuration.passage_prompt}`; texts are cut at {configuration.max_length} tokens.

## Origin and licence

{_E5_ORIGIN if of_e5 else f"`{configuration.base}`, under the licence of that model."}
{note.strip() or "The weights are those of the base, read from it directly."}

## How it was made

1. The base is read in float32 ({figures.parameters:,} parameters).
2. {vocabulary}
3. `torch.onnx.export(…, dynamo=False)` writes transformer, mean pooling and normalisation as one graph.
4. `onnxruntime.quantization.quantize_dynamic(per_channel=True)` stores the weights in 8 bits.
5. The activations' scale is taken per token instead of per tensor, so that the vector of a text does not depend on
   the texts beside it.

Exporting draws nothing at random: the same base and the same versions ({figures.versions}) give
the same files. With the extra `hub` installed (`make install`):

```
python -m assistant.embedding.training --base {_E5} --out FINE-TUNED
python -m assistant.embedding.export --base FINE-TUNED --pairs TEXTS.jsonl.gz
python -m evals.encoders bundled FOLDER_OR_NAME       # what it adds
```

`--pairs` are JSON Lines whose strings the vocabulary must cover; a base whose vocabulary was cut before needs none.
`--help` tells the rest.

## Measured

Cosine to the base in float32 over {figures.texts_compared:,} questions: {figures.lowest_cosine:.4f} lowest,
{figures.mean_cosine:.4f} mean.

The tests compare the bundled encoder with its base on 200 questions and 58 passages: the cosine is at least .98
for each, and where the base prefers one passage by more than .02, the same one is nearest for at least 98%. In a closer
race the 8 bits may decide otherwise than the base.

| file | bytes | SHA-256 |
| --- | --- | --- |
{files}

## Limits

Japanese and English only: other scripts fall to `<unk>` where the vocabulary was cut. Vectors of different encoders,
this one and its base included, are not to be mixed in one index.
{chr(10) + _MIT if of_e5 else ""}"""
