"""Owns the command line: ask, show, list, index, serve."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from assistant.domain import Answer, Language, Passage, Question, SectionId
from assistant.errors import AssistantError, BatchFileError, QuestionInputError, ServerError
from assistant.settings import Settings

commands = typer.Typer(
    name="alliance",
    help="Ask about the proposal “Toward a Greater Alliance” (2017); answers cite its recommendations by number.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
output = Console(highlight=False, soft_wrap=True)
messages = Console(stderr=True, highlight=False, soft_wrap=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; errors meant for people are one message and exit status 1."""
    try:
        commands(arguments)
    except AssistantError as error:
        messages.print(f"[bold red]Error:[/] {escape(str(error))}")
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output, `head` say, has gone
        sys.stderr.close()
        sys.exit(1)


@commands.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question; read from standard input if not given.")] = None,
    language: Annotated[Language | None, typer.Option(help="Answer in this language, not the question's.")] = None,
    as_json: AsJson = False,
    batch: Annotated[Path | None, typer.Option(help="A file of questions, JSON Lines.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the answers to --batch go.")] = None,
) -> None:
    """Answer one question, or a file of questions."""
    if batch or out:
        _ask_batch(batch, out)
        return
    text = _question_text(question)
    with _opened() as assistant:
        answer = assistant.invoke(Question(text, language=language))
    if as_json:
        from assistant.rendering import answer_row  # noqa: PLC0415

        _print_json(answer_row(answer))
    else:
        _print_answer(answer)


def _ask_batch(batch: Path | None, out: Path | None) -> None:
    from assistant.batch import answer_batch  # noqa: PLC0415

    if batch is None or out is None:
        raise BatchFileError("found only one of --batch and --out; expected both: ask --batch QUESTIONS --out ANSWERS")
    with _opened() as assistant:
        lines, faults = answer_batch(assistant.invoke, batch, out)
    messages.print(f"{lines} lines answered in {escape(str(out))}, {faults} of them unreadable")


def _question_text(argument: str | None) -> str:
    """The question from the argument or standard input; raises QuestionInputError where it is not UTF-8."""
    raw = sys.stdin.buffer.read() if argument is None else argument.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QuestionInputError(
            f"found the byte {raw[error.start : error.start + 1]!r} at position {error.start} of the question; "
            "expected text in UTF-8"
        ) from error


@commands.command()
def show(
    number: Annotated[str, typer.Argument(help="A number in any notation: D-1-5, D1の5, Ａ−２ …")],
    language: Annotated[Language, typer.Option(help="The language to show.")] = Language.JAPANESE,
    as_json: AsJson = False,
) -> None:
    """Show a recommendation, or all of a section, whole."""
    from assistant.proposal import load_proposal  # noqa: PLC0415
    from assistant.references import ReferenceReader  # noqa: PLC0415

    proposal = load_proposal()
    names = {section.id: section.names for section in proposal.sections.values()}
    found = ReferenceReader(proposal.outline(), names).read(number)
    passages = [proposal.passages[key] for key in found.passage_ids]
    passages += [passage for section in found.sections for passage in proposal.within(section)]
    if not passages:
        raise QuestionInputError(f"found {number!r}; expected a number from A-1 to F-4, such as D-1-5 (try: list)")
    if as_json:
        from assistant.rendering import passage_row  # noqa: PLC0415

        rows = [passage_row(passage) for passage in passages]
        _print_json(rows[0] if len(rows) == 1 else rows)
    else:
        for passage in passages:
            _print_passage(passage, language)


@commands.command("list")
def list_passages(
    section: Annotated[str | None, typer.Option(help="Only this section or subsection: D, D-3, intro.")] = None,
    language: Annotated[Language, typer.Option(help="The language of the headings.")] = Language.JAPANESE,
    as_json: AsJson = False,
) -> None:
    """List the recommendations with page and heading."""
    from assistant.proposal import load_proposal  # noqa: PLC0415

    proposal = load_proposal()
    passages = proposal.within(_section_id(section)) if section else tuple(proposal.passages.values())
    if not passages:
        raise QuestionInputError(
            f"found the section {section!r}; expected one of {', '.join(map(str, proposal.sections))}"
        )
    if as_json:
        from assistant.rendering import passage_row  # noqa: PLC0415

        _print_json([passage_row(passage) for passage in passages])
        return
    table = Table(box=None, pad_edge=False)
    for column in ("number", "page", "heading"):
        table.add_column(column, no_wrap=column != "heading", overflow="fold")
    for passage in passages:
        table.add_row(str(passage.id), str(passage.page), escape(passage.title[language]))
    Console(highlight=False).print(table)


def _section_id(text: str) -> SectionId:
    try:
        return SectionId.parse(text if text == "intro" else text.upper())
    except ValueError as error:
        raise QuestionInputError(
            f"found the section {text!r}; expected A to F, B-1 to B-3, D-1 to D-3 or intro"
        ) from error


@commands.command()
def index() -> None:
    """Build the index if it is missing or stale."""
    settings = Settings.from_env()
    with _opened(settings):
        messages.print(f"The index in {escape(str(settings.data_folder))} is up to date.")


@commands.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; 127.0.0.1 unless given.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 7860 unless given.", min=1, max=65535)] = None,
) -> None:
    """Start the chat page."""
    settings = Settings.from_env()
    address = host or settings.host, port or settings.port
    _require_free(*address)
    with _opened(settings) as assistant:
        from assistant.page import launch  # noqa: PLC0415 - Gradio takes seconds, and only now is it needed

        launch(assistant, *address)


def _require_free(host: str, port: int) -> None:
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        raise ServerError(
            f"the page cannot be served on {host}:{port} ({os.strerror(error.errno) if error.errno > 0 else error}); "
            "stop what is listening there, or choose another address: serve --host … --port …"
        ) from error


@contextmanager
def _opened(settings: Settings | None = None) -> Iterator[Any]:
    """The assistant, with progress shown while the index is being built."""
    settings = settings or Settings.from_env()
    model = ThreadPoolExecutor(1).submit(_open_model, settings)  # read while the packages below are imported
    from assistant.opening import open_assistant  # noqa: PLC0415 - 2 s of imports that --help and show do without

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(*columns, console=messages, transient=True, disable=not messages.is_terminal) as bar:
        task = bar.add_task("opening", total=None, visible=False)

        def progress(stage: str, done: int, total: int) -> None:
            if stage.startswith("why: "):
                messages.print(f"Building the index: {escape(stage.removeprefix('why: '))}.")
            elif stage == "done":
                messages.print(f"The index is built ({escape(str(settings.data_folder))}).")
            bar.update(task, description=stage, completed=done, total=total or None, visible=stage != "done")

        assistant = open_assistant(settings, progress, model.result)
    yield assistant


def _open_model(settings: Settings) -> Any:
    from assistant.embedding import load_embedding  # noqa: PLC0415

    return load_embedding(settings.embedding_model)


def _print_json(content: object) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _print_answer(answer: Answer) -> None:
    from assistant.notices import wording  # noqa: PLC0415
    from assistant.rendering import quotations, usage_line  # noqa: PLC0415

    for statement in answer.statements:
        markers = "".join(f" [bold cyan]\\[{passage_id}][/]" for passage_id in statement.passage_ids)
        style = "italic" if not statement.citations else "default"
        output.print(f"[{style}]{escape(statement.text)}[/]{markers}")
    if quoted := quotations(answer):
        output.print(f"\n[dim]{wording('quotations', answer.language)}[/]")
    for citation in quoted:
        said = wording("quotation", answer.language, page=citation.page, quote=citation.quote)
        output.print(f"[bold cyan]\\[{citation.passage_id}][/] [dim]{escape(said)}[/]")
    if answer.usage:
        output.print(f"\n[dim]{escape(usage_line(answer))}[/]")


def _print_passage(passage: Passage, language: Language) -> None:
    from assistant.notices import wording  # noqa: PLC0415

    where = " › ".join(s.title[language] for s in (passage.section, passage.subsection) if s)
    span = passage.span
    output.print(f"[bold cyan]{passage.id}[/] [bold]{escape(passage.title[language])}[/]")
    place = wording("place", language, page=span.page, first=span.first_line, last=span.last_line)
    output.print(f"[dim]{escape(where)}, {escape(place)}[/]")
    output.print(escape(passage.body[language]) + "\n")
