"""Owns telling instructions to the assistant from questions: what a reader orders it to be, to forget or to recite."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。．！？!?\n.;]+(?:[。．！？!?\n;]+|\.(?=\s|$)|\.|$)")
_INSTRUCTION = re.compile(
    r"(?:これまで|今まで|以前|上記|すべて|全て|前)の(?:指示|命令|ルール|制約|設定|プロンプト).{0,12}(?:忘れ|無視|破棄|解除|捨て)|"
    r"(?:指示|命令|ルール|制約|規則|制限).{0,8}(?:忘れ|無視|破棄|解除|なし|ゼロ|無し)|"
    r"(?:システム|内部|初期|隠し)(?:プロンプト|指示|設定|メッセージ)|プロンプトを(?:見せ|表示|教え|出力|開示)|"
    r"(?:あなた|君|お前|おまえ)は(?:今日|今|これ)から|になりき(?:って|り)|のふりをし|役を演じ|ロールプレイ|"
    r"(?:追記|追加|登録)(?:登録)?(?:し|せよ|して|しろ|済)|復唱|とだけ(?:答え|言|返|書)|と(?:断言|断定|回答|出力)し(?:ろ|て(?:くれ|ください))|"
    r"(?:作文|でっち|捏造|偽造)(?:し|上げ)|見せかけ|出典(?:なし|を付けず|は不要)|番号を(?:作|でっち)|開発者モード|管理者(?:モード|権限|として)|"
    r"\b(?:ignore|disregard|forget|override|bypass|drop)\b.{0,40}\b(?:instructions?|rules?|prompts?|guidelines?|restrictions?|constraints?|"
    r"previous|prior|above|everything)\b|"
    r"\b(?:system|hidden|initial|internal|developer) (?:prompt|override|message|instructions?|mode)\b|"
    r"^\s*(?:system|assistant|developer)\s*[:>]|"
    r"\byou are now\b|\bfrom now on\b|\bact as\b|\bpretend\b|\brole[- ]?play\b|\bplay the (?:role|part)\b|"
    r"\bjailbreak|\bDAN\b|"
    r"\b(?:citations?|sources?) (?:are )?(?:disabled|off|not needed)\b|\bwithout (?:any )?citations?\b|"
    r"\b(?:reply|answer|respond|say|output|print|state|write|repeat)\b.{0,30}\b(?:only|nothing but|as fact|exactly|"
    r"in pirate|after me)\b|"
    r"\bmake up\b|\binvent (?:a|an|some|two|three)\b|\bfabricat|\bdear ai\b|\bupon reading this\b|"
    r"\b(?:every|each) (?:sentence|answer|line|reply) (?:has to|must|should|will) (?:end|begin|start|contain)\b|"
    r"<\s*/?\s*(?:iframe|script|img|svg|object|embed|form)\b|\bjavascript:|\{\{|\}\}|\bregister\b.{0,30}\b(?:passage|recommendation|section)\b",
    re.IGNORECASE,
)


def without_instructions(text: str) -> tuple[str, bool]:
    """The text without the sentences that instruct the assistant, and whether there were any."""
    sentences = _SENTENCE.findall(text)
    kept = [sentence for sentence in sentences if not _INSTRUCTION.search(sentence)]
    if len(kept) == len(sentences):
        return text, False
    return "".join(kept).strip(" -—\n"), True
