"""Freely written sentences are held against what they cite: right ones pass, wrong ones of every kind are caught."""

# ruff: noqa: E501 - sentences are read whole
from __future__ import annotations

import pytest

from assistant.checking.modality import modes
from assistant.checking.polarity import negations, opposed
from assistant.checking.verdict import load_model
from assistant.domain import Language, PassageId
from assistant.errors import CorpusError
from assistant.language import detect_language

RIGHT = {
    "A-5": ["日本は、日米豪や日米韓、日米印といった三国間の安保協力の枠組みを育むべきだという。"],
    "A-6": ["Russia's cooperation matters to both allies in building closer relations with Central Asia.",
            "プーチン政権はロシア極東の経済と社会の改善を重んじている。"],
    "B-1-4": ["日本は海上保安庁と海上自衛隊の能力を引き上げることが望ましいとされる。"],
    "B-2-1": ["北朝鮮の核・ミサイル開発の急速な進展を踏まえ、日米の共同作戦計画は早急に刷新すべきである。"],
    "B-2-2": ["The number of radar satellites would be doubled under the plan for ten satellites.",
              "情報収集衛星は、平成10年の北朝鮮による弾道ミサイル発射を受けて緊急に導入された。"],
    "B-3-1": ["Government leaders of both countries should attend the East Asia Summit without fail."],
    "C-1": ["米国はイラン核合意を維持すべきである。"],
    "C-3": ["日本にとって、インドとの関係を防衛と経済の両面で深めることは戦略的利益となる。"],
    "D-1-2": ["The NATO countries aim to raise defense spending to two percent of GDP by 2024."],
    "D-1-6": ["ジブチの基地は、将来は日本の政府機関の中東・北アフリカ活動の中継地にもなりうる。"],
    "D-1-7": ["Japan will be a relay point for the Marines, and needs to expand its logistics support capability."],
    "D-3-2": ["サイバー防衛隊の任務は、防衛省と自衛隊のシステムとネットワークの防衛に限られる。"],
    "D-3-5": ["Large-scale, important events become ideal targets for cyberattacks."],
    "D-3-6": ["Russia has been mounting hybrid attacks that combine false information with physical attacks."],
    "E-6": ["The U.S. government should not put political pressure on the Federal Reserve Board."],
    "E-7": ["日本はTPPをモデルとして、質の高い自由化の実現に努めるべきである。"],
    "E-9": ["人民元の切り下げ圧力は、世界経済の不安定要因にもなっている。"],
    "E-10": ["The two countries should consider introducing carbon pricing to prevent global warming."],
    "F-3": ["知的プラットフォームの枠組みは、将来、友好国のインドやベトナムにも広げることが重要である。"],
}  # fmt: skip
WRONG = {
    "figure": {
        "A-7": ["日本のサイバー部隊は、米国の3分の1ほどの規模である。",
                "Japan’s cyber units are about one-eighth the size of those of the United States."],
        "B-2-1": ["1994年に米国防総省が北朝鮮空爆を検討した際、死傷者は「30万人を超える」と予想された。",
                  "Casualties in an all-out attack on Seoul were forecast to exceed 200,000."],
        "B-2-2": ["情報収集衛星は、平成8年の北朝鮮による弾道ミサイル発射を受けて緊急に導入された。",
                  "The plan is to expand the satellites to a 14-satellite configuration by fiscal 2024."],
        "D-1-2": ["NATO諸国は、2024年までに防衛費をGDP比5％に引き上げることを目標としている。",
                  "The next Mid-Term Defense Program lasts eight years from fiscal 2019.",
                  "Japan should double its defense spending."],
        "intro-2": ["自由度の高い民主主義になった国は、21世紀にはいるころには120カ国を超えた。"],
        "E-10": ["The Paris Agreement was adopted in 2018."],
    },
    "name": {
        "A-6": ["日米は、モンゴルとドイツを含めた地域に関して対話を進めるべきである。",
                "Dialogue with Turkey is indispensable for achieving stability in the Middle East."],
        "A-4": ["日米は、台湾が今後も協力の枠組みに留まるように働きかけるべきである。"],
        "C-3": ["Japan should deepen relations with Vietnam in defense and economics."],
        "D-3-4": ["Japan and the United States should join the Budapest Convention on cybercrime."],
        "E-9": ["日米とIMFは、人民元の急落を避けるため中国に助言すべきである。"],
        "B-3-2": ["Japan should support the coast guards of Vietnam, the Philippines and Thailand."],
        "D-1-9": ["米国のFEMAと日本の関係機関の協議枠組みを構築すべきである。"],
    },
    "quotation": {
        "B-2-3": ["オバマ政権は「戦略的対話」を北朝鮮政策の柱とした。"],
        "D-1-5": ["提言は「自衛隊が米軍のグアム基地の一部を借りて駐留することが望まれる」と述べている。"],
        "F-4": ["Japan and the United States will practice the “separation of East and West” on their own initiative."],
    },
    "actor": {
        "D-2-4": ["The new U.S. administration should point out to Japan the importance of gray-zone situations in Asia."],
        "D-3-1": ["サイバー攻撃に対するアトリビューション能力の向上のため、日本は米国に対する技術的な支援を行うべきである。"],
        "B-3-2": ["Japan should steadily advance its military rebalance to Asia in security policy."],
        "E-3": ["米国は、シェアリング・エコノミーについて日本をモデルとして導入を検討すべきである。"],
        "A-2": ["Japan is called on to pursue a robust strategy toward China."],
    },
    "negation": {
        "E-6": ["米国政府は、連邦準備制度理事会（FRB）に政治的な圧力を加えるべきである。"],
        "C-1": ["The United States should withdraw from the nuclear agreement reached between Iran and the major powers."],
        "B-1-5": ["日米は、東南アジアにおける米軍のプレゼンスを縮小すべきである。"],
        "A-4": ["A framework for consultations excluding China and Russia also needs to be created."],
    },
    "modality": {
        "E-10": ["日米は、カーボン・プライシングの導入をすでに決定した。",
                 "Japan and the United States have already agreed to introduce carbon pricing."],
        "A-6": ["The Japan-U.S.-Russia consultation framework has already been established."],
        "F-3": ["知的プラットフォームの枠組みは、すでにインドとベトナムに広げられている。"],
        "D-1-5": ["The two countries have concluded a new status of forces agreement for Guam."],
        "A-3": ["日本は独自のカウンター攻撃能力を整備するため、精密誘導兵器の導入を決定した。"],
    },
    "neighbour": {
        "D-1-5": ["ジブチは、アデン湾周辺での海賊の掃討にとって重要な場所である。"],
        "D-3-2": ["Japan and the United States should prepare graduated penalties for attackers in advance."],
        "B-1-2": ["中国側が日米の意図を取り違えることは避けなければならない。"],
        "E-5": ["Corporate debt in China should be lowered promptly and capital controls abolished."],
    },
    "invented": {
        "D-1-7": ["海兵隊を支えるため、日本は佐世保に新しい補給倉庫と弾薬庫を建設すべきである。"],
        "F-1": ["The dialogue should be financed by a permanent endowment from private foundations and universities."],
        "C-4": ["日米は、アフリカの若者に奨学金を与える財団をナイロビに設立すべきである。"],
        "D-3-5": ["Organizers of mega-events should hire bug-bounty hunters and insure stadiums against outages."],
    },
}  # fmt: skip
RIGHT_CASES = [pytest.param(text, cited, id=f"{cited}-{n}") for cited, of in RIGHT.items() for n, text in enumerate(of)]
WRONG_CASES = [
    pytest.param(text, cited, id=f"{kind}-{cited}-{n}")
    for kind, by_passage in WRONG.items()
    for cited, texts in by_passage.items()
    for n, text in enumerate(texts)
]


@pytest.fixture(scope="module")
def check(assistant):
    """The check as the assistant has it."""
    return assistant.check_written


@pytest.mark.parametrize(("text", "cited"), RIGHT_CASES)
def test_right_sentences_pass(check, text, cited):
    """A true paraphrase passes, and rests on sentences of what it cites."""
    verdict = check(text, [PassageId.parse(cited)], detect_language(text))
    assert verdict.faults == ()
    assert {str(key) for key, _ in verdict.sentences} == {cited}


@pytest.mark.parametrize(("text", "cited"), WRONG_CASES)
def test_wrong_sentences_are_caught(check, text, cited):
    """A sentence that is wrong in any of the stated ways has a fault."""
    assert check(text, [PassageId.parse(cited)], detect_language(text)).faults


ALTERED = [
    pytest.param("In the medium to long term, Japan and the United States should encourage China to restore the renminbi’s convertibility, through monthly meetings of ministers.", "E-9", "through monthly meetings of ministers", id="detail"),
    pytest.param("日米は、秘密裏に、ASEANプラスの各種会合をインド・太平洋の共通課題討議の場として活用・強化すべきである。", "B-3-1", "秘密裏に", id="detail-ja"),
    pytest.param("Japan and the United States must by treaty consider the introduction of carbon pricing to prevent global warming.", "E-10", "must by treaty", id="strength"),
    pytest.param("日本だけが、朝鮮半島の新たな現実に対し、可能な限り万全の態勢を構築するべきである。", "B-2-1", "only", id="strength-ja"),
    pytest.param("In Djibouti, the United States operates units by borrowing part of the U.S. military base.", "D-1-6", "us", id="actor"),
    pytest.param("日本が既存の自由貿易体制などの修正を今後どう進めてゆくのか、全体の姿が予見可能な状況でなければ、経済活動は萎縮するだろう。", "E-1", "japan", id="actor-ja"),
    pytest.param("The Japan-U.S. bilateral dialogue with a view to the unification of the Korean Peninsula should be started at various levels such as Track 3, Track 1.5, and Track 2.", "B-2-4", "3", id="figure"),
    pytest.param("朝鮮半島統一に向けた日米の二国間対話は、トラック3、トラック1.5、トラック2など様々なレベルで開始するべきである。", "B-2-4", "3", id="figure-ja"),
    pytest.param("日米と中国の間では、経済的な相互依存と戦略的な競争が同時に、かつ高いレベルで進行していない。", "B-1-1", "ない", id="turned-ja"),
]  # fmt: skip
FAITHFUL = [
    pytest.param("According to the proposal, Japan and the United States should consider introducing carbon pricing to prevent global warming.", "E-10", id="reworded"),
    pytest.param("本提言によれば、日米は、ASEANプラスの各種会合をインド・太平洋の共通課題討議の場として活用・強化すべきである。", "B-3-1", id="reworded-ja"),
    pytest.param("An oversight system should be built to prevent intelligence agencies from running out of control.", "D-3-1", id="demand"),
    pytest.param("In Djibouti, Japan operates units by borrowing part of the American military base.", "D-1-6", id="actor"),
    pytest.param("日米と中国の間では、経済的な相互依存と戦略的な競争が同時に、かつ高いレベルで進んでいる。", "B-1-1", id="same-sense-ja"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cited", "what"), ALTERED)
def test_what_is_altered_in_a_copy_is_named(check, text, cited, what):
    """What a near copy adds, exchanges, turns round or puts more strongly is a hard fault of its own."""
    _, faults = check.evidence(text, [PassageId.parse(cited)], detect_language(text))
    assert what in [altered.strip() for _, altered in faults]


@pytest.mark.parametrize(("text", "cited"), FAITHFUL)
def test_a_copy_in_other_words_is_faithful(check, text, cited):
    """Other words in the place of the text's own alter nothing."""
    _, faults = check.evidence(text, [PassageId.parse(cited)], detect_language(text))
    assert faults == ()


@pytest.mark.parametrize("language", Language)
def test_every_point_passes_with_its_own_passage_alone(check, proposal, language):
    """All points pass at once with the passage that they restate, and fail with any other that does not say the same."""
    passages = list(proposal.passages.values())
    for position, passage in enumerate(passages):
        other = passages[position - 1]
        elsewhere = "".join(other.verbatim(n, language) for n in range(len(other.sentences) + 1))
        for point in passage.points:
            verdict = check(point.text[language], [passage.id], language)
            assert verdict.faults == ()
            assert set(verdict.sentences) == {(passage.id, number) for number in point.sentences}
            if point.text[language].rstrip("。.") not in elsewhere:
                assert check(point.text[language], [other.id], language).faults


def test_a_sentence_of_the_text_rests_on_itself(check, proposal):
    """Words of the text pass with the sentence in which they stand."""
    passage = proposal.passages[PassageId.parse("E-10")]
    assert check(passage.sentences[0].text, [passage.id], Language.JAPANESE).sentences == ((passage.id, 1),)


@pytest.mark.parametrize(
    ("cited", "fault"),
    [pytest.param([], "it cites no passage", id="none"), pytest.param(["A-99"], "no passage A-99", id="unknown")],
)
def test_a_citation_must_exist(check, cited, fault):
    """A sentence without a citation, or with one that does not exist, never passes."""
    verdict = check("Japan should act.", [PassageId.parse(key) for key in cited], Language.ENGLISH)
    assert fault in verdict.faults[0]


def test_faults_name_what_is_wrong(check):
    """A figure that is nowhere in the passages is named."""
    verdict = check("情報収集衛星を2024年度までに25基に増やす。", [PassageId.parse("B-2-2")], Language.JAPANESE)
    assert verdict.faults == ("figure not in the passages cited: 25",)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("破棄すべきではない。", 1, id="ja"),
        pytest.param("強化しなければならない。", 0, id="must"),
        pytest.param("エリートだけでなく国民も参加する。", 0, id="not-only"),
        pytest.param("躊躇すべきでない。", 2, id="no-hesitation"),
        pytest.param("It should not be abolished.", 1, id="en"),
        pytest.param("Leaders should attend without fail.", 0, id="without-fail"),
        pytest.param("There should be no hesitation.", 2, id="no-hesitation-en"),
    ],
)
def test_negations_are_counted(text, count):
    """What only looks like a negation is none; a denied hesitation is two."""
    assert negations(text) == count


@pytest.mark.parametrize(
    ("text", "said", "opposite"),
    [
        pytest.param("核合意を破棄すべきである", "核合意を維持すべきである", True, id="ja"),
        pytest.param("資本規制の強化を求める", "資本規制の撤廃を求める", True, id="abolish"),
        pytest.param("核合意を破棄すべきではない", "核合意を維持すべきである", False, id="denied"),
        pytest.param("They should abrogate the deal", "They should maintain the deal", True, id="en"),
        pytest.param("They should not abrogate the deal", "They should maintain the deal", False, id="denied-en"),
        pytest.param("They should keep the deal", "They should maintain the deal", False, id="same"),
    ],
)
def test_opposites_stand_apart(text, said, opposite):
    """A word and its opposite are seen, unless the word is denied."""
    assert bool(opposed(text, said, said)) is opposite


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        pytest.param("導入を検討すべきである。", "consider", id="consider"),
        pytest.param("すでに導入した。", "done", id="done"),
        pytest.param("急がなければならない。", "must", id="must"),
        pytest.param("望ましい。", "desirable", id="desirable"),
        pytest.param("They have already agreed.", "done", id="done-en"),
        pytest.param("It should explore options.", "consider", id="consider-en"),
        pytest.param("It must act.", "must", id="must-en"),
        pytest.param("It is to be hoped.", "desirable", id="desirable-en"),
    ],
)
def test_modality_is_read(text, mode):
    """How strongly a sentence puts things is read in both languages."""
    assert mode in modes(text)


def test_the_assistant_has_the_check(assistant, check):
    """The assistant's own check, over its index, judges as the one without an index."""
    text, cited = "日本のサイバー部隊の規模はアメリカの約6分の1にとどまる。", [PassageId.parse("A-7")]
    found = assistant.check_written(text, cited, Language.JAPANESE)
    assert found == check(text, cited, Language.JAPANESE)
    assert not found.faults


def test_a_broken_model_is_told(tmp_path):
    """A file that holds no model is an error that says what to do."""
    with pytest.raises(CorpusError, match="check_figures --fit"):
        load_model(tmp_path / "calibration.json")
