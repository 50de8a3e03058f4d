"""Owns what turns a sentence round: negations, and pairs of words that say the opposite of each other."""

# ruff: noqa: E501 - the patterns are word lists: broken up, they would be harder to compare
from __future__ import annotations

import re
import unicodedata

_NO_NEGATION = re.compile(
    r"(?:なけれ|なくて|ね)ば?(?:は)?な(?:らない|りません|らず)|ざるを得ない|かもしれない|不可欠|欠かせない|欠かせません|のみならず|だけで(?:は)?なく|しかない|に過ぎない|"
    r"に(?:すぎ|過ぎ)(?:ない|ません|なかった)|にとどまらず|のみで(?:は)?なく|ばかりで(?:は)?なく|間違いない|かねない|余儀なく|少なくな|数少ない|切れ目(?:の)?な|"
    r"まもなく|なくては|"
    r"\bnot (?:only|just|merely|simply|alone)\b|\bwithout fail\b|\bindispensable\b|\bnot least\b|\bno less\b|\bnot to mention\b|"
    r"\bnonproliferation\b|\bnon-|\bno later\b|\bcannot (?:but|help)\b|^no[:,]|^いいえ"
)
"""What looks like a negation and is none."""
_NEGATION = re.compile(
    r"(?:て|で)は(?:いけ|なら)(?:ない|ません)|べき(?:で(?:は)?|では)な(?:い|く)|ない|なく(?!す|し|な)|なかった|ません|ず(?:に|、|$)|ぬ(?=よう|まま)|不要|不可能|避け|回避|防ぐ|防ぎ|防止|躊躇|ためら|不足|乏し|歯止め|"
    r"\b(?:not|no|never|nothing|neither|nor|cannot|without|unnecessary|unlikely|impossible|unable|hardly|scarcely|avoid\w*|fail\w*|prevent\w*|resist\w*|refrain\w*|hesita\w*|lack\w*|insufficient|too (?:few|little)|warned against|skip\w*|ignor\w*|walk away|turned away|far from)\b|n't\b"
)

_PAIRS = (
    # Japanese
    (r"維持|保持|続け|継続|守り|遵守|残|保ち", r"破棄|廃棄|離脱|脱退|撤退|撤収|打ち切|終了|無効|やめ|放棄|手放"),
    (r"強化|強め|拡大|拡充|拡張|増や|増額|増加|高め|引き上げ|向上|深め|広げ|増強|伸ば|上げ", r"弱め|弱体|縮小|減ら|削減|減額|低減|下げ|引き下げ|低下|縮め|狭め|抑え|減少|後退|鈍化|薄め|緩め|緩和"),
    (r"促進|推進|促|後押し|進め|加速|奨励|開始|始め", r"妨げ|阻止|阻|抑制|止め|停止|凍結|中止|停滞|遅らせ|先送り|見送|棚上げ|断念|控え|中断"),
    (r"支持|賛成|賛同|歓迎|評価|支援|協力|受け入れ|認め|容認|肯定", r"反対|拒否|拒絶|批判|非難|排除|退け|断る|否定|妨害"),
    (r"撤廃|廃止|解除|なくす|取り除|除去", r"導入|設け|設置|維持|強化|存続|創設|課す|続け"),
    (r"改善|好転|安定化|良く|回復|復活", r"悪化|悪く|不安定化|損な|低下|害|劣化|崩"),
    (r"含め|含む|含ま|加え|加わ|入れ|参加", r"除く|除い|外し|外す|除外|排除|抜き"),
    (r"公開|公表|広く知|広報|周知|公然", r"秘密|機密|極秘|内密|隠|伏せ|非公開"),
    (r"共同|協力して|連携|一緒|ともに|緊密", r"単独|個別|ばらばら|別々|各国ごと|独力|切り離"),
    (r"統合|一体|組み込|一本化|合流", r"分離|別個|区別|異なる形|独立した|切り離|解体|分裂"),
    (r"可能|できる|あり得る|ありうる", r"不可能|できない|あり得ない|ありえない"),
    (r"楽観", r"悲観|危機感|警戒"),
    (r"有効|効果的|有益|資す|プラス|利益|役立", r"無効|無益|効果がな|マイナス|不利益|損害|害"),
    (r"十分|整って|足りて", r"不十分|不足|足り(?:ない|ず)|欠如|乏し|とはいえ|脆弱"),
    (r"重視|優先|重点|重要", r"軽視|軽ん|後回し|二の次|重要でな|些細|重要性は低"),
    (r"過大評価|過大", r"過小評価|過小|軽視"),
    (r"大きく異な|大きな違い|刷新|根本的|抜本", r"おおよそ同じ|ほぼ同じ|従来(?:通り|どおり)|変わらない|踏襲|同じ政策|引き継"),
    (r"早期|早急|速やか|すみやか|急いで|迅速|直ち|至急", r"ゆっくり|時間をかけ|段階的に|遅く|徐々に|長期的に|慎重に時間"),
    (r"上昇|高騰|高金利|ドル高|増値|切り上げ", r"下落|急落|低金利|ドル安|減価|切り下げ"),
    (r"集中|集約", r"分散|散"),
    (r"長期的|中長期", r"短期的|当面"),
    (r"返還|返す", r"管理下|保有|米軍の管理"),
    (r"民主|自由な|自由度の高い", r"独裁|権威主義|強権"),
    (r"前に|以前|まえ|先立", r"後に|以後|あとに|事後"),
    (r"あらかじめ|事前|前もって|先に", r"事後|後から|あとから|起きてから"),
    (r"増え|増加|上昇|高まり", r"減っ|減り|減少|縮小|低下|下がっ"),
    (r"拡大|広が", r"収束|縮小|沈静|終息"),
    (r"歯止め|防ぐ|防止|回避|避け", r"促す|招く|容認|放置"),
    (r"理解|共有", r"無視|誤解|対立"),
    (r"緩や|緩い", r"厳格|厳し|拘束力|厳密|法的拘束"),
    (r"公式", r"非公式"), (r"義務", r"任意|自発"),
    (r"ためらう(?:べきで|こと)|躊躇", r"積極的に受け入れ"),
    (r"大きな|より大きい|重い", r"小さな|小さく|より小さ|軽い"),
    (r"同盟国", r"敵対国|競争相手"), (r"多国間|マルチ", r"二国間|単独"),
    # English
    (r"maintain|keep|preserv|uphold|retain|continu|adhere|abide|remain|compl(?:y|iance)|stay|honou?r|sustain|protect", r"abandon|abrogat|withdraw|scrap|discard|quit|leav|terminat|nullif|drop|end(?:ed|ing)?\b|renounc|abolish|dismantl|replac|revis|rewrit|alter|change|give up|giving up|wind down"),
    (r"strengthen|reinforc|expand|increas|rais(?:e|ing)|enhanc|improv|deepen|widen|boost|step up|enlarg|broaden|grow|bolster|intensif|tighten|lift|fuller|more\b|bigger|greater|upgrad|elevat|heighten|higher|extend", r"weaken|reduc|cut|lower|shrink|scal(?:e|ing) (?:back|down)|decreas|diminish|narrow|limit|curtail|loosen|relax|eas(?:e|ing)\b|less(?:en)?\b|fewer|smaller|roll back|downsiz|trim|undermin|declin|fall(?:s|ing)?\b|slow"),
    (r"promot|advanc|accelerat|encourag|pursu|hasten|start|begin|launch|proceed|urge|foster|facilitat|move forward|push", r"halt|stop|freez|suspend|delay|postpon|block|hinder|discourag|put on hold|prevent|refrain|paus|shelv|ceas|defer|slow"),
    (r"support|back|endors|welcom|accept|embrac|favou?r|approv|assist|help|allow|admit|permit|recogni[sz]|acknowledg", r"oppos|reject|refus|resist|den(?:y|ies|ied)|criticiz|condemn|exclud|bar\b|forbid|prohibit|ignor|dismiss|object"),
    (r"abolish|remov|eliminat|scrap|lift|do away with|end\b", r"introduc|impos|retain|maintain|tighten|strengthen|keep|preserv|establish|expand"),
    (r"improv|better|mend|stabili[sz]|restor|recover|reviv", r"worsen|deteriorat|harm|damag|destabili[sz]|hurt|degrad|undermin"),
    (r"includ|involv|bring(?:s|ing)? in|along with|as well as|with the participation", r"exclud|without|except|leav(?:e|ing) out|omit|keep(?:ing)? out|apart from"),
    (r"public|openly|transparen|disclos|widely", r"confidential|secret|privately|quiet|behind closed"),
    (r"joint|together|collectiv|coordinat|cooperat|in concert|as a group|common", r"separate|individual|alone|unilateral|one by one|independent|on (?:its|their) own"),
    (r"integrat|fold|merg|combin", r"distinct|separat|apart"),
    (r"possible|can\b|able", r"impossible|cannot|unable"),
    (r"sufficient|adequate|enough|ample|plenty", r"insufficient|lacking|inadequa|short(?:age|fall)|not enough|limited"),
    (r"overestimat|oversold|overstat|exaggerat", r"underestimat|undersold|understat|sold short|belittl"),
    (r"likely|probabl", r"unlikely|improbabl"),
    (r"necessary|needed|indispensable|essential|required|vital|crucial|important|priorit", r"unnecessary|not needed|dispensable|optional|unimportant|irrelevant|needless"),
    (r"effective|beneficial|useful|benefit|in the interest", r"ineffective|harmful|useless|against the interest|detriment|counterproductive"),
    (r"optimis", r"pessimis"), (r"before|in advance|ahead|beforehand|prior", r"after the fact|afterwards?|afterward|later|once .* occurred|retroactiv"),
    (r"appreciat(?:e|ion)|strong dollar|rising", r"depreciat|weak dollar|falling"),
    (r"loose|voluntary|informal|nonbinding", r"binding|strict|mandatory|legally|formal"),
    (r"near|close", r"far|distant"), (r"quick|prompt|rapid|urgent|early|fast|swift|immediate|without delay", r"gradual|slow|eventual|patient|unhurried|in due course"),
    (r"multilateral", r"bilateral|unilateral"), (r"succeed|success|stopped|halted", r"fail|merely gave|far from stopping"),
    (r"trust|confidence", r"distrust|suspicion"), (r"rise|risen|growth|pick up|gain|increas", r"fall|decline|chill|drop|loss|shrink|decreas|stagnat"),
    (r"return|handed? back|give(?:n)? back", r"remain under|retain|keep control|under U\.S\. control"),
    (r"follow|continu|same|inherit|took over|carried on", r"differ|depart|abandon|break with|dropped|reversed"),
    (r"attend|show up|take part|join", r"miss\b|boycott|absent"), (r"出席|参加|加わ", r"欠席|見送|不参加"),
    (r"realistic|predictable", r"unrealistic|unpredictable"), (r"offensive", r"defensive"),
    (r"wise|sound|good idea|advisable", r"unwise|not a wise|ill-advised|mistake"),
    (r"domestic|homegrown", r"imported|foreign-made"), (r"stable|stability", r"unstable|instability|turmoil"),
)  # fmt: skip


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})" if not pattern.isascii() else rf"\b(?:{pattern})")


_BEFORE, _AFTER = 24, 12
"""Characters before and after a word in which a negation denies it."""
_OPPOSITES = tuple((_compiled(one), _compiled(other)) for one, other in _PAIRS)


def fold(text: str) -> str:
    """The form in which a text is read here."""
    return unicodedata.normalize("NFKC", text).replace("’", "'").casefold()


def negations(text: str) -> int:
    """How many negations a text holds; what only looks like one is not counted."""
    return len(_NEGATION.findall(_NO_NEGATION.sub(" ", fold(text))))


def opposed(text: str, said: str, all_said: str) -> int:
    """How many pairs of opposites stand apart: one word in the text alone, the other in what is said alone.

    `said` is the wording that the text rests on; `all_said` everything that the cited passages say. A word of which
    they say nothing at all counts twice; one that is denied in the text itself does not count.
    """
    text, said, all_said = fold(text), fold(said), fold(all_said)
    found = 0
    for one, other in _OPPOSITES:
        for mine, theirs in ((one, other), (other, one)):
            match = mine.search(text)
            if match and theirs.search(said) and not mine.search(said) and not theirs.search(text):
                beside = text[max(0, match.start() - _BEFORE) : match.start()], text[match.end() : match.end() + _AFTER]
                if not any(map(negations, beside)):
                    found += 1 if mine.search(all_said) else 2
    return found


def negated(text: str, *, japanese: bool) -> str:
    """The contrary of a sentence, by its verb; crude, for an encoder to compare with."""
    for affirmed, denied in _JAPANESE_CONTRARIES if japanese else _ENGLISH_CONTRARIES:
        if affirmed in text:
            return text.replace(affirmed, denied, 1)
    return text.rstrip("。") + "ということはない。" if japanese else f"It is not true that {text}"


_JAPANESE_CONTRARIES = (
    ("べきではない", "べきである"), ("べきである", "べきではない"), ("なければならない", "てはならない"), ("重要", "重要でない"),
    ("望ましい", "望ましくない"), ("必要がある", "必要はない"), ("している", "していない"), ("である。", "ではない。"),
    ("した。", "しなかった。"), ("する。", "しない。"),
)  # fmt: skip
_ENGLISH_CONTRARIES = (
    (" should not ", " should "), (" should ", " should not "), (" must ", " must not "), (" is ", " is not "),
    (" are ", " are not "), (" has ", " has not "),
)  # fmt: skip
