"""Owns how strongly a sentence puts things: done, must, should, desirable, to be considered, possible."""

# ruff: noqa: E501 - the patterns are word lists: broken up, they would be harder to compare
from __future__ import annotations

import re

from assistant.checking.polarity import fold

_MODES = {
    "done": r"すでに|既に|決定した|決まった|決めて(?:いる|おり)|合意した|合意して|締結した|創設され(?:た|て)|確立され(?:た|て)|始めて(?:いる|おり)|始めた|始まって|踏み切った|出来上がって|完了|実現した|実施されて|導入した|広げられて|方針であり|"
            r"\b(?:has|have|is|are|was|were|been) already\b|\balready (?:been|under way|in place|\w+ed\b)|\b(?:has|have) (?:been |already |now )?(?:set|begun|built|become|come|\w+ed)\b|\b(?:agreed|decided) (?:to|on)\b|\bis now in place",
    "must": r"なければなら|なくてはなら|ねばなら|必須|義務|せねば|必ず|何としても|不可欠|"
            r"\bmust\b|\bhas to\b|\bhave to\b|\brequired\b|\bobliged|\bmandatory|\bobligat|\bindispensable|\bimperative|\bwithout fail|\bno choice but",
    "should": r"べき|求め|必要|要請|促す|呼びかけ|重要|大切|提言|"
              r"\bshould\b|\bought to\b|\bneeds?\b|\bcalled (?:on|for)|\bcalls? (?:on|for)|\basked to\b|\burges?\b|\burged\b|\bnecessary|\bimportant|\bis (?:to|told)\b|\bare (?:to|told)\b",
    "desirable": r"望ましい|望まれ|望む|望みたい|期待|ほしい|好ましい|"
                 r"\bdesirable|\bhope[ds]?\b|\bideally|\bwould like|\bwelcome if",
    "consider": r"検討|考慮|模索|探[りるっ]|選択肢|してもよい|てもいい|してもかまわ|"
                r"\bconsider(?!ed|able)|\bconsidered\b|\bexplor|\boptions?\b|\bstud(?:y|ied)\b|\blook into|\bweigh|\bcontemplat|\bexamin|\bmight\b",
    "possible": r"可能性|かもしれな|かねない|恐れ|おそれ|うる|得る|だろう|であろう|見込|見通し|見られ|とみられ|想定|推測|招きかね|"
                r"\bmay\b|\bmight\b|\bcould\b|\bprobabl|\blikely|\bpossib|\bpotential|\bexpected\b|\bcan\b|\bcannot be ruled out|\bwould\b|\bassumed",
    "certain": r"確実|必ず(?!しも)|間違いな|断じて|決まって|疑いな|\bcertain(?:ly)?\b|\binevitabl|\bundoubted|\bdefinite|\bwill surely|\bbound to\b|\bguarantee",
    "aim": r"目指|目標|努め|努力|意図|狙い|ため|方針|計画|予定|\baim|\bgoal|\bseek|\bstriv|\bintend|\bplan|\btarget|\bin order to|\bso that|\bwork towards?",
    "optional": r"してもよい|選択肢の(?:一つ|ひとつ)|任意|\bmight consider|\bmay (?:wish|want|choose)|\bif it (?:wishes|likes)|\bone option|\boptional|\bcould consider",
    "only": r"だけ(?!で(?:は)?な)|に(?:すぎ|過ぎ)(?:ない|ず|な)|のみ(?!な?らず|で(?:は)?な)|(?<!可能な)(?<!できる)限[らりっ定]|唯一|ひとえに|もっぱら|(?<!not )\bonly\b(?! (?:about|around|roughly|some|by)\b)|\bsolely|\bexclusively|\balone\b|\bmerely|\bpurely",
    "all": r"すべて|全て|全[国員額土]|あらゆる|いかなる|例外なく|全面|常に|完全|どの国も|各国とも|\ball (?:of|the|other|countries|nations|states|its|their)\b|\bevery\b(?! effort)|\bentire|\balways (?!get)|\bwithout (?:limit|exception)|\bwhatever|\bno country|\bnone\b|\bcompletely|\bfully\b|\bnever\b",
    "most": r"最も|最大|一番|最高|随一|\bmost\b|\bgreatest|\bbiggest|\blargest|\bsingle\b|\bbest\b|\bforemost|\bmain\b|\bprimary|\bchief",
    "soon": r"直ち|即座|すぐ|至急|早急|速やか|すみやか|急い|早期|\bimmediate|\bat once|\bwithout delay|\burgent|\bprompt|\bquick|\bswift|\bright away|\bsoon|\bearly|\bhasten|\bfast",
    "cause": r"ため|ので|から[、。]|により|によって|結果|おかげ|理由|\bbecause|\bsince\b|\bdue to|\bas a result|\bso that|\btherefore|\bthanks to|\bgiven\b|\bciting",
}  # fmt: skip
_PATTERNS = {mode: re.compile(pattern) for mode, pattern in _MODES.items()}
MODES = tuple(_MODES)


def modes(text: str) -> frozenset[str]:
    """The ways in which a text puts what it says."""
    text = fold(text)
    return frozenset(mode for mode, pattern in _PATTERNS.items() if pattern.search(text))
