"""Owns what a follow-up leaves unsaid: the earlier question, or the numbers, of the conversation that it points to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import Message, PassageId, Thread
from assistant.words import content_words

_SAME_SECTION = re.compile(
    r"(?:同じ|その|この)(?:章|節|区分|セクション|分野)|\b(?:same|that|this) (?:sub)?(?:section|chapter|part)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"^(?:それ|その|これ|この|あれ|あの|そこ|そちら|では|じゃあ?|で、|もっと|もう少し|ほか|他に|なぜ|どうして|なんで|"
    r"本当|確か|理由|具体的|"
    r"詳しく|短く|要約|英語|日本語|原文|要するに|つまり|一方|逆に|誰|いつ|どこ|どう|何|いくつ|えっ|いや|うん|そう)|"
    r"(?:それ|これ|その|この|そこ|そっち|こっち|同じ)|^.{1,14}(?:は|も|なら|について|には|では)[?？]?$|"
    r"^(?:and|but|so|then|why|how come|what about|how about|really|are you sure|more|anything else|shorter|"
    r"in (?:english|japanese)|quote|by whom|by when|who|ok(?:ay)?|just|only|same|which one)\b|"
    r"\b(?:it|that|this|they|them|those|these|he|she|one|ones|there|its|their|such|same)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 5

_ITEM_JA = r"(?:提言|項目|番号|やつ|の|もの|件|分)"
_NEXT = re.compile(
    rf"^(?:.{{0,8}}[、。,]\s*)?(?:では|じゃあ?|それでは)?、?(?:続けて|続いて)?(?:その|この)?(?:すぐ)?(?:次|"
    rf"ひとつ後ろ|一つ後ろ|ひとつ先|一つ先)"
    rf"(?:の?{_ITEM_JA})?(?:は|を|も|に|へ|について|お願い|教えて|の内容|[?？。]|$)|"
    r"(?:next|following|succeeding) (?:one|item|recommendation|number|point)\b|\bthe one (?:right |directly )?after\b|"
    r"^(?:ok(?:ay)?,? |and |then |so )?(?:what about |how about |what(?:'s| is) |show me |"
    r"now )?(?:the )?next\b[?.! ]*$",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(
    rf"(?:その|この)?(?:すぐ|一つ|ひとつ|1つ)?(?:手前|(?<![自以従事直])前)の(?:{_ITEM_JA}|番号)|(?:その|この)(?:手前|"
    rf"前)(?:は|を|も|[?？]|$)|"
    r"(?:previous|preceding) (?:one|item|recommendation|number|point)\b|"
    r"\bthe one (?:right |just |directly )?before\b|\bone (?:number )?(?:up|back)\b",
    re.IGNORECASE,
)
# Readers go back themselves: 「グアムに戻って」, "Can we go back to Guam?", not "Should America return to the TPP?".
_WORDS_BEFORE_BACK = (
    r"(?:(?:ok(?:ay)?|so|now|well|thanks|thank you|and|but|then|please|to|can|could|may|let['’]?s?|me|us|i|we|you|"
    r"['’]d|would|want|like|go(?:ing)?|com(?:e|ing)|get(?:ting)?|turn(?:ing)?)[ ,]*)*"
)
_BACK = re.compile(
    r"(?:最初|はじめ|初め|さっき|先ほど|先程|前|元|冒頭)(?:の(?:話|件|質問|ほう|方|テーマ|項目|点)|に聞い|に出|"
    r"に言っ)|話を戻|"
    r"(?:^|[、。])[^、。はがも]{1,16}に戻(?:って(?![いきく])|る(?:と|けど)|して|り(?:ます[がね、。]|たい|ましょう))|"
    rf"(?:^|[.!?,;:-] +){_WORDS_BEFORE_BACK}(?:back|return(?:ing)?) to\b|\bgoing back\b|\bearlier (?:point|one|topic|"
    rf"question)\b|"
    r"\bfirst (?:thing|topic|question|point) (?:i|we|you)\b|\b(?:i|we) (?:asked|started with|"
    r"talked about) (?:at )?first\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"最初|はじめ|初め|冒頭|\bfirst\b|\bstart(?:ed|ing)?\b|\bbeginning\b|\boriginal", re.IGNORECASE)
_ANOTHER_FORM = re.compile(
    r"短く|一文で|一言で|ひとことで|簡潔|要約|要点|まとめ(?:て|る)|箇条書き|(?<![一-龯])表(?:に|形式)|原文|そのまま|"
    r"引用|言い換え|噛み砕|かみ砕|やさしく|"
    r"わかりやすく|分かりやすく|英訳|和訳|訳して|翻訳|もう一(?:度|回)|全文|"
    r"^(?:.{0,12})?(?:英語|日本語)(?:で|に)(?:お願い|もう|も|どう|言|教|頼|書|くだ|して|$|[。?？])|"
    r"\bshort(?:er|en)\b|\btoo long\b|\bone (?:line|sentence)\b|\bin (?:a|one) (?:line|sentence|nutshell)\b|"
    r"\bbriefly\b|"
    r"\bverbatim\b|\bexact (?:words?|wording|text)\b|\b(?:direct )?quot(?:e|ation)\b|\bparaphras|\bbullet|\b(?:a|as|"
    r"in)(?: (?:little|small|short|simple))? table\b|"
    r"\brephrase\b|\bsimpl(?:er|ify)\b|\bplain (?:english|words?|language)\b|\btranslat|\bsummar(?:y|ise|ize)\b|"
    r"\boriginal (?:text|wording|japanese|sentence)\b|\bsay (?:that|it) again\b|\brepeat\b|\bword for word\b|"
    r"^(?:.{0,14})?\bin (?:english|japanese)\b[ ,]*(?:please|now|this time|instead)?[?.! ]*$",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"本当(?:に|か|です)|ほんと|ほんま|確か(?:です|か|なの)|間違い(?:ない|では|じゃ)|読み間違|そう書いて|"
    r"書いて(?:ある|あり)(?:ます)?(?:の|か|[?？])|"
    r"信じ(?:られ|難|がた)|ウソ|嘘|まさか|言い過ぎ|"
    r"\bare you (?:sure|certain|positive)\b|\breally\b.{0,40}\?|\btruly\b|\bis that (?:actually|right|correct|true|"
    r"the actual)\b|"
    r"\bdouble[- ]check\b|\bdoes it (?:really|actually)\b|\bthat can'?t be\b|\bi doubt\b|\bhard to believe\b|"
    r"\bdid(?:n't)? (?:they|it) (?:really|actually)\b|\bsounds (?:stronger|weaker|odd)\b|\bconfus(?:ed|ing)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:ほか|他|別)(?:に|の(?:提言|箇所|ところ|所|項目|場所|章|節))(?:も|は|でも|に|にも)?|似た|同じような|類似|"
    r"ほかにも|他にも|"
    r"\belsewhere\b|\banywhere else\b|\banything (?:else|similar)\b|\bsimilar\b|\bother (?:recommendations?|"
    r"places?|parts?|items?)\b|"
    r"\bsomewhere else\b|\balso (?:come|mention|appear)|\bcome up (?:again|.{0,40}as well)\b|\bas well\b\?|"
    r"\brelated (?:ones?|items?)\b",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^(?:いや|いえ|あ、|(?:違|ちが)(?!い(?!ま))|すみません|ごめん|そうじゃな|そうでは)|(?<!だけ)(?<!のみ)(?:では|"
    r"じゃ)な(?:く(?:て|、)|い(?:、|方|ほう))|のこと(?:でした|です(?!か)|だよ)|"
    r"^(?:no\b|not\b|sorry|oh no|wait|hm+, no)|\bi meant?\b|\bi was (?:asking|thinking|talking) about\b|"
    r"\brather than\b|(?<!why )\bnot the\b",
    re.IGNORECASE,
)
_REJECTED = re.compile(
    r"[^、。,.]{1,24}?(?:では|じゃ)な(?:くて?|い(?:方|ほう|、))|\bnot (?:the |about |on )?[^,.;]{1,40}?(?=[,.;]|"
    r"\bbut\b|\bthe one\b|$)",
    re.IGNORECASE,
)
_NEW_SUBJECT = re.compile(
    r"(?:全然|全く|まったく)?(?:別の(?:質問|話|件|こと)|別件|話(?:は|が)変わ|話題を変え|(?:^|[、。！？!? ])ところで)|"
    r"\b(?:different|another|unrelated|new|separate) (?:question|topic|subject|matter|thing)\b|"
    r"\bchanging (?:the )?(?:subject|topic)\b|"
    r"\bby the way\b|\bmoving on\b|\bswitching (?:topic|subject)",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"[そこ]の(?:うち|なか|中(?![一-龯]))|[二三四五六七八九2-9](?:つ|番)目|最後の(?:やつ|もの|の|一つ|ひとつ|提言|"
    r"項目)|"
    r"\bof (?:these|those|them)\b|\bthe (?:second|third|fourth|fifth|last) (?:one|of)\b|\bthe last(?: two|"
    r" three)?[?.! ]*$",
    re.IGNORECASE,
)
_MARKER = re.compile(r"\[((?:[A-F](?:-[1-9])?|intro)-[0-9]+)\]")


def read_thread(history: Sequence[Message], text: str) -> Thread | None:
    """What of the conversation a question may lean on, or None at its beginning."""
    if not history:
        return None
    cited = [_markers(message.content) for message in history if message.role == "assistant"]
    cited = [ids for ids in cited if ids]
    before = dict.fromkeys(key for ids in cited[:-1] for key in ids)
    return Thread(
        asked=last_standing_question(history),
        just_cited=tuple(cited[-1]) if cited else (),
        cited_before=tuple(before),
        first_cited=tuple(cited[0]) if cited else (),
        depends=depends_on_conversation(text) and not starts_anew(text),
    )


def depends_on_conversation(text: str) -> bool:
    """Whether a question cannot stand alone: it points back and brings few words of its own, or none."""
    words = content_words(text)
    return not words or (len(words) <= _FEW_WORDS and bool(_POINTS_BACK.search(text)))


def last_standing_question(history: Sequence[Message]) -> str:
    """The last thing that the reader asked which stands alone, or nothing."""
    asked = [message.content for message in history if message.role == "user"]
    return next((text for text in reversed(asked) if not depends_on_conversation(text)), asked[0] if asked else "")


def step_asked(text: str) -> int:
    """1 where the recommendation after the one just treated is asked for, -1 where the one before it is, else 0."""
    if _NEXT.search(text.strip()):
        return 1
    return -1 if _PREVIOUS.search(text.strip()) else 0


def starts_anew(text: str) -> bool:
    """Whether the reader says that this is about something else."""
    return bool(_NEW_SUBJECT.search(text))


def stays_in_the_section(text: str) -> bool:
    """Whether another item of the section just spoken of is meant."""
    return bool(_SAME_SECTION.search(text))


def goes_back(text: str) -> bool:
    """Whether something before the last answer is meant."""
    return bool(_BACK.search(text))


def goes_back_to_the_first(text: str) -> bool:
    """Whether the very first subject of the conversation is meant."""
    return bool(_FIRST.search(text))


def asks_for_another_form(text: str) -> bool:
    """Whether the last answer is wanted again: shorter, verbatim, in the other language."""
    return bool(_ANOTHER_FORM.search(text))


def doubts(text: str) -> bool:
    """Whether the last answer is doubted."""
    return bool(_DOUBT.search(text))


def asks_elsewhere(text: str) -> bool:
    """Whether other passages on the same subject are asked for."""
    return bool(_ELSEWHERE.search(text))


def corrects(text: str) -> bool:
    """Whether the reader says that something else was meant."""
    return bool(_CORRECTION.search(text))


def without_what_is_rejected(text: str) -> str:
    """The text without what it says was not meant: 「海外ではなく沖縄」 keeps 沖縄."""
    return _REJECTED.sub(" ", text).strip() or text


def picks_among(text: str) -> bool:
    """Whether one or some of the passages just cited are meant."""
    return bool(_AMONG.search(text))


def _markers(text: str) -> list[PassageId]:
    """The numbers cited in an answer, each once, in order."""
    return [PassageId.parse(found) for found in dict.fromkeys(_MARKER.findall(text))]
