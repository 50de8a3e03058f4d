"""Owns what looks like a number of the proposal and is not: aircraft, paper sizes, visas, vitamins, summits."""

from __future__ import annotations

import re

_DASH = r"[-–ー一]?"

_DESIGNATION = (
    rf"(?:[Ff]{_DASH}(?:14|15|16|18|22|35)|[Bb]{_DASH}(?:17|21|24|25|29|47|50|52)|[Cc]{_DASH}(?:17|27|40|46|47)"
    rf"|[A-Fa-f]{_DASH}[1-9][0-9]{{2,3}})[A-Z]?"
)
_JOINED = r" ?(?:[,、・/&]|と|や|及び|and|or) ?(?:the )?"

_AIRCRAFT = (
    r"bombers?|fighters?|jets?|aircraft|airplanes?|planes?|warplanes?|stealth|lancers?|spirits?|warthogs?|thunderbolts?"
    r"|stratofortress|raiders?|galaxy|hawkeyes?|sentry|awacs|greyhounds?|skyraiders?|skyhawks?|phantoms?|intruders?"
    r"|tankers?|transports?|airlifters?|squadrons?|fleet|pilots?|sorties?|replacement|successors?"
)
_AIRCRAFT_JA = (
    r"爆撃機|戦闘機|輸送機|攻撃機|哨戒機|偵察機|早期警戒機|早期警戒管制|警戒管制機|給油機|練習機|電子戦機|スピリット|ランサー"
    r"|ファントム|ギャラクシー|編隊|飛行隊|の?後継|機(?=[、。のはをがもと]|$)|が飛来|を飛ば"
)
_OTHERS = r"explosives?|visas?|grand prix|races?|steaks?|sauce|wagyu|fuel|petrol|gasoline"
_OTHERS_JA = r"爆薬|爆弾|ビザ|査証|グランプリ|レース|ステーキ|和牛|ランク|ガソリン|燃料"

_BEFORE_EN = (
    "vitamin vitamins plan appendix annex table figure fig. exhibit class grade type group category option hepatitis "
    "cefr formula"
)
_BEFORE_JA = (
    "ビタミン プラン クラス グループ タイプ シナリオ オプション チーム 附属書 付録 別表 指揮統制 指揮統制( "
    "米軍の 空軍の 空自の 海自の 自衛隊の 爆撃機 戦闘機 輸送機 攻撃機 哨戒機 早期警戒機 給油機"
)
_BEFORE = (
    *(f" {word}" for word in _BEFORE_EN.split()),
    *_BEFORE_JA.split(),
    " command and control",
    " command and control (",
)
_AIRCRAFT_BEFORE = tuple(
    f" {word}" for word in "bomber bombers fighter fighters jet jets aircraft plane planes".split()
)
_INTRODUCTIONS = (" the", " such as", " like", " including", " called", ",")
_AFTER = re.compile(
    r" ?(?:(?:stealth|strategic|supersonic|ステルス|戦略|支援|超音速) ?)?"
    rf"(?:(?:{_AIRCRAFT}|{_OTHERS})(?![A-Za-z])|{_AIRCRAFT_JA}|{_OTHERS_JA})"
    rf"|/[A-Za-z]{{2}}",
    re.IGNORECASE,
)
_JOINED_BEFORE = re.compile(rf"({_DESIGNATION}){_JOINED}$", re.IGNORECASE)
_JOINED_AFTER = re.compile(rf"{_JOINED}({_DESIGNATION})(?![0-9A-Za-z])", re.IGNORECASE)
# Only without a dash: `A4` the paper, `C2` command and control, `B2` the level of English, `E3` the three Europeans.
_PAPER = re.compile(
    r"[AB][345][ ]?(?:用紙|サイズ|判|版|[0-9一二三]枚|で(?:[0-9一二三]枚|印刷|出力|まとめ|要約)"
    r"|(?:paper|size|sheets?|pages?)(?![A-Za-z]))"
)
_COMMAND = re.compile(r"C2[ ]?(?:システム|ネットワーク|機能|(?:systems?|networks?|nodes?)(?![A-Za-z]))")
_RACING = re.compile(
    r"F1[ ]?(?:世界|選手権|ドライバー|レーサー|(?:motor|drivers?|championships?|seasons?)(?![A-Za-z]))"
)
_LEVEL = re.compile(r"[ABC][12][ ]?(?:レベル|levels?(?![A-Za-z]))")
_EUROPEANS = re.compile(
    r"E3[ ]?(?:諸国|各国|首脳|外相|\(英|\((?:France|Britain|Germany|the UK|UK)"
    r"|(?:countries|nations|states)(?![A-Za-z]))"
)
_WITHOUT_DASH = (_PAPER, _COMMAND, _RACING, _LEVEL, _EUROPEANS)
_THE = re.compile(r"(?<![A-Za-z])[Tt]he $")
_THE_EUROPEANS = re.compile(r"E3(?! (?:recommendation|item|one|entry|proposal))")
_REACH = 40  # how far back a word that announces a lookalike is looked for
_JOINED_REACH = 15


def is_designation(token: str) -> bool:
    """Whether `token` alone is known as the name of something else: `F-35`, `B52`, `C-130`, `A380`."""
    return re.fullmatch(_DESIGNATION, token) is not None


def is_lookalike(text: str, start: int, end: int) -> bool:
    """Whether a letter and a number at `text[start:end]`, or a lone letter, mean something else where they stand."""
    before = max(0, start - _REACH)
    joined = _JOINED_BEFORE.search(text, max(0, start - _JOINED_REACH), start) or _JOINED_AFTER.match(text, end)
    return (
        is_designation(text[start:end])
        or (joined is not None and joined[1][0].upper() == text[start].upper())  # "B-1 and B-52"
        or _is_announced(text[before:start])
        or _AFTER.match(text, end) is not None
        or any(pattern.match(text, start) for pattern in _WITHOUT_DASH)
        or (_THE.search(text, max(0, start - 4), start) and _THE_EUROPEANS.match(text, start)) is not None
    )


def _is_announced(before: str) -> bool:
    """Whether the words before say that something else follows: "vitamin", 「爆撃機」, "bombers such as the"."""
    words = f" {before.lower()}".rstrip(" 「")
    if words.endswith(_BEFORE):
        return True
    for introduction in _INTRODUCTIONS:
        words = words.removesuffix(introduction)
    return words.endswith(_AIRCRAFT_BEFORE)
