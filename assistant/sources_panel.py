"""Owns the HTML of the sources beside the chat: cited passages in both languages, supporting sentences highlighted."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assistant.domain import Answer, Citation, Language, Passage, PassageId, Proposal
from assistant.rendering import usage_line

EMPTY = '<p class="hint">引用した提言がここに出ます。<br>The recommendations cited in the answer appear here.</p>'

CSS = """
.sources .card { border: 1px solid var(--border-color-primary); border-radius: 8px; padding: .8rem 1rem;
  margin-bottom: .9rem; background: var(--background-fill-primary); scroll-margin-top: 1rem; }
.sources .card:target { border-color: var(--color-accent); box-shadow: 0 0 0 1px var(--color-accent); }
.sources h3 { margin: 0 0 .2rem; font-size: 1rem; line-height: 1.5; }
.sources .number { color: var(--color-accent); margin-right: .4rem; }
.sources .place, .sources .label, .sources .hint { color: var(--body-text-color); opacity: .72; font-size: .85rem; }
.sources .label { margin: .7rem 0 .1rem; }
.sources .text { margin: 0; line-height: 1.75; }
.sources [lang=ja] { line-break: strict; word-break: normal; overflow-wrap: anywhere; }
.sources mark { background: #ffe58a; color: #1a1a1a; padding: .05em 0; border-radius: 2px; }
.sources .related a { margin-right: .6rem; }
"""


def sources_html(answer: Answer, proposal: Proposal) -> str:
    """The cited passages of an answer as cards, then the numbers of nearby ones, and what a chat model took."""
    cards = _cards(answer.citations, proposal)
    nearby = [_related(proposal.passages[key], answer.language) for key in answer.related]
    if nearby:
        title = "近い提言" if answer.language is Language.JAPANESE else "Nearby recommendations"
        cards.append(f'<div class="related"><p class="label">{title}</p><ul>{"".join(nearby)}</ul></div>')
    if answer.usage:
        cards.append(f'<p class="hint usage">{escape(usage_line(answer))}</p>')
    return _framed(cards)


def cited_html(citations: Iterable[Citation], proposal: Proposal) -> str:
    """The passages cited so far, while an answer is still being written."""
    return _framed(_cards(citations, proposal))


def _framed(cards: list[str]) -> str:
    return f'<div class="sources">{"".join(cards) or EMPTY}</div>'


def _cards(citations: Iterable[Citation], proposal: Proposal) -> list[str]:
    cited: dict[PassageId, set[int]] = {}
    for citation in citations:
        cited.setdefault(citation.passage_id, set()).add(citation.sentence)
    return [_card(proposal.passages[key], sentences) for key, sentences in cited.items()]


def _card(passage: Passage, highlighted: set[int]) -> str:
    sections = [section for section in (passage.section, passage.subsection) if section]
    span = passage.span
    pages = f"{span.page}" if span.page == span.last_page else f"{span.page}–{span.last_page}"
    japanese = "".join(_sentence(s.text, s.number in highlighted) for s in passage.sentences)
    english = " ".join(_sentence(s.text, s.renders in highlighted) for s in passage.sentences_en)
    return (
        f'<article class="card" id="{passage.id}">'
        f'<h3 lang="ja"><span class="number">{passage.id}</span>{_sentence(passage.title.ja, 0 in highlighted)}</h3>'
        f'<h3 lang="en">{_sentence(passage.title.en, 0 in highlighted)}</h3>'
        f'<p class="place">{escape(" › ".join(s.title.ja for s in sections))} / '
        f"{escape(' › '.join(s.title.en for s in sections))}<br>"
        f"原文 {pages} ページ、{span.first_line}–{span.last_line} 行 / page {pages}, "
        f"lines {span.first_line}–{span.last_line}</p>"
        f'<p class="label">原文</p><p class="text" lang="ja">{japanese}</p>'
        f'<p class="label">Unofficial translation made for this project / 非公式訳</p>'
        f'<p class="text" lang="en">{english}</p></article>'
    )


def _sentence(text: str, highlighted: bool) -> str:
    return f"<mark>{escape(text)}</mark>" if highlighted else escape(text)


def _related(passage: Passage, language: Language) -> str:
    return f'<li><span class="number">{passage.id}</span>{escape(passage.title[language])}</li>'
