"""Owns the 8-bit ONNX form of an encoder: the graph, its quantisation, and one activation scale per token.

`quantize_dynamic` measures one scale over a whole tensor of activations, padding and neighbours included. A text's
vector then depends on what it is batched with (cosine .992 to .997 to itself alone). Here every token is divided by
its own largest activation first and multiplied by it after the product: the same vector in every batch, and closer
to the float32 model, for 4% more time.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.embedding import hub
from assistant.errors import ModelUnavailableError

_OPSET = 18
"""The lowest in which `ReduceMax` takes its axes as an input, as the rewritten graph has it."""

_STEP, _ZERO, _LAST_AXIS, _SMALLEST = "token_step", "token_zero", "token_axis", "token_smallest"


def export_onnx(model: hub.SentenceTransformer, out: Path) -> None:
    """Write the model as an 8-bit ONNX graph from `input_ids` and `attention_mask` to unit vectors.

    Args:
        model: One that `check_modules` lets pass, its weights in float32.
        out: The file to write.
    """
    with tempfile.TemporaryDirectory() as folder, _quiet():
        float_model, quantised = Path(folder, "float.onnx"), Path(folder, "quantised.onnx")
        _export_float(model, float_model)
        from onnxruntime.quantization import quantize_dynamic  # noqa: PLC0415 - only the export needs it

        # All eight bits for the weights. Kernels without VNNI may saturate where two products are added in 16 bits;
        # with seven bits more is lost than so: cosine .963 lowest, .982 mean, against .986 and .993 (measured on AVX2).
        quantize_dynamic(float_model, quantised, per_channel=True, reduce_range=False)
        _scale_each_token(quantised, out)


def check_modules(model: hub.SentenceTransformer) -> None:
    """See that the model is a transformer, mean pooling, and normalisation or none.

    Raises:
        ModelUnavailableError: It is built otherwise.
    """
    kinds = [type(module).__name__ for module in model]
    pooling = getattr(model[1], "pooling_mode", None) if len(kinds) > 1 else None
    if kinds[:2] != ["Transformer", "Pooling"] or kinds[2:] not in ([], ["Normalize"]) or pooling != "mean":
        raise ModelUnavailableError(
            f"cannot export a model of the modules {', '.join(kinds)} with the pooling {pooling!r}; expected "
            "Transformer, Pooling ('mean') and Normalize, as in multilingual-e5-small: choose another --base"
        )


def _export_float(model: hub.SentenceTransformer, out: Path) -> None:
    import torch  # noqa: PLC0415 - only the export needs it

    class Encoder(torch.nn.Module):
        def __init__(self, transformer: torch.nn.Module) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            weights = attention_mask.to(torch.float32)
            # Given in its final shape, so that the trace holds no Python decision about the mask.
            hidden_keys = (1.0 - weights[:, None, None, :]) * torch.finfo(torch.float32).min
            tokens = self.transformer(input_ids=input_ids, attention_mask=hidden_keys).last_hidden_state
            mean = (tokens * weights[:, :, None]).sum(dim=1) / weights.sum(dim=1, keepdim=True)
            return torch.nn.functional.normalize(mean, dim=1)

    transformer = model.transformers_model
    transformer.set_attn_implementation("eager")
    token_ids = torch.arange(12).reshape(2, 6) % transformer.config.vocab_size
    attention_mask = torch.ones_like(token_ids)
    attention_mask[1, 4:] = 0
    batch_and_length = {0: "batch", 1: "length"}
    with torch.no_grad():
        torch.onnx.export(
            Encoder(transformer).eval().cpu(),
            (token_ids, attention_mask),
            str(out),
            dynamo=False,
            opset_version=_OPSET,
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={
                "input_ids": batch_and_length,
                "attention_mask": batch_and_length,
                "embedding": {0: "batch"},
            },
        )


def _scale_each_token(source: Path, out: Path) -> None:
    """Replace the scale per tensor by one per token.

    `quantize_dynamic` leaves x → DynamicQuantizeLinear → MatMulInteger → Cast → Mul(scale of x · scale of weights).
    Written instead: x / largest → QuantizeLinear(1/127) → MatMulIntegerToFloat → Mul(largest). The fused operator is
    written out because onnxruntime's own fusion takes the scale of x for one number, whatever its shape.
    """
    import numpy as np  # noqa: PLC0415 - with onnx, for the export alone
    import onnx  # noqa: PLC0415
    from onnx import helper, numpy_helper  # noqa: PLC0415

    model = onnx.load(source)
    graph = model.graph
    constants = {
        _STEP: np.float32(1 / 127),
        _ZERO: np.uint8(128),
        _LAST_AXIS: np.array([-1], dtype=np.int64),
        _SMALLEST: np.float32(1e-12),  # a token of zeros is not divided by zero
    }
    graph.initializer.extend(numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items())
    users = defaultdict(list)
    makers = {}
    for node in graph.node:
        for name in node.input:
            users[name].append(node)
        makers.update(dict.fromkeys(node.output, node))

    replaced: dict[str, list] = {}
    for node in graph.node:
        if node.op_type != "DynamicQuantizeLinear":
            continue
        (activations,), (quantised, scale, _) = node.input, node.output
        largest = f"{quantised}_largest"
        replaced[node.output[0]] = [
            helper.make_node("Abs", [activations], [f"{quantised}_absolute"]),
            helper.make_node("ReduceMax", [f"{quantised}_absolute", _LAST_AXIS], [f"{quantised}_maximum"], keepdims=1),
            helper.make_node("Max", [f"{quantised}_maximum", _SMALLEST], [largest]),
            helper.make_node("Div", [activations, largest], [f"{quantised}_unit"]),
            helper.make_node("QuantizeLinear", [f"{quantised}_unit", _STEP, _ZERO], [quantised]),
        ]
        for product in users[quantised]:
            (cast,) = users[product.output[0]]
            (scaled,) = users[cast.output[0]]
            (scales,) = (makers[name] for name in scaled.input if name != cast.output[0])
            (weight_scale,) = (name for name in scales.input if name != scale)
            weights, weight_zero = product.input[1], product.input[3]
            in_units = f"{scaled.output[0]}_in_units"
            replaced |= {product.output[0]: [], cast.output[0]: [], scales.output[0]: []}
            replaced[scaled.output[0]] = [
                helper.make_node(
                    "MatMulIntegerToFloat",
                    [quantised, weights, _STEP, weight_scale, _ZERO, weight_zero],
                    [in_units],
                    domain="com.microsoft",
                ),
                helper.make_node("Mul", [in_units, largest], [scaled.output[0]]),
            ]
    nodes = [new for node in graph.node for new in replaced.get(node.output[0], [node])]
    del graph.node[:]
    graph.node.extend(nodes)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    onnx.checker.check_model(model)
    onnx.save(model, out)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what the two packages say about themselves.

    The exporter is the older of torch's two and will go one day (torch is pinned), and the pre-processing that the
    quantiser advises changes nothing for this graph.
    """
    disabled = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)
