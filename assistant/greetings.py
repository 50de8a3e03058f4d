"""Owns the set phrases by which a reader greets, thanks, takes leave, or asks what the assistant is."""

from __future__ import annotations

import re

_GREETING = re.compile(
    r"(?:こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|はじめまして|やあ|やっほー|どうも|もしもし|"
    r"(?:(?:どうも|本当に|いろいろ)\s*)*(?:ありがとう|有難う|有り難う|ありがと)"
    r"(?:ございま(?:す|した))?(?:助かりました)?|"
    r"助かり(?:ました|ます)|助かった|お疲れ様(?:です|でした)?|(?:では\s*)?(?:さようなら|またね|またあとで|失礼します)|"
    r"(?:あなた|君|きみ|これ)(?:は|って)?(?:一体)?(?:誰|だれ|何者|何)(?:ですか|なの|なんですか)?|"
    r"自己紹介(?:を)?(?:して(?:ください)?|お願いします)?|"
    r"(?:(?:あなた|君|ここ)(?:は|に|で|では)?\s*)?(?:何|なに|どんなこと|どういうこと)が"
    r"(?:できる|出来る|できます|出来ます|聞けます|聞ける)(?:の|か|んですか|のですか|の\s*ですか)?|使い方(?:は|を教えて(?:ください)?)?|ヘルプ|"
    r"(?:hi|hello|hey|hiya|yo)(?: there| again| everyone)?|good (?:morning|afternoon|evening|day)|greetings|"
    r"(?:ok(?:ay)? |great |perfect )?(?:many )?(?:thanks|thank you|thx|cheers|ty)"
    r"(?: again| a lot| so much| very much| for (?:your|the) help| that (?:is all|helps|helped))*|"
    r"(?:ok(?:ay)? )?(?:good ?)?bye(?: for now| bye)?|see (?:you|ya)(?: later)?|(?:who|what) are you(?: exactly)?|"
    r"are you (?:a |an )?(?:bot|robot|ai|human|person|real)(?: or (?:a |an )?(?:real )?(?:human|person|bot|robot))?|"
    r"what can (?:you|i) (?:do|ask|help with|help me with)(?: for me| here| you| about)?|what do you do|"
    r"how (?:do|can) i use (?:this|you|it)|how does (?:this|it) work|help(?: me)?|introduce yourself)"
    r"(?: (?:please|bot|assistant))?",
    re.IGNORECASE,
)


def is_greeting(text: str) -> bool:
    """Whether a text, its punctuation taken out, is nothing but such a phrase; freer ones are told by the index."""
    return bool(_GREETING.fullmatch(text))
