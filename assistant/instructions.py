"""Owns telling instructions to the assistant from questions: what a reader orders it to be, to forget or to recite."""

from __future__ import annotations

import re
import unicodedata

_SENTENCE = re.compile(r"[^。．！？!?\n.;]+(?:[。．！？!?\n;]+|\.(?=\s|$)|\.|$)")
# Countries too ignore rules, act as bridges and make up groups: such words count only as an order to the assistant.
_ORDER_JA = (
    r"(?:し?て(?:[、。!「」\s]|$|ください|下さい|くれ|ほし|欲し|おいて|も(?:いい|よい|構))|し?ろ|せよ|し?なさい)"
)
_ORDERED = (
    r"(?:^\W*(?:(?:ok(?:ay)?|so|now|then|and|but|first|please|just|also|hey|hi|hello|instead|anyway|kindly|always|"
    r"simply)\W+)*|[,:;>\"“(]\s*|\b(?:please|let['’]s|free to|"
    r"(?:you|assistant|ai|bot|model)(?: (?:to|must|should|shall|will|can|may|now|please)){0,3})\s+)"
)
_INSTRUCTION = re.compile(
    r"(?:これまで|今まで|以前|上記|すべて|全て|前)の(?:指示|命令|ルール|制約|設定|プロンプト).{0,12}(?:忘れ|無視|"
    r"破棄|解除|捨て)|"
    rf"(?:指示|命令|ルール|制約|規則|制限).{{0,8}}(?:(?:忘れ|無視|破棄|解除|捨て)(?:{_ORDER_JA}|[。!]|$)|"
    r"(?:なし|無し|ゼロ)(?:[。、!]|$|で(?:答|話|回答|好き|自由)))|"
    r"(?:システム|内部|初期|隠し)(?:プロンプト|指示|設定|メッセージ)|プロンプトを(?:見せ|表示|教え|出力|開示)|"
    r"(?:あなた|君|お前|おまえ)は(?:今日|今|これ)から|になりき(?:って|り)|ロールプレイ|"
    rf"(?:のふりを|役を演じ|見せかけ|作文|でっち上げ|捏造|偽造){_ORDER_JA}|"
    rf"(?:追記|追加|登録)(?:登録)?(?:{_ORDER_JA}|し(?:た[。、!]|ました(?!か))|済)|(?:追記|登録)し、|"
    r"復唱|とだけ(?:答え[てろよ]|言(?:って(?!い)|え)|返|書(?:いて(?![あい])|け))|"
    r"と(?:断言|断定|回答|出力)し(?:ろ|て(?:くれ|ください))|"
    r"出典(?:なし|を付けず|は不要)|番号を(?:作|でっち)|開発者モード|管理者(?:モード|権限|として)|"
    rf"{_ORDERED}(?:ignore|disregard|forget|override|bypass|drop)\b.{{0,40}}\b(?:instructions?|rules?|prompts?|"
    rf"guidelines?|"
    r"restrictions?|constraints?|previous|prior|above|everything)\b|"
    r"\b(?:ignor|disregard|forget|overrid|bypass)\w*\b.{0,20}\b(?:your|previous|prior|above|earlier) (?:\w+ )?"
    r"(?:instructions?|rules?|prompts?|guidelines?|restrictions?|constraints?)\b|"
    r"\b(?:system|hidden|initial|internal|developer) (?:prompt|override|message|instructions?|mode)\b|"
    r"^\s*(?:system|assistant|developer)\s*[:>]|"
    r"\byou are now\b|^\W*from now on\b,? (?:you|your|every|all|always|never|answer|reply|respond|speak|write|only)\b|"
    r"\b(?:you|answer|reply|respond|speak|write)\b.{0,40}\bfrom now on\b|"
    rf"{_ORDERED}(?:act as|pretend|play the (?:role|part))\b|\brole[- ]?play\b|\bjailbreak|\b(?-i:DAN)\b|"
    r"\b(?:citations?|sources?) (?:are )?(?:disabled|off|not needed)\b|\bwithout (?:any )?citations?\b|"
    rf"{_ORDERED}(?:reply|answer|respond|say|output|print|state|write|repeat)\b.{{0,30}}\b(?:only|nothing but|as fact|"
    r"exactly(?! (?:what|how|which|where|who|when))|in pirate|after me)\b|"
    rf"{_ORDERED}(?:make up|invent (?:a|an|some|two|three)|fabricate|register\b.{{0,30}}\b(?:passage|recommendation|"
    rf"section))\b|"
    r"\bdear ai\b|\bupon reading this\b|"
    r"\b(?:every|each) (?:sentence|answer|line|reply) (?:has to|must|should|will) (?:end|begin|start|contain)\b|"
    r"\bjavascript:|\{\{|\}\}",
    re.IGNORECASE,
)

_MARKUP = re.compile(
    r"<script\b.*?(?:</script\s*>|$)|<!--.*?(?:-->|$)|</?[A-Za-z][^<>]*>|!\[[^\]]*\]\([^)]*\)",
    re.IGNORECASE | re.DOTALL,
)
"""HTML, scripts and Markdown pictures: nothing that asks a question."""


def without_instructions(text: str) -> tuple[str, bool]:
    """The text without markup and without the sentences that instruct the assistant, and whether there were any."""
    written = _MARKUP.sub(" ", text)
    sentences = _SENTENCE.findall(written)
    kept = [sentence for sentence in sentences if not _INSTRUCTION.search(unicodedata.normalize("NFKC", sentence))]
    if len(kept) == len(sentences) and written == text:
        return text, False
    return "".join(kept).strip(" -—\n"), True
