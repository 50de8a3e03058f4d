"""Figures are read as values, in any notation of either language."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assistant.figures import figures, typed_figures


@pytest.mark.parametrize(
    ("japanese", "english", "values"),
    [
        pytest.param("50万人", "500,000 people", {500_000}, id="ten-thousands"),
        pytest.param("1.5億ドル", "150 million dollars", {150_000_000}, id="hundred-millions"),
        pytest.param("3兆円", "3 trillion yen", {3 * 10**12}, id="trillions"),
        pytest.param("米国の 6 分の 1", "one-sixth of the United States", {Fraction(1, 6)}, id="fraction"),
        pytest.param("3分の2", "two thirds", {Fraction(2, 3)}, id="fraction-of-several"),
        pytest.param("２％", "2%", {2}, id="per-cent"),
        pytest.param("2017年2月10日", "February 10, 2017", {2017, 2, 10}, id="date"),
        pytest.param("トラック1.5", "Track 1.5", {Fraction(3, 2)}, id="decimal"),
        pytest.param("同１・５", "1.5", {Fraction(3, 2)}, id="decimal-with-a-middle-dot"),
        pytest.param("43 代", "the 43rd", {43}, id="ordinal-in-digits"),
        pytest.param("第三次", "the third", {3}, id="ordinal-in-words"),
        pytest.param("1980年代", "the 1980s", {1980}, id="decade"),
        pytest.param("四つの変化", "four changes", {4}, id="cardinal-in-words"),
        pytest.param("二国間対話", "a bilateral dialogue", {2}, id="bilateral"),
        pytest.param("第2次世界大戦", "World War II", {2}, id="world-war"),
        pytest.param("①②③", "1, 2, and 3", {1, 2, 3}, id="circled"),
        pytest.param("数字なし", "not a number", set(), id="none"),
        pytest.param("十二回", "twelve times", {12}, id="kanji-of-two-characters"),
        pytest.param("五十万人", "500,000 people", {500_000}, id="kanji-ten-thousands"),
        pytest.param("600人", "six hundred people", {600}, id="hundreds-in-words"),
    ],
)
def test_a_number_and_its_translation_have_one_value(japanese, english, values):
    """Both languages say the same figures, whatever the notation."""
    assert figures(japanese) == values
    assert figures(english) == values


@pytest.mark.parametrize(
    ("text", "other"),
    [
        pytest.param("2%", "3%", id="digit"),
        pytest.param("50万", "50億", id="multiplier"),
        pytest.param("1.5", "15", id="decimal-point"),
        pytest.param("6分の1", "6分の5", id="fraction"),
        pytest.param("one-sixth", "one-seventh", id="fraction-in-words"),
        pytest.param("第三次", "第四次", id="kanji"),
        pytest.param("February 10", "March 10", id="month"),
    ],
)
def test_a_changed_number_has_another_value(text, other):
    """No change of a number goes unseen."""
    assert figures(text) != figures(other)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("三分の一", Fraction(1, 3), id="third"),
        pytest.param("三十分の一", Fraction(1, 30), id="thirtieth"),
    ],
)
def test_a_kanji_fraction_is_read_whole(text, value):
    """A fraction in kanji has the value of all its characters."""
    assert figures(text) == {value}


def test_a_fraction_of_nothing_is_no_crash():
    """A text that divides by zero is read, not refused with a ZeroDivisionError."""
    assert 2024 in figures("0分の1、2024年")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param("GDP比２％を2024年までに", {Fraction(2): "2%", Fraction(2024): "2024"}, id="japanese"),
        pytest.param("50万人", {Fraction(500_000): "50万"}, id="multiplied"),
        pytest.param("about 500,000 people", {Fraction(500_000): "500,000"}, id="thousands-separator"),
        pytest.param("3 million dollars", {Fraction(3_000_000): "3 million"}, id="multiplier-in-words"),
        pytest.param("six of them, 三つ", {}, id="words-are-not-typed"),
    ],
)
def test_typed_figures_keep_their_printed_form(text, printed):
    """A figure in digits comes with the form in which a notice can repeat it."""
    assert typed_figures(text) == printed
