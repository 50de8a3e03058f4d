"""What this project wrote about the source says what the source says: translation, points, enrichment, glossary."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest

from assistant.corpus_files import read_absent_subjects, read_enrichment, read_not_given, read_small_talk
from assistant.domain import Aspect, Label, LabelKind, Language
from assistant.figures import figures, typed_figures
from assistant.labels import LabelReader
from assistant.language import detect_language, fold
from assistant.words import content_words

LATIN = re.compile(r"[a-z][a-z0-9./&-]*[a-z0-9]|[a-z]")
RENDERED = {"ob": "former government officials|former officials"}
"""Latin words of the Japanese that are no English, with what renders them."""
CAPITALISED = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9.]*(?<!\.)")
"""Acronyms, and words that open with a capital."""
OPENING = re.compile(r"(?:^|(?<=[.?!] ))[“‘]?$")
"""What stands before a word that opens a sentence."""
FOREIGN = re.compile(r"[ァ-ヺー]{2,}|[A-Za-z][A-Za-z0-9.]*(?<!\.)")
"""Katakana words and Latin words in Japanese."""
DERIVED = {"Asian": "Asia", "Japanese": "Japan", "Secretary": "secretary", "General": "general", "Mr": ""}
"""Adjectives and titles, with what of the passage's own words they come from."""
ONE_KANJI = {"インド": "印", "ベトナム": "越", "ロシア": "露"}
"""Countries that the source abbreviates to one character and the glossary therefore does not list."""
SAME = 0.7
"""Of the content words of two points, the share in common above which they say the same. The nearest two points that
say different things (D-1-9, 4 and 5: to hold training regularly, to show leadership in it) have .69."""
NEAR_IDENTICAL = 0.8
"""Of the three-letter pieces of two questions, the share in common above which one is a copy of the other."""
EVALS = Path(__file__).parent.parent / "evals"
IMPLIED = {
    ("B-2-4", "north-korea"): "日本人拉致問題",
    ("D-1-2", "us-forces"): "配備される部隊や兵器",
    ("D-1-2", "nato-2-percent-target"): "2％に引き上げる",
    ("D-1-7", "us-forces"): "米国海兵隊",
    ("D-1-8", "us-forces"): "横田空軍基地",
    ("E-1", "trump-administration"): "政権交代",
}
"""Labels that stand in their passage by none of their names, with the words that mean them."""
NOT_MEANT = {("intro-1", "security-council"), ("D-1-6", "gulf")}
"""Names that stand there by accident: the National Security Council is not the United Nations', the Gulf of Aden not
the Persian Gulf."""
SMALL = {Fraction(1), Fraction(2)}
"""“One” and “two” are pronouns and articles too: “the two countries”, 「見直しの一つ」."""


@pytest.fixture(scope="module")
def enrichment(corpus):
    """The aids to finding, by passage."""
    return read_enrichment(corpus)


@pytest.fixture(scope="module")
def not_given(corpus):
    """The details that passages do not give, and the look-alikes that they do answer, by passage."""
    return read_not_given(corpus)


@pytest.fixture(scope="module")
def absent(corpus):
    """The subjects that the proposal does not treat."""
    return read_absent_subjects(corpus)


@pytest.fixture(scope="module")
def glossary(corpus):
    """The rows of the glossary: Japanese terms, English terms, remark."""
    lines = (corpus / "glossary.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    return [tuple(line.split("\t")) for line in lines]


@pytest.fixture(scope="module")
def sentences(proposal):
    """Every heading and sentence: passage, Japanese sentence, and its English."""
    return [
        (passage, sentence, passage.verbatim(sentence.number, Language.ENGLISH))
        for passage in proposal.passages.values()
        for sentence in (passage.heading, *passage.sentences)
    ]


def _plain(text):
    """Width and case folded, and the stops of abbreviations dropped."""
    return unicodedata.normalize("NFKC", text).lower().replace(".", "")


def _printed(values):
    return sorted(map(str, values))


def _stands(word, text, language):
    """Whether a Latin word of the source, or in English what renders it, stands in a text as a whole word."""
    expected = RENDERED.get(word, re.escape(word)) if language is Language.ENGLISH else re.escape(word)
    return re.search(rf"(?<![a-z0-9])(?:{expected})(?![a-z0-9])", _plain(text)) is not None


def _terms(cell):
    """The terms in a cell of the glossary, without white space in Japanese."""
    return [term.strip(" ）)") for term in re.split(r"[、/;（(]", cell) if term.strip(" ）)")]


def test_every_figure_of_the_japanese_is_in_the_english(sentences):
    """No number or date is lost or changed in translation."""
    lost = [
        (str(passage.id), sentence.number, _printed(figures(sentence.text) - figures(english)))
        for passage, sentence, english in sentences
        if not figures(sentence.text) <= figures(english)
    ]
    assert lost == []
    assert sum(bool(figures(sentence.text)) for _, sentence, _ in sentences) > 20


def test_no_figure_is_added_in_the_english(sentences):
    """What the translation writes in digits stands in the Japanese."""
    added = [
        (str(passage.id), sentence.number, _printed(set(typed_figures(english)) - figures(sentence.text)))
        for passage, sentence, english in sentences
        if not set(typed_figures(english)) <= figures(sentence.text)
    ]
    assert added == []


def test_every_latin_word_of_the_japanese_is_in_the_english(sentences):
    """Acronyms and names in Latin letters (ASEAN, THAAD, NATO, G7 …) are kept as whole words."""
    found, lost = Counter(), []
    for passage, sentence, english in sentences:
        for word in LATIN.findall(_plain(sentence.text)):
            found[word] += 1
            if not _stands(word, english, Language.ENGLISH):
                lost.append((str(passage.id), sentence.number, word))
    assert lost == []
    assert {"asean", "thaad", "nato", "g7", "nsc", "tpp", "wto", "gdp", "co2"} <= set(found)


def test_the_translation_has_no_japanese_left(sentences):
    """The English is English throughout."""
    assert [english for _, _, english in sentences if detect_language(english) is not Language.ENGLISH] == []


def test_every_source_sentence_has_a_point(proposal):
    """Nothing that the proposal says is out of reach of an answer: each heading and sentence is restated."""
    silent = [
        (str(passage.id), sentence.number)
        for passage in proposal.passages.values()
        for sentence in (passage.heading, *passage.sentences)
        if not any(sentence.number in point.sentences for point in passage.points)
    ]
    assert silent == []


@pytest.mark.parametrize("language", Language)
def test_every_figure_and_latin_word_of_the_source_is_in_a_point(proposal, language):
    """Every number, date, Latin name and acronym of a passage can be had from one of its points, in both languages."""
    lost = []
    for passage in proposal.passages.values():
        said = [point.text[language] for point in passage.points]
        numbers = frozenset().union(*map(figures, said))
        for sentence in (passage.heading, *passage.sentences):
            lost += [(str(passage.id), sentence.number, str(value)) for value in figures(sentence.text) - numbers]
            lost += [
                (str(passage.id), sentence.number, word)
                for word in LATIN.findall(_plain(sentence.text))
                if not _stands(word, "\n".join(said), language)
            ]
    assert lost == []


@pytest.mark.parametrize("language", Language)
def test_every_figure_of_a_point_stands_in_its_sentences(proposal, language):
    """A point adds no number: each stands in the sentences that it restates or in the heading, in either language."""
    added = []
    for passage in proposal.passages.values():
        for point in passage.points:
            restated = [passage.verbatim(number, said) for number in {0, *point.sentences} for said in Language]
            text = point.text[language]
            stand = frozenset().union(*map(figures, restated))
            unsaid = figures(text) - (SMALL - set(typed_figures(text))) - stand
            if unsaid:
                added.append((str(passage.id), point.number, _printed(unsaid)))
    assert added == []


def _around(passage, language):
    """All that the proposal says and prints around a passage: heading, body, titles of section and subsection."""
    sections = [section for section in (passage.section, passage.subsection) if section]
    return "\n".join([passage.title[language], passage.body[language], *(s.title[language] for s in sections)])


def test_every_english_name_of_a_point_stands_in_its_passage(proposal, glossary):
    """A point adds no name: it stands in the passage, its heading or its section, or renders a term there."""
    words = {word for p in proposal.passages.values() for word in re.findall("[A-Za-z]+", p.body.en)}
    found, added = 0, []
    for passage in proposal.passages.values():
        japanese = "".join(unicodedata.normalize("NFKC", _around(passage, Language.JAPANESE)).split())
        english = _around(passage, Language.ENGLISH)
        for row in glossary[1:]:
            terms = ["".join(unicodedata.normalize("NFKC", term).split()) for term in _terms(row[0])]
            renderings = _terms(row[1])
            if any(t in japanese for t in terms) or any(r in english for r in renderings if " " in r):
                english += "\n" + row[1]
        english = english.replace(".", "")
        for point in passage.points:
            for match in CAPITALISED.finditer(point.text.en):
                if OPENING.search(point.text.en[: match.start()]) and (
                    match[0].lower() in words or match[0] not in words
                ):
                    continue  # no name, but the word that opens the sentence
                name = match[0].replace(".", "")
                stem = DERIVED.get(name, name)
                found += 1
                if not re.search(rf"(?<![A-Za-z0-9]){stem}" + ("(?![A-Za-z0-9])" if stem == name else ""), english):
                    added.append((str(passage.id), point.number, match[0]))
    assert added == []
    assert found > 1000


def test_every_foreign_word_of_a_japanese_point_stands_in_its_passage(proposal, glossary):
    """A point adds no katakana name and no acronym: each stands around the passage, or is in a glossary term there."""
    found, added = 0, []
    for passage in proposal.passages.values():
        around = "".join(unicodedata.normalize("NFKC", _around(passage, Language.JAPANESE)).split())
        around += "\n".join("\t".join(row) for row in glossary[1:] if any(term in around for term in _terms(row[0])))
        for point in passage.points:
            for match in FOREIGN.finditer(unicodedata.normalize("NFKC", point.text.ja)):
                found += 1
                if match[0] not in around and ONE_KANJI.get(match[0], match[0]) not in around:
                    added.append((str(passage.id), point.number, match[0]))
    assert added == []
    assert found > 500


def test_a_point_says_the_same_figures_in_both_languages(proposal):
    """What a point writes in digits in one language it says in the other."""
    differ = [
        (str(passage.id), point.number)
        for passage in proposal.passages.values()
        for point in passage.points
        if figures(point.text.ja) - SMALL - {Fraction(3)} - figures(point.text.en)  # 日米ロ3カ国: named one by one
        or {value for value in typed_figures(point.text.en) if value not in figures(point.text.ja)}
    ]
    assert differ == []


def test_a_point_is_said_in_both_languages(proposal):
    """Each point is Japanese in Japanese and English in English, ends like a sentence, and says one thing."""
    for passage in proposal.passages.values():
        for point in passage.points:
            assert detect_language(point.text.ja) is Language.JAPANESE
            assert detect_language(point.text.en) is Language.ENGLISH
            assert point.text.ja.endswith("。")
            assert point.text.ja.count("。") == 1
            assert point.text.en.endswith((".", ".”"))


def test_no_passage_says_a_point_twice(proposal):
    """The points of a passage differ in both languages."""
    for passage in proposal.passages.values():
        for language in Language:
            assert len({point.text[language] for point in passage.points}) == len(passage.points)


def test_no_two_points_of_a_passage_say_the_same(proposal):
    """Two points of a passage never share nearly all content words in both languages."""
    alike = []
    for passage in proposal.passages.values():
        words = {
            point.number: [set(content_words(point.text[language])) for language in Language]
            for point in passage.points
        }
        for first, second in combinations(words, 2):
            pairs = zip(words[first], words[second], strict=True)
            if min(len(one & other) / len(one | other) for one, other in pairs) >= SAME:
                alike.append((str(passage.id), first, second))
    assert alike == []


def test_only_demands_and_means_have_actors(proposal):
    """A fact or a reason asks nobody to act."""
    asking = Counter(
        point.aspect for passage in proposal.passages.values() for point in passage.points if point.actor is not None
    )
    assert not set(asking) & {Aspect.FACT, Aspect.OUTLOOK}


def test_every_recommendation_asks_someone_to_act(proposal):
    """The heading's demands name the recommendation's actor, so that lists by actor leave none out."""
    assert [str(passage.id) for passage in proposal.recommendations if not passage.actors] == []


def test_every_passage_has_a_bank_of_questions(proposal, enrichment):
    """The question bank has 5,812 questions, and at least 40 of each passage in each language."""
    assert set(enrichment) == set(proposal.passages)
    few = {
        (str(passage_id), str(language)): count
        for passage_id, aids in enrichment.items()
        for language in Language
        if (count := sum(question.language is language for question in aids.questions)) < 40
    }
    assert few == {}
    assert sum(len(aids.questions) for aids in enrichment.values()) == 5812


def test_every_question_names_existing_points(proposal, enrichment):
    """The points that answer a question exist in its passage, each named once, at least one."""
    for passage_id, aids in enrichment.items():
        existing = {point.number for point in proposal.passages[passage_id].points}
        for question in aids.questions:
            assert question.points, (str(passage_id), question.text)
            assert set(question.points) <= existing
            assert len(set(question.points)) == len(question.points)


def test_no_question_is_asked_of_two_passages(enrichment):
    """A question of the bank belongs to one passage, once, however it is typed."""
    asked = Counter(fold(question.text) for aids in enrichment.values() for question in aids.questions)
    assert [text for text, count in asked.items() if count > 1] == []


def test_a_question_is_in_the_language_of_its_list(enrichment):
    """A question under `ja` is read as Japanese, one under `en` as English."""
    strays = [q.text for aids in enrichment.values() for q in aids.questions if detect_language(q.text) != q.language]
    assert strays == []


def test_other_passages_named_are_others(proposal, enrichment, absent):
    """What `also`, `related` and `nearest` name exists, is named once, and is not the passage itself."""
    named = [(key, question.also) for key, aids in enrichment.items() for question in aids.questions]
    named += [(key, aids.related) for key, aids in enrichment.items()]
    named += [(subject.key, subject.nearest) for subject in absent]
    wrong = [
        (str(key), list(map(str, others)))
        for key, others in named
        if key in others or not set(others) <= set(proposal.passages) or len(set(others)) < len(others)
    ]
    assert wrong == []
    assert {len(aids.related) for aids in enrichment.values()} == {3, 4}


def test_every_passage_has_a_brief_and_other_words(enrichment):
    """A brief and at least thirty other words in each language help to find every passage."""
    for aids in enrichment.values():
        assert detect_language(aids.brief.ja) is Language.JAPANESE
        assert detect_language(aids.brief.en) is Language.ENGLISH
        for language in Language:
            assert len(aids.words[language]) >= 30
            assert len(set(map(fold, aids.words[language]))) == len(aids.words[language])


def test_enrichment_is_not_the_proposals_text(proposal, enrichment):
    """No brief copies a sentence of the source or of the translation: it could be taken for a quotation."""
    for passage_id, aids in enrichment.items():
        passage = proposal.passages[passage_id]
        for sentence in passage.sentences:
            assert sentence.text.rstrip("。") not in aids.brief.ja
            assert passage.verbatim(sentence.number, Language.ENGLISH).rstrip(".") not in aids.brief.en


def test_every_passage_has_details_that_it_does_not_give(proposal, not_given):
    """At least five such questions a passage and language, and three look-alikes that the passage answers."""
    assert set(not_given) == set(proposal.passages)
    for row in not_given.values():
        for language in Language:
            assert len(row.not_given[language]) >= 5
            assert len(row.answered[language]) >= 3


def test_every_absent_subject_is_named_and_asked_about(absent):
    """294 subjects, each with three names and three questions in both languages, no name shared by two."""
    assert len(absent) == 294
    for subject in absent:
        for language in Language:
            assert len(subject.names[language]) >= 3
            assert len(subject.questions[language]) >= 3
            assert detect_language(subject.subject[language]) in {language, None}  # G20
    named = Counter(name for subject in absent for name in {fold(n) for key in Language for n in subject.names[key]})
    assert [name for name, count in named.items() if count > 1] == []


def test_no_absent_subject_stands_in_the_proposal(proposal, absent):
    """No name of a subject that the proposal does not treat is a word of the source or of the translation."""
    source = fold(proposal.source)
    english = "\n".join(f"{passage.title.en}\n{passage.body.en}" for passage in proposal.passages.values()).lower()
    treated = [
        (subject.key, name)
        for subject in absent
        for language in Language
        for name in subject.names[language]
        if re.search(rf"(?<![a-z0-9]){re.escape(name.lower())}(?![a-z0-9])", english)
        or (not name.isascii() and fold(name) in source)
    ]
    assert treated == []


def test_no_question_is_both_answered_and_not(enrichment, not_given, absent, corpus):
    """What the bank or a look-alike asks is never asked of an absent subject, for a detail not given or as talk."""
    answered = {fold(question.text) for aids in enrichment.values() for question in aids.questions}
    answered |= {fold(text) for row in not_given.values() for key in Language for text in row.answered[key]}
    others = [text for row in not_given.values() for key in Language for text in row.not_given[key]]
    others += [text for subject in absent for key in Language for text in subject.questions[key]]
    others += [text for row in read_small_talk(corpus).values() for key in Language for text in row[key]]
    assert [text for text in others if fold(text) in answered] == []


def _pieces(text):
    """The three-letter pieces of a question, without its punctuation."""
    text = f" {re.sub('[^0-9a-zぁ-ヺー一-鿿々]', '', fold(text))} "
    return frozenset(text[start : start + 3] for start in range(len(text) - 2))


def _copies(questions):
    """The ids of the questions that are near-identical to one of the evals; nothing of these is ever shown."""
    __tracebackhide__ = True
    asked = []
    for path in (*EVALS.glob("cases/*.jsonl"), *EVALS.glob("calibration/*.jsonl")):
        asked += [_pieces(json.loads(line)["question"]) for line in path.read_text(encoding="utf-8").splitlines()]
    holders = defaultdict(list)
    for number, pieces in enumerate(asked):
        for piece in pieces:
            holders[piece].append(number)
    copies = set()
    for key, text in questions:
        pieces = _pieces(text)
        shared = Counter(number for piece in pieces for number in holders.get(piece, ()))
        if any(count / (len(pieces) + len(asked[n]) - count) >= NEAR_IDENTICAL for n, count in shared.items()):
            copies.add(key)
    return copies, len(asked)


def test_no_question_is_one_of_the_evals(enrichment, not_given, absent):
    """No question of the bank, no look-alike and no decoy is near-identical to a question that scores or calibrates."""
    of_bank = {
        f"bank {key}/{language}": [q.text for q in aids.questions if q.language is language]
        for key, aids in enrichment.items()
        for language in Language
    }
    of_details = {
        f"{name} {key}/{language}": getattr(row, name)[language]
        for key, row in not_given.items()
        for name in ("answered", "not_given")
        for language in Language
    }
    of_absent = {f"absent {subject.key}/{key}": subject.questions[key] for subject in absent for key in Language}
    questions = [
        (f"{owner}/{number}", text)
        for owner, texts in (of_bank | of_details | of_absent).items()
        for number, text in enumerate(texts, start=1)
    ]
    copies, asked = _copies(questions)
    assert copies == set()
    assert asked > 2000


def test_places_institutions_and_instruments_stand_in_their_passages(proposal):
    """A passage has such a label only where one of its names, or the words stated here, stands in its text."""
    implied = {}
    for passage in proposal.passages.values():
        text = "\n".join(f"{passage.title[language]}\n{passage.body[language]}" for language in Language)
        for label in passage.labels:
            if label.kind is not LabelKind.TOPIC and not LabelReader([label]).read(text)[0]:
                implied[str(passage.id), label.key] = "".join(text.split())
    assert set(implied) == set(IMPLIED)
    assert [pair for pair, text in implied.items() if "".join(IMPLIED[pair].split()) not in text] == []


def _named(labels, text):
    """The labels whose names stand in a text, none of them inside a longer name."""
    every = ((name, label) for label in labels for of_language in label.names for name in of_language)
    lower = text.lower()
    names = sorted((pair for pair in every if pair[0].lower() in lower), key=lambda pair: -len(pair[0]))
    whole = [
        (rf"(?<![A-Za-z0-9]){re.escape(name)}s?(?![A-Za-z0-9])" if name.isascii() else re.escape(name))
        if name.isupper() or not name.isascii()
        else rf"(?<![A-Za-z0-9])(?i:{re.escape(name)})s?(?![A-Za-z0-9])"
        for name, _ in names
    ]
    pattern = re.compile("|".join(f"({name})" for name in whole))
    return {names[match.lastindex - 1][1] for match in pattern.finditer(text) if match.lastindex}


def test_a_passage_has_the_label_of_every_name_in_it(proposal):
    """A place, institution or instrument that a passage names is among its labels: lists by label leave none out."""
    labels: list[Label] = [label for label in proposal.labels if label.kind is not LabelKind.TOPIC]
    lacking = {
        (str(passage.id), label.key)
        for passage in proposal.passages.values()
        for language in Language
        for label in _named(labels, f"{passage.title[language]}\n{passage.body[language]}".replace("’", "'"))
        if label not in passage.labels
    }
    assert lacking == NOT_MEANT


def test_every_passage_has_one_to_four_topics_and_every_label_a_passage(proposal):
    """Topics are few enough to mean something, and no label of the lists is idle."""
    topics = {
        str(passage.id): sum(label.kind is LabelKind.TOPIC for label in passage.labels)
        for passage in proposal.passages.values()
    }
    assert {key: count for key, count in topics.items() if not 1 <= count <= 4} == {}
    used = {label for passage in proposal.passages.values() for label in passage.labels}
    assert [label.key for label in proposal.labels if label not in used] == []


def test_the_glossary_has_three_columns(glossary):
    """Each row gives the Japanese, the English and a remark, under a line that names the columns."""
    rows = glossary
    assert rows[0] == ("Japanese", "English", "remark")
    assert {len(row) for row in rows} == {3}
    assert all(japanese.strip() and english.strip() for japanese, english, _ in rows)
    assert len({row[0] for row in rows}) == len(rows) > 100


def test_every_glossary_term_is_the_proposals(proposal, corpus):
    """The glossary holds words of the source, not of the world."""
    text = "".join(unicodedata.normalize("NFKC", proposal.source).split())
    lines = (corpus / "glossary.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")[1:]
    terms = [unicodedata.normalize("NFKC", line.split("\t")[0]) for line in lines]
    strangers = [
        term for term in terms if not any("".join(part.split()) in text for part in re.split(r"[、/;（(]", term))
    ]
    assert strangers == []
