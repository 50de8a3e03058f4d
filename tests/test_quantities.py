"""Quantities are read with their units, whatever the notation, in either language."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assistant.checking.quantities import quantities


@pytest.mark.parametrize(
    ("japanese", "english", "expected"),
    [
        pytest.param("米国の6分の1", "one-sixth of the United States", {(Fraction(1, 6), "part")}, id="fraction"),
        pytest.param("六分の一しかない", "about a sixth as large", {(Fraction(1, 6), "part")}, id="fraction-in-words"),
        pytest.param("米国の半分ほど", "half the size", {(Fraction(1, 2), "part")}, id="half"),
        pytest.param("防衛費を倍増する", "double the budget", {(2, "times")}, id="doubling"),
        pytest.param("予算を3倍に", "triple the budget", {(3, "times")}, id="tripling"),
        pytest.param("50万人", "500,000 people", {(500_000, "")}, id="ten-thousands"),
        pytest.param("五十万人", "half a million people", {(500_000, "")}, id="half-a-million"),
        pytest.param("ＧＤＰ比２％", "2% of GDP", {(2, "%")}, id="per-cent"),
        pytest.param("2割", "20 percent", {(20, "%")}, id="tenths"),
        pytest.param("平成27年12月", "December 2015", {(12, "month"), (2015, "year")}, id="era"),
        pytest.param("令和2年", "the year 2020", {(2020, "year")}, id="later-era"),
        pytest.param("平成元年", "1989", {(1989, "year")}, id="first-year-of-an-era"),
        pytest.param("2024年度", "fiscal 2024", {(2024, "year")}, id="fiscal-year"),
        pytest.param("1980年代", "the 1980s", {(1980, "year")}, id="decade"),
        pytest.param("21世紀", "the twenty-first century", {(21, "century")}, id="century"),
        pytest.param("5年間", "five years", {(5, "years")}, id="span"),
        pytest.param("四半世紀", "a quarter century", {(25, "years")}, id="quarter-century"),
        pytest.param("4基から10基へ", "from four to ten", {(4, ""), (10, "")}, id="words"),
        pytest.param("四つの変化", "four changes", {(4, "")}, id="counter"),
        pytest.param("第三の傾向", "the third trend", {(3, "th")}, id="ordinal"),
        pytest.param("43代", "the 43 of them", {(43, "")}, id="plain"),
        pytest.param("トラック1.5", "Track 1.5", {(Fraction(3, 2), "")}, id="decimal"),
        pytest.param("G7とF-35BとCO2", "the G7, the F-35B and CO2", set(), id="figures-of-names"),
        pytest.param("一方、一帯一路と一層の", "on the one hand, one another", set(), id="idioms"),
        pytest.param("両国", "the two countries", set(), id="the-two-countries"),
        pytest.param("してもよい", "it may be let in", set(), id="may-is-no-month"),
    ],
)
def test_both_languages_state_the_same_quantities(japanese, english, expected):
    """A quantity and its translation have one value and one unit."""
    assert {tuple(quantity) for quantity in quantities(japanese)} == expected
    assert {tuple(quantity) for quantity in quantities(english)} == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("2%", "2倍", id="unit"),
        pytest.param("12基", "12月", id="month"),
        pytest.param("第三の変化", "三つの変化", id="ordinal"),
        pytest.param("平成26年", "平成27年", id="era"),
        pytest.param("50万", "5万", id="multiplier"),
        pytest.param("one-tenth", "one-sixth", id="fraction"),
        pytest.param("five years", "ten years", id="span"),
        pytest.param("1960s", "1980s", id="decade"),
    ],
)
def test_what_differs_is_read_apart(one, other):
    """A changed value or unit is another quantity."""
    assert not quantities(one) & quantities(other)
