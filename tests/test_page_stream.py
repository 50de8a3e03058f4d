"""The page shows an answer statement by statement as it comes, with the sources beside it."""

from __future__ import annotations

from assistant.domain import Language, PassageId, Question
from assistant.generation import ChatModel
from assistant.notices import wording
from assistant.opening import with_chat_model
from assistant.page import shown
from assistant.testing import PointCheck, ScriptedChatModel

GUAM = "グアムの基地の共同使用はなぜ必要ですか"
CARD = '<article class="card" id="D-1-5">'


def test_statements_appear_one_by_one_with_their_sources(assistant, proposal):
    """Each state holds one statement more and the card that its number leads to; the last adds quotations and usage."""
    points = [point.text.ja for point in proposal.passages[PassageId.parse("D-1-5")].points[:2]]
    model = ScriptedChatModel(script=lambda _: [f"{points[0]}[D-1-5]\n", f"{points[1]}[D-1-5]\n", "嘘だ。[D-1-5]"])
    built = with_chat_model(assistant, ChatModel(model, "scripted:model"), PointCheck(proposal))
    first, second, dropped, whole = shown(built, Question(GUAM))
    link = r" [\[D-1-5\]](#D-1-5)"
    assert first[0] == points[0] + link
    assert second[0] == f"{first[0]}  \n{points[1]}{link}"
    assert dropped[0] == f"{second[0]}  \n{wording('chat_dropped', Language.JAPANESE, count=1)}"
    assert whole[0].startswith(f"{dropped[0]}\n\n> {wording('quotations', Language.JAPANESE)}")
    assert [CARD in html for _, html in (first, second, dropped, whole)] == [True] * 4
    assert ["scripted:model" in html for _, html in (first, second, dropped, whole)] == [False] * 3 + [True]
    assert "嘘だ" not in whole[0]


def test_without_a_model_the_page_shows_the_same(assistant):
    """The default answer is shown through the same states, and nothing of a model stands in it."""
    *states, whole = shown(assistant, Question(GUAM))
    answer = assistant.answer(GUAM)
    assert len(states) == len(answer.statements)
    assert all(statement.text in states[-1][0] for statement in answer.statements)
    assert "usage" not in whole[1]
