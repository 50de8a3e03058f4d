"""Owns the chat page, built of Gradio's components."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

import gradio as gr

from assistant.answering import Assistant
from assistant.domain import Answer, Message, Question, Statement
from assistant.notices import wording
from assistant.rendering import quotations
from assistant.sources_panel import CSS, EMPTY, cited_html, sources_html

TITLE = "より強固な同盟を目指して / Toward a Greater Alliance"
INTRODUCTION = (
    f"## {TITLE}\n"
    "富士山会合の提言（2017年、56項目）について、提言番号と原文の引用を付けて答えます。"
    "書かれていないことは「述べていない」と答えます。  \n"
    "Answers about the 56 recommendations of the Mt. Fuji Dialogue (2017), each cited by number and quoted; "
    "says so when the proposal does not say."
)
PLACEHOLDER = "日本語か英語で質問、または番号（D-1-5 など） / Ask in Japanese or English, or by number"
EXAMPLES = [
    "サイバー攻撃の犯人を突き止める力について、何を求めていますか？",
    "米国だけに向けた提言は？",
    "D-1-5 は何を提言していますか？",
    "What should Japan and the United States do about North Korea’s missiles?",
    "How many recommendations are there on economic policy?",
    "Why does the proposal call for joint use of the base on Guam?",
]
FONTS = [
    "system-ui",
    "-apple-system",
    "Hiragino Sans",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Yu Gothic UI",
    "sans-serif",
]


def _inert_chatbot() -> gr.Chatbot:
    """A chatbot in which what a reader types stays text: no tag, and no picture that would call another machine.

    Its method is replaced, since Gradio writes a stub file beside every module that subclasses a component.
    """
    chatbot = gr.Chatbot(
        label="質問と回答 / Questions and answers",
        height="62vh",
        layout="panel",
        buttons=["copy"],
        feedback_options=None,
    )
    show = chatbot.postprocess
    chatbot.postprocess = lambda value: show([_inert(message) for message in value or []])
    return chatbot


def _inert(message: Any) -> Any:
    """The message as it may be shown; what is inert already stays as it is."""
    if message["role"] != "user":
        return message
    return {**message, "content": _plain(message["content"]).replace("<", "&lt;").replace("![", "&#33;&#91;")}


def build_page(assistant: Assistant) -> gr.Blocks:
    """The page as Gradio blocks: the conversation, and beside it the passages cited in the last answer."""

    def respond(text: str, history: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from shown(assistant, Question(text, _messages(history)))

    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True) as page:
        gr.Markdown(INTRODUCTION)
        with gr.Row(equal_height=False):
            sources = gr.HTML(f'<div class="sources">{EMPTY}</div>', render=False, elem_id="sources", padding=True)
            with gr.Column(scale=3, min_width=340):
                gr.ChatInterface(
                    respond,
                    chatbot=_inert_chatbot(),
                    textbox=gr.Textbox(
                        placeholder=PLACEHOLDER,
                        submit_btn=True,
                        show_label=False, container=False, max_length=20_000, elem_id="question", scale=7,
                    ),
                    examples=EXAMPLES,
                    additional_outputs=[sources],
                    analytics_enabled=False,
                    api_name="ask",
                )  # fmt: skip
            with gr.Column(scale=2, min_width=320):
                sources.render()
    return page


def shown(assistant: Assistant, question: Question) -> Iterator[tuple[str, str]]:
    """What the page shows of an answer while it comes, a statement more each time: Markdown and the sources' HTML."""
    said: list[Statement] = []
    for part in assistant.stream(question):
        if isinstance(part, Statement):
            said.append(part)
            cited = [citation for statement in said for citation in statement.citations]
            yield _lines(said), cited_html(cited, assistant.proposal)
        else:
            yield _lines(said) + _quoted(part), sources_html(part, assistant.proposal)


def launch(assistant: Assistant, host: str, port: int) -> None:
    """Serve the page until stopped."""
    page = build_page(assistant)
    print(f"http://{host}:{port}", flush=True)  # noqa: T201 - the address is what the person waits for
    page.launch(
        server_name=host,
        server_port=port,
        quiet=True,
        css=CSS,
        theme=gr.themes.Default(font=FONTS, font_mono=["ui-monospace", "monospace"]),
        footer_links=[],
        ssr_mode=False,
    )


def _messages(history: list[dict[str, Any]]) -> tuple[Message, ...]:
    return tuple(Message(message["role"], unescape(_plain(message["content"]))) for message in history)


def _plain(content: Any) -> str:
    """The text of a Gradio message, which is a string or a list of parts."""
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content if isinstance(part, dict) and "text" in part)


def _lines(statements: Sequence[Statement]) -> str:
    return "  \n".join(map(_linked, statements))


def _linked(statement: Statement) -> str:
    """A statement whose markers are links to the cards beside the chat."""
    return statement.text + "".join(f" [\\[{key}\\]](#{key})" for key in statement.passage_ids)


def _quoted(answer: Answer) -> str:
    lines = [
        f"> [\\[{citation.passage_id}\\]](#{citation.passage_id}) "
        + wording("quotation", answer.language, page=citation.page, quote=citation.quote)
        for citation in quotations(answer)
    ]
    return "\n\n" + "\n>\n".join([f"> {wording('quotations', answer.language)}", *lines]) if lines else ""
