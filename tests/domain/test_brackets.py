"""Brackets: everybody reads their own text in them, in both languages, and nobody's hand wrote them."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.wordings import BILINGUALS, WORDINGS, WORDS, asking, in_english, points_of, rewritten
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.brackets import (
    NOBODY,
    Alternative,
    Bracket,
    brackets_in,
    placeholders,
    read,
)
from workflow.domain.negotiating import Negotiating, Proposal
from workflow.domain.points import deletion, whole

TWO = ("US", "CN")
THREE = ("US", "CN", "EU")
TABLES = st.sampled_from([TWO, THREE])


def wanted(data: st.DataObject, current: Bilingual, label: str) -> tuple[Bilingual, Proposal]:
    """What a side wants instead of `current`, its changes grouped at random; to strike it out, now and then."""
    if data.draw(st.integers(0, 7), label) == 0:
        return NOTHING, Proposal(points=deletion(current), other_stands=True)
    text = data.draw(rewritten(current), label)
    return text, Proposal(points=data.draw(points_of(current, text)), other_stands=data.draw(st.booleans()))


# -- what always holds -----------------------------------------------------------------


@given(st.data(), BILINGUALS, TABLES)
@settings(max_examples=400, deadline=None)
def test_everybody_reads_their_own_text_in_the_brackets_in_both_languages(
    data: st.DataObject, current: Bilingual, sides: tuple[str, ...]
) -> None:
    asked = {side: wanted(data, current, side) for side in sides if data.draw(st.booleans())}

    text = Negotiating.of(current, {side: proposal for side, (_, proposal) in asked.items()}, sides=sides)

    assert text.read(NOBODY) == current
    for side in sides:
        assert text.read(side) == (asked[side][0] if side in asked else current)


@given(st.data(), BILINGUALS.filter(lambda text: bool(text.en and text.zh)), TABLES)
@settings(max_examples=400, deadline=None)
def test_everybody_reads_their_own_text_in_an_addition_and_nobody_reads_any(
    data: st.DataObject, text: Bilingual, sides: tuple[str, ...]
) -> None:
    author, *others = sides
    stances = {side: data.draw(st.sampled_from(["silent", "accepted", "amended"])) for side in others}
    amended = {}
    for side in others:
        if stances[side] == "amended":
            changed = data.draw(rewritten(text))
            amended[side] = (changed, Proposal(points=data.draw(points_of(text, changed))))
    gives_up = data.draw(st.booleans())

    parts = Negotiating.of_addition(
        text,
        by=author,
        sides=sides,
        accepted_by=[side for side in others if stances[side] == "accepted"],
        amended={side: proposal for side, (_, proposal) in amended.items()},
        given_up=(author,) if gives_up else (),
    )

    assert parts.read(NOBODY) == NOTHING
    assert parts.read(author) == (NOTHING if gives_up else text)
    for side in others:
        expected = {"silent": NOTHING, "accepted": text, "amended": amended.get(side, (NOTHING,))[0]}
        assert parts.read(side) == expected[stances[side]]


@given(st.data(), BILINGUALS, TABLES)
@settings(max_examples=300, deadline=None)
def test_both_languages_show_the_same_brackets(data: st.DataObject, current: Bilingual, sides: tuple[str, ...]) -> None:
    """A bracket that one language has and the other has not changes one language only, in whole points."""
    asked = {side: wanted(data, current, side)[1] for side in sides}

    text = Negotiating.of(current, asked, sides=sides)

    en, zh = ({one.number: one for one in brackets_in(text[side])} for side in Language)
    for number in en.keys() & zh.keys():
        shape = [(one.held_by, one.is_base) for one in en[number].alternatives]
        assert shape == [(one.held_by, one.is_base) for one in zh[number].alternatives]
    for number in en.keys() ^ zh.keys():
        bracket = en.get(number) or zh[number]
        touching = [point for side in bracket.proposed_by for point in asked[side].points]
        assert any(len(point.touches) == 1 for point in touching)
    assert text.open_brackets == len(en.keys() | zh.keys())


@given(st.data(), BILINGUALS, TABLES)
@settings(max_examples=300, deadline=None)
def test_where_every_point_spans_both_languages_both_show_the_same_brackets(
    data: st.DataObject, current: Bilingual, sides: tuple[str, ...]
) -> None:
    asked = {side: wanted(data, current, side)[1] for side in sides}
    spanning = {
        side: Proposal(points=tuple(point for point in one.points if len(point.touches) == 2))
        for side, one in asked.items()
    }

    text = Negotiating.of(current, spanning, sides=sides)

    en, zh = ({one.number: one for one in brackets_in(text[side])} for side in Language)
    assert en.keys() == zh.keys()
    for number, bracket in en.items():
        shape = [(one.held_by, one.is_base) for one in bracket.alternatives]
        assert shape == [(one.held_by, one.is_base) for one in zh[number].alternatives]


@given(st.data(), BILINGUALS, TABLES)
@settings(max_examples=300, deadline=None)
def test_a_side_that_asks_for_one_language_only_is_named_unless_it_said_that_the_other_stands(
    data: st.DataObject, current: Bilingual, sides: tuple[str, ...]
) -> None:
    asked = {side: wanted(data, current, side)[1] for side in sides}

    faults = {side for side, _ in Negotiating.of(current, asked, sides=sides).in_one_language}

    for side, one in asked.items():
        alone = any(len(point.touches) == 1 for point in one.points)
        assert (side in faults) == (alone and not one.other_stands)


@given(st.data(), BILINGUALS, TABLES)
@settings(max_examples=200, deadline=None)
def test_every_bracket_is_a_real_difference_and_gives_every_side_one_alternative(
    data: st.DataObject, current: Bilingual, sides: tuple[str, ...]
) -> None:
    asked = {side: wanted(data, current, side)[1] for side in sides}
    text = Negotiating.of(current, asked, sides=sides)

    for language in Language:
        for bracket in brackets_in(text[language]):
            held = [side for one in bracket.alternatives for side in one.held_by]
            assert len(held) == len(set(held))
            assert [one.is_base for one in bracket.alternatives] == [True] + [False] * (len(bracket.alternatives) - 1)
            assert len(bracket.alternatives) > 1
            assert bracket.proposed_by


@given(st.data(), BILINGUALS, TABLES)
@settings(max_examples=200, deadline=None)
def test_text_stands_between_any_two_brackets(data: st.DataObject, current: Bilingual, sides: tuple[str, ...]) -> None:
    asked = {side: wanted(data, current, side)[1] for side in sides}
    text = Negotiating.of(current, asked, sides=sides)

    for language in Language:
        kinds = [isinstance(part, Bracket) for part in text[language]]
        assert not any(one and other for one, other in pairwise(kinds))


@given(BILINGUALS)
@settings(max_examples=100, deadline=None)
def test_without_proposals_there_are_no_brackets(current: Bilingual) -> None:
    assert Negotiating.of(current, {}, sides=TWO).open_brackets == 0
    assert Negotiating.of(current, {"US": Proposal(points=())}, sides=TWO).open_brackets == 0


# -- how it is built -------------------------------------------------------------------


def english(base: str, *, sides: tuple[str, ...] = TWO, **texts: str | None) -> Negotiating:
    current, proposals = in_english(base, *texts.values())
    return Negotiating.of(current, dict(zip(texts, proposals, strict=True)), sides=sides)


def alternative(text: str, *held_by: str, is_base: bool = False) -> Alternative:
    return Alternative(frozenset(held_by), (text,) if text else (), is_base=is_base)


def test_where_one_side_alone_proposes_the_others_stand_by_the_text_in_common() -> None:
    assert english("Both could meet.", US="Both should meet.").en == (
        "Both ",
        Bracket((alternative("could", NOBODY, "CN", is_base=True), alternative("should", "US")), 1),
        " meet.",
    )


def test_sides_that_want_the_same_words_hold_one_alternative() -> None:
    parts = english("Both could meet.", US="Both should meet.", CN="Both should meet.", sides=THREE).en

    assert parts[1] == Bracket((alternative("could", NOBODY, "EU", is_base=True), alternative("should", "US", "CN")), 1)


def test_a_change_inside_what_another_side_deletes_stands_inside_its_bracket() -> None:
    base = "Both agree. They should meet soon. End."
    text = english(base, US="Both agree. End.", CN=base.replace("soon", "yearly"))

    outer = next(brackets_in(text.en))
    assert outer.deleted_by == {"US"}
    assert outer.proposed_by == {"US"}
    assert [one.held_by for one in outer.alternatives] == [{NOBODY, "CN"}, {"US"}]
    assert next(brackets_in(outer.alternatives[0].parts)).proposed_by == {"CN"}
    assert text.open_brackets == 2


def test_changes_that_overlap_are_one_bracket_with_every_reading_written_out() -> None:
    (bracket,) = brackets_in(english("a b c d e", US="a X Y d e", CN="a b Z W e").en)

    assert [one.parts for one in bracket.alternatives] == [("b c d",), ("X Y d",), ("b Z W",)]


@pytest.mark.parametrize("sides", list(permutations(THREE)), ids=", ".join)
def test_the_alternatives_stand_in_the_order_of_the_sides_in_both_languages(sides: tuple[str, ...]) -> None:
    current = Bilingual("Both could meet.", "双方可以会晤。")
    asked = {
        "US": asking(current, Bilingual("Both should meet.", "双方应当会晤。")),
        "CN": asking(current, Bilingual("Both may meet.", "双方能够会晤。")),
        "EU": asking(current, Bilingual("Both shall meet.", "双方必须会晤。")),
    }

    text = Negotiating.of(current, asked, sides=sides)

    for language in Language:
        (bracket,) = brackets_in(text[language])
        base, *others = bracket.alternatives
        assert base.is_base
        assert [set(one.held_by) for one in others] == [{side} for side in sides]


@given(st.data(), BILINGUALS, TABLES)
@settings(max_examples=100, deadline=None)
def test_alternatives_stand_in_the_order_of_the_first_side_that_holds_each(
    data: st.DataObject, current: Bilingual, sides: tuple[str, ...]
) -> None:
    table = data.draw(st.permutations(sides))
    asked = {side: wanted(data, current, side)[1] for side in sides}

    text = Negotiating.of(current, asked, sides=table)

    for language in Language:
        for bracket in brackets_in(text[language]):
            first = [min(table.index(side) for side in one.held_by) for one in bracket.alternatives if not one.is_base]
            assert first == sorted(first)


def test_an_insertion_that_touches_another_sides_change_joins_its_bracket() -> None:
    (bracket,) = (part for part in english("a b c", US="a new b c", CN="a X c").en if isinstance(part, Bracket))

    assert {side: read((bracket,), side) for side in ("", "US", "CN")} == {"": "b", "US": "new b", "CN": "X"}


def test_changes_side_by_side_stay_two_brackets() -> None:
    found = brackets_in(english("会晤，讨论", US="会谈，讨论", CN="会晤，研讨").en)

    assert [bracket.proposed_by for bracket in found] == [{"US"}, {"CN"}]


def test_places_joined_in_one_language_are_one_bracket_in_both() -> None:
    current = Bilingual("We could meet. They could talk.", "甲可以会晤乙可以会谈。")
    us = asking(current, Bilingual("We should meet. They could talk.", "甲应当会晤乙可以会谈。"))
    cn = asking(current, Bilingual("We could meet. They should talk.", "甲可以聚首乙可以会谈。"))

    text = Negotiating.of(current, {"US": us, "CN": cn}, sides=TWO)

    assert text.open_brackets == len(list(brackets_in(text.en))) == len(list(brackets_in(text.zh))) == 1


def test_one_point_is_one_bracket_however_many_words_it_changes() -> None:
    current = Bilingual("Both sides could meet every year.", "双方可以每年会晤。")
    yearly = Bilingual("Yearly, both sides should meet.", "双方应当每年会晤。")
    one = Proposal(points=whole(current, yearly, WORDS))

    text = Negotiating.of(current, {"US": one}, sides=TWO)

    assert text.open_brackets == len(list(brackets_in(text.en))) == len(list(brackets_in(text.zh))) == 1


def test_an_addition_stands_in_an_outer_bracket_that_amending_does_not_remove() -> None:
    text, [amended] = in_english("双方应会晤。", "双方可会晤。")
    made = Negotiating.of_addition(text, by="US", sides=THREE, amended={"CN": amended})

    (outer,) = made.en
    assert isinstance(outer, Bracket)
    assert [one.held_by for one in outer.alternatives] == [{NOBODY, "EU"}, {"US", "CN"}]
    assert outer.alternatives[0] == alternative("", NOBODY, "EU", is_base=True)
    inner = next(brackets_in(outer.alternatives[1].parts))
    assert inner == Bracket((alternative("应", "US", is_base=True), alternative("可", "CN")), 2)
    assert not inner.alternatives[0].is_current
    assert made.open_brackets == 2


def test_an_addition_its_author_gives_up_is_read_by_those_who_took_it_up() -> None:
    text = Bilingual("Both meet.", "双方会晤。")
    made = Negotiating.of_addition(text, by="US", sides=TWO, accepted_by=["CN"], given_up=["US"])

    assert made.read("US") == NOTHING
    assert made.read("CN") == text
    assert made.open_brackets == 1


def test_an_addition_nobody_holds_any_more_shows_nothing() -> None:
    made = Negotiating.of_addition(Bilingual("Both meet.", "双方会晤。"), by="US", sides=TWO, given_up=["US"])

    assert (made.en, made.zh) == ((), ())


def test_an_addition_in_one_language_is_pending_in_the_other() -> None:
    made = Negotiating.of_addition(Bilingual("", "双方应会晤。"), by="CN", sides=TWO)

    assert made.en == ()
    assert made.pending == (("CN", Language.EN),)


def test_a_stranger_to_the_table_reads_the_text_in_common() -> None:
    assert read(english("a b", US="a c").en, "observer") == "a b"


# -- both languages --------------------------------------------------------------------

CURRENT = Bilingual("Both sides could meet every year.", "双方可以每年会晤。")


def test_a_proposal_to_delete_reads_nothing_in_both_languages() -> None:
    text = Negotiating.of(CURRENT, {"US": asking(CURRENT, None)}, sides=TWO)

    assert text.read("US") == NOTHING
    assert text.open_brackets == 1
    assert text.pending == text.in_one_language == ()


def test_a_counterpart_that_is_not_written_is_pending_and_deletes_nothing() -> None:
    text = Negotiating.of(CURRENT, {"US": asking(CURRENT, Bilingual("Both sides should meet.", " "))}, sides=TWO)

    assert text.pending == (("US", Language.ZH),)
    assert text.zh == (CURRENT.zh,)
    assert text.in_one_language == ()


def test_a_change_in_one_language_only_is_named() -> None:
    proposals = {
        "US": asking(CURRENT, Bilingual("Both sides should meet every year.", CURRENT.zh)),
        "CN": asking(CURRENT, Bilingual(CURRENT.en, "双方应当每年会晤。")),
    }

    assert Negotiating.of(CURRENT, proposals, sides=TWO).in_one_language == (
        ("US", Language.EN),
        ("CN", Language.ZH),
    )


# -- placeholders ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("by [date] in [place]", ("[date]", "[place]")),
        ("于[日期]在［地点］", ("[日期]", "［地点］")),
        ("[…] and [...]", ("[…]", "[...]")),
        ("[one [or two] dates]", ("[one [or two] dates]",)),
        ("opened [ and left", ("[",)),
        ("closed ] only", ("]",)),
        ("国发〔2019〕1号，《条例》（GDPR）", ()),
        ("", ()),
    ],
)
def test_typed_brackets_are_placeholders(text: str, found: tuple[str, ...]) -> None:
    assert placeholders(text) == found


@given(WORDINGS)
@settings(max_examples=100, deadline=None)
def test_a_text_has_placeholders_exactly_when_it_has_square_brackets(text: str) -> None:
    assert bool(placeholders(text)) == any(sign in text for sign in "[]［］")


# -- size ------------------------------------------------------------------------------


def test_four_thousand_brackets_are_compiled_and_read() -> None:
    sentence = "Both governments could publish rule {}. "
    base = "".join(sentence.format(number) for number in range(2_000))
    text = english(base, US=base.replace("could", "should"), CN=base.replace("rule", "norm"))

    assert text.open_brackets == 4_000
    assert text.read(NOBODY).en == base
