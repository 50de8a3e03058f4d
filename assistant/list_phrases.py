"""Owns the phrases by which readers ask for recommendations as such: one, a list, a count, an overview, whose part."""

from __future__ import annotations

import re

from assistant.domain import Actor
from assistant.words import content_words

_ITEM_JA = r"(?:提言|勧告|項目|(?<=[の、])本数)"
_ITEM_EN = r"(?:recommendations|recs|items|proposals|suggestions|(?:every|each) (?:recommendation|item|proposal))"
_COUNT_JA = r"(?:いくつ|幾つ|何(?:件|項目|個|本|点))"
_LIST_JA = r"(?:一覧|列挙|リスト|全部|すべて|全て|どの(?!よう)|どれ(?!くらい|ほど|だけ)|挙げ|あげて|並べ)"
_SECTION_JA = r"(?:章|節|セクション|区分|分野別)"
_SECTION_EN = r"(?:sections?|subsections?|chapters?|parts?|headings?)"
ASKS_FOR_LIST = re.compile(
    rf"{_COUNT_JA}.{{0,12}}{_ITEM_JA}|{_ITEM_JA}.{{0,24}}(?:{_COUNT_JA}|{_LIST_JA})|{_LIST_JA}.{{0,24}}{_ITEM_JA}|"
    rf"(?:だけ|のみ)(?:に|を|が|へ)?(?:向けた|対する|求め|宛て|対象).{{0,8}}{_ITEM_JA}|"
    rf"(?:言及|触れ|出てくる|登場|名指し|含む|含まれ|入っている).{{0,10}}{_ITEM_JA}|"
    rf"{_SECTION_JA}.{{0,30}}{_COUNT_JA}|"
    rf"\bhow many\b[^.?!]{{0,40}}\b{_ITEM_EN}\b|\bhow many (?:are |are there )?(?:on|about|in|for|mention|name)\b|"
    rf"\b(?:list|enumerate|name|show|give|which|what|count)\b[^.?!]{{0,40}}\b{_ITEM_EN}\b|"
    rf"\b{_ITEM_EN}\b[^.?!]{{0,40}}\bhow many\b|\bnumber of {_ITEM_EN}\b|"
    rf"\b{_SECTION_EN}\b[^?!]{{0,60}}\bhow many\b|\bhow long is the list\b",
    re.IGNORECASE | re.DOTALL,
)
JAPAN = re.compile(r"日本|我が国|\b[Jj]apan(?:ese)?\b|\b[Tt]okyo\b")
UNITED_STATES = re.compile(
    r"米国|アメリカ|米政府|米側|\b[Uu]nited [Ss]tates\b|\bUSA?\b|\bU\.S\.|\bAmerican?\b|\bWashington\b"
)
BOTH = re.compile(r"日米|両国|双方|\bboth\b|\btogether\b|\bjoint(?:ly)?\b", re.IGNORECASE)
ADDRESSED = re.compile(
    r"向け|求め|宛|要求|しろと|宿題|役割|責任|やること|することに|やるべき|すべき|主体|対象|注文|取り組|課され|頼(?:ん|み)|のほうに|側に|政府に|独自|"
    r"\bask(?:s|ed|ing)?\b|\baddress(?:es|ed)?\b|\b(?:is|are) for\b|"
    r"\bfor (?:the )?(?:japan|u\.?s|united states|america|both)|\bto (?:do|act)\b|\bdirected\b|\baimed\b|"
    r"\btold to\b|\btasks?\b|\blaid on\b|"
    r"\bcommit\b|\bdoing\b|\bexpected\b|\bsupposed\b|\bresponsib|\bmust\b|\bwant from\b|\bwho does what\b",
    re.IGNORECASE,
)
ONLY = re.compile(r"だけ|のみ|単独|ひとり|独自に|一国|\balone\b|\bonly\b|\bsolely\b|\bexclusively\b", re.IGNORECASE)
BROAD = re.compile(
    r"概要|全体像|全体(?:として|的に|で)|通しで|通して|おおまか|大まか|ざっと|章をまたいで|横断|趣旨|全般|総じて|まとめて|概観|あらまし|俯瞰|一通り|ひととおり|"
    r"網羅|漏れなく|洗いざらい|大きなテーマ|流れを|構図|一式|ひとまとめ|総まとめ|ひっくるめ|"
    r"\boverview\b|\boutline\b|\boverall\b|\bon the whole\b|\b(?:as a|the) whole\b|\bin general\b|\bgist\b|"
    r"\bdriving at\b|\bacross (?:the )?(?:whole )?(?:sections|document|paper|text)\b|\b(?:pull|put|bring) together\b|"
    r"\b(?:big|whole|general|full|overall) picture\b|\bbroad(?:ly)?\b|\bsum(?:mary| up|marise|marize)\b|"
    r"\bin a nutshell\b|\brun(?: me through|down)\b|\bround-?up\b|\bmain lines\b|\bline of thinking\b|"
    r"\btour of\b|\bwalk me through\b|"
    r"\beverything (?:under|on|about|in|to do with|that)\b|"
    r"\ball (?:that )?(?:it|the (?:paper|proposal|document)) says\b|\bthroughout\b|\bthe rest of the (?:document|"
    r"paper|proposal)\b",
    re.IGNORECASE,
)
COUNT = re.compile(rf"{_COUNT_JA}|本数|件数|数を|\bhow many\b|\bnumber\b|\bcount\b|\btotal\b", re.IGNORECASE)
SECTION = re.compile(rf"{_SECTION_JA}|\b{_SECTION_EN}\b|\bunder (?:the heading\b|[\"'‘“])", re.IGNORECASE)
WHAT_IS_SAID = re.compile(
    r"要するに|何を(?:言|述|提言|求め)|項目を|骨子|漏れなく|方針|\bwhat (?:is|does|do)\b.{0,60}\b(?:about|say|"
    r"propose|cover|driving)\b",
    re.IGNORECASE,
)
BY_SECTION = re.compile(
    r"(?:章|節|区分|セクション|分野)(?:ごと|別|毎)|各(?:章|節|区分|セクション|分野)の|内訳|それぞれ何|"
    r"\bdistributed\b|\b(?:per|by|each|every) (?:section|chapter|"
    r"part)\b|\bbreakdown\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[「『“\"]([^」』”\"]{1,40})[」』”\"]|(?<![A-Za-z])['‘]([^'’]{2,40})['’](?![A-Za-z])")
MENTIONED = re.compile(
    r"言及|触れ|出てくる|出て(?:いる|くる)|登場|名指し|含(?:む|ま)|名を挙げ|現れ|使われ|使って|載って|見られる|書かれ|"
    r"\bmention|\bnam(?:es|ed|ing)\b|\bby name\b|\brecommendations name\b|\brefer|\bcontain|\bappear|\bcomes? up\b|"
    r"\btalks? about\b|\bspeaks? (?:of|"
    r"about)\b|"
    r"\bwords?\b|\bterms?\b|\bbring|\bfeatur",
    re.IGNORECASE,
)
COUNTED = re.compile(
    rf"{_COUNT_JA}|本数|件数|総数|数え|提言数|の数(?:は|を|$|[?？。])|何番まで|\bhow (?:many|often)\b|\bnumber of\b|"
    rf"\bcount\b|\btotal\b",
    re.IGNORECASE,
)
LISTED = re.compile(
    rf"{_LIST_JA}|番号を|リストアップ|\bwhich\b|\blist\b|\benumerate\b|\bname all\b|\bgive me\b|\bshow me\b|"
    rf"\bevery(?:thing)?\b|\ball\b",
    re.IGNORECASE,
)
OF_RECOMMENDATIONS = re.compile(
    rf"{_ITEM_JA}|関連|関係|ものの数|\b{_ITEM_EN}\b|\b(?:of )?the 56\b|\b56\b|\bthose\b|\bthe ones\b", re.IGNORECASE
)
EVERYTHING = re.compile(
    r"洗い出|拾って|拾い出|がらみ|絡み|網羅|漏れなく|ぜんぶ|全部|一望|ひととおり|一通り|残らず|"
    r"\beverything\b|\bevery (?:passage|place|bit|part|mention|reference)\b|"
    r"\ball (?:the )?(?:bits|parts|passages|places|mentions|references)\b|\bwherever\b",
    re.IGNORECASE,
)
"""Words that ask for all that touches a place, a body or an instrument."""
APPEARS_EN = re.compile(
    r"\b(?:term|word|phrase|name|expression) [“\"']?(?P<word>[\w.&/’-]+(?: [\w.&/’-]+){0,3}?)[”\"']? (?:appears?|"
    r"occurs?|comes? up|"
    r"(?:is|are) (?:used|found|mentioned))|"
    r"\bin which (?:an? |the )?(?P<thing>[\w.&/’-]+(?: [\w.&/’-]+){0,4}?) (?:is|are) (?:brought up|mentioned|named|"
    r"referred to|discussed)",
    re.IGNORECASE,
)
MENTIONED_EN = re.compile(
    r"\b(?:mention(?:s|ing)?|speak(?:s|ing)? of|bring(?:s|ing)? (?:in|up)|refer(?:s|ring)? to|contain(?:s|ing)?|"
    r"nam(?:es|ing)|use(?:s)? the words?|"
    r"(?<=recommendations )name)"
    r"\s+(?:the\s+)?(?P<word>[\w.&/'’-]+(?: [\w.&/'’-]+){0,3}?)\s*(?:by (?:that )?name|"
    r"anywhere)?\s*(?:,? and how many[^?.!]*)?[?.!]*$",
    re.IGNORECASE,
)
MENTIONED_JA = re.compile(
    r"(?P<word>[\w・ー\-]{2,20}?)(?:に(?:は|も)?|を|へ|が|(?:という|って|の)(?:語|言葉|名|名前|用語|単語)(?:に|が|を|は|、)?(?:.{0,12}?))?(?:言及|触れ|出てくる|登場|名指し|含む|含まれ|入って)"
)
CUES = frozenset(
    content_words(
        "提言 項目 勧告 一覧 列挙 リスト 全部 全て 言及 触れる 向ける 求める 件 個 本 点 幾つ だけ 分野 関する "
        "関係 挙げる 全体 合計 総数 数 並べる 日本 米国 "
        "how many list all every enumerate which what recommendations items proposals suggestions "
        "mention deal concern about cover address ask total number there subject section part topic field show name "
        "概要 全体像 趣旨 章 節 構想 話 内訳 本数 数 語 言葉 名 述べる 言う 知る 示す まとめる 要約 大まか "
        "おおまか 横断 跨ぐ 向き合う 付き合う 並ぶ 対応 方針 政策 考え どう 教える "
        "overview outline overall whole gist drive section chapter subsection heading document paper propose want "
        "lay out need policy approach handle treat "
        "アメリカ 宛先 両方 両国 一緒 揃う 取り組む 課題 宿題 国名 単語 用語 both countries together jointly word term "
        "count direct aim involve relate regard contain touch japan united states us america alone only act make made"
    )
)
FILLER = frozenset(
    content_words(
        "内容 中身 全文 本文 要旨 要約 概要 見せる 表示 説明 教える 知る 詳しい 話 引用 読む 番 番目 項目 "
        "意味 簡単 まとめる お願い 紹介 確認 英語 日本語 原文 そのまま "
        "話す 三分 五分 分 出来る よう 会議 資料 スライド 講演 柱 構成 "
        "content text full whole summary summarise summarize show explain read quote see open look detail english "
        "japanese item number describe meaning mean point gist please outline present about verbatim what "
        "minute meeting slide talk newcomer walk through bit pillar"
    )
)
"""Words that ask for a numbered recommendation as such, not for something in it."""
QUESTION_WORD = re.compile(
    r"なぜ|何故|どうして|なんで|理由|誰|だれ|いつ|どこ|どのように|どうやって|いくら|"
    r"\b(?:why|how|who|whom|when|where|which|reason)\b",
    re.IGNORECASE,
)
NO_WORD = re.compile(r"提言|項目|セクション|[章節](?:$|[にの])")
"""What cannot be the word that recommendations mention: it belongs to the asking."""
MOST_BESIDE, FEWEST_BESIDE = 4, 2
"""Words that a list may carry beside what it lists; with more (fewer where it is empty), something else is asked."""
OTHER_PLACE_BEFORE = r"(?<!north )(?<!south )(?<!east )(?<!southeast )(?<!north-)(?<!south-)"


def actors_in(text: str) -> tuple[frozenset[Actor], bool]:
    """Who is to be asked, and whether alone; both together are the actor `both`."""
    actors = named_actors(text)
    alone = ONLY.search(text) and len(actors) == 1 and Actor.BOTH not in actors
    if not ADDRESSED.search(text) and not alone:
        return frozenset(), False
    return actors, bool(actors and Actor.BOTH not in actors and ONLY.search(text))


def named_actors(text: str) -> frozenset[Actor]:
    """Whom a text names, both together being the actor `both`."""
    named = {Actor.JAPAN: JAPAN.search(text), Actor.UNITED_STATES: UNITED_STATES.search(text)}
    actors = frozenset(actor for actor, found in named.items() if found)
    if BOTH.search(text) or len(actors) == len(named):
        return frozenset({Actor.BOTH})
    return actors
