"""Brackets: everybody reads their own text in them, and nobody's hand wrote them."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.wordings import WORDINGS, WORDS, reworded
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.brackets import (
    NOBODY,
    Alternative,
    Bracket,
    Negotiating,
    Part,
    carried,
    carried_pair,
    compile_addition,
    compile_text,
    open_brackets,
    placeholders,
    read,
)

TWO = ("US", "CN")
THREE = ("US", "CN", "EU")
TABLES = st.sampled_from([TWO, THREE])


def brackets_in(parts: tuple[Part, ...]) -> Iterator[Bracket]:
    for part in parts:
        if isinstance(part, Bracket):
            yield part
            for alternative in part.alternatives:
                yield from brackets_in(alternative.parts)


# -- what always holds -----------------------------------------------------------------


@given(st.data(), WORDINGS, TABLES)
@settings(max_examples=400, deadline=None)
def test_everybody_reads_their_own_text_in_the_brackets(
    data: st.DataObject, current: str, sides: tuple[str, ...]
) -> None:
    proposals = {side: data.draw(reworded(current)) for side in sides if data.draw(st.booleans())}

    text = compile_text(current, proposals, WORDS, sides=sides)

    assert read(text, NOBODY) == current
    assert {side: read(text, side) for side in sides} == {side: proposals.get(side, current) for side in sides}


@given(st.data(), WORDINGS.filter(bool), TABLES)
@settings(max_examples=400, deadline=None)
def test_everybody_reads_their_own_text_in_an_addition_and_nobody_reads_any(
    data: st.DataObject, text: str, sides: tuple[str, ...]
) -> None:
    author, *others = sides
    stances = {side: data.draw(st.sampled_from(["silent", "accepted", "amended"])) for side in others}
    amended = {side: data.draw(reworded(text)) for side in others if stances[side] == "amended"}
    accepted = [side for side in others if stances[side] == "accepted"]

    parts = compile_addition(text, WORDS, by=author, sides=sides, accepted_by=accepted, amended=amended)

    assert read(parts, NOBODY) == ""
    assert read(parts, author) == text
    for side in others:
        expected = {"silent": "", "accepted": text, "amended": amended.get(side, "")}
        assert read(parts, side) == expected[stances[side]]


@given(st.data(), WORDINGS, TABLES)
@settings(max_examples=200, deadline=None)
def test_every_bracket_is_a_real_difference_and_gives_every_side_one_alternative(
    data: st.DataObject, current: str, sides: tuple[str, ...]
) -> None:
    proposals = {side: data.draw(reworded(current)) for side in sides}

    for bracket in brackets_in(compile_text(current, proposals, WORDS, sides=sides)):
        held = [side for one in bracket.alternatives for side in one.held_by]
        assert len(held) == len(set(held))
        assert [one.is_base for one in bracket.alternatives] == [True] + [False] * (len(bracket.alternatives) - 1)
        assert len({one.parts for one in bracket.alternatives}) == len(bracket.alternatives) > 1
        assert bracket.proposed_by


@given(WORDINGS)
@settings(max_examples=100, deadline=None)
def test_without_proposals_there_are_no_brackets(current: str) -> None:
    assert open_brackets(compile_text(current, {}, WORDS, sides=TWO)) == 0
    assert open_brackets(compile_text(current, {"US": current}, WORDS, sides=TWO)) == 0


@given(st.data(), WORDINGS)
@settings(max_examples=300, deadline=None)
def test_carrying_is_symmetrical_and_never_loses_a_lone_change(data: st.DataObject, base: str) -> None:
    one, other = data.draw(reworded(base)), data.draw(reworded(base))

    assert carried(base, current=base, proposal=one, words=WORDS) == one
    assert carried(base, current=one, proposal=base, words=WORDS) == one
    assert carried(base, current=one, proposal=one, words=WORDS) == one
    assert carried(base, current=one, proposal=other, words=WORDS) == carried(
        base, current=other, proposal=one, words=WORDS
    )


# -- how it is built -------------------------------------------------------------------


def alternative(text: str, *held_by: str, is_base: bool = False) -> Alternative:
    return Alternative(frozenset(held_by), (text,) if text else (), is_base=is_base)


def test_where_one_side_alone_proposes_the_others_stand_by_the_text_in_common() -> None:
    parts = compile_text("Both could meet.", {"US": "Both should meet."}, WORDS, sides=TWO)

    assert parts == (
        "Both ",
        Bracket((alternative("could", NOBODY, "CN", is_base=True), alternative("should", "US"))),
        " meet.",
    )


def test_sides_that_want_the_same_words_hold_one_alternative() -> None:
    parts = compile_text("双方可以会晤。", dict.fromkeys(TWO, "双方应当会晤。"), WORDS, sides=THREE)

    assert parts[1] == Bracket((alternative("可以", NOBODY, "EU", is_base=True), alternative("应当", "US", "CN")))


def test_a_change_inside_what_another_side_deletes_stands_inside_its_bracket() -> None:
    base = "Both agree. They should meet soon. End."
    parts = compile_text(base, {"US": "Both agree. End.", "CN": base.replace("soon", "yearly")}, WORDS, sides=TWO)

    outer = next(brackets_in(parts))
    assert outer.deleted_by == {"US"}
    assert outer.proposed_by == {"US"}
    assert [one.held_by for one in outer.alternatives] == [{NOBODY, "CN"}, {"US"}]
    assert next(brackets_in(outer.alternatives[0].parts)).proposed_by == {"CN"}
    assert open_brackets(parts) == 2


def test_changes_that_overlap_are_one_bracket_with_every_reading_written_out() -> None:
    parts = compile_text("a b c d e", {"US": "a X Y d e", "CN": "a b Z W e"}, WORDS, sides=TWO)

    (bracket,) = brackets_in(parts)
    assert [one.parts for one in bracket.alternatives] == [("b c d",), ("b Z W",), ("X Y d",)]


def test_an_insertion_that_touches_another_sides_change_joins_its_bracket() -> None:
    parts = compile_text("a b c", {"US": "a new b c", "CN": "a X c"}, WORDS, sides=TWO)

    (bracket,) = (part for part in parts if isinstance(part, Bracket))
    assert {side: read((bracket,), side) for side in ("", "US", "CN")} == {"": "b", "US": "new b", "CN": "X"}


def test_changes_side_by_side_stay_two_brackets() -> None:
    parts = compile_text("会晤，讨论", {"US": "会谈，讨论", "CN": "会晤；讨论"}, WORDS, sides=TWO)

    assert [bracket.proposed_by for bracket in brackets_in(parts)] == [{"US"}, {"CN"}]


def test_an_addition_stands_in_an_outer_bracket_that_amending_does_not_remove() -> None:
    parts = compile_addition("双方应会晤。", WORDS, by="US", sides=THREE, amended={"CN": "双方可会晤。"})

    (outer,) = parts
    assert isinstance(outer, Bracket)
    assert [one.held_by for one in outer.alternatives] == [{NOBODY, "EU"}, {"US", "CN"}]
    assert outer.alternatives[0] == alternative("", NOBODY, "EU", is_base=True)
    inner = next(brackets_in(outer.alternatives[1].parts))
    assert inner == Bracket((alternative("应", "US", is_base=True), alternative("可", "CN")))
    assert not inner.alternatives[0].is_current
    assert open_brackets(parts) == 2


def test_whoever_asks_to_delete_an_addition_reads_nothing() -> None:
    parts = compile_addition("Both meet.", WORDS, by="US", sides=TWO, accepted_by=["CN"], amended={"CN": ""})

    assert read(parts, "CN") == ""
    assert open_brackets(parts) == 1


def test_an_addition_without_text_in_a_language_shows_nothing_there() -> None:
    assert compile_addition("", WORDS, by="US", sides=TWO) == ()


def test_a_stranger_to_the_table_reads_the_text_in_common() -> None:
    parts = compile_text("a b", {"US": "a c"}, WORDS, sides=TWO)

    assert read(parts, "observer") == "a b"


# -- both languages --------------------------------------------------------------------

CURRENT = Bilingual("Both sides could meet every year.", "双方可以每年会晤。")


def test_both_languages_are_compiled_from_the_same_proposals() -> None:
    proposal = Bilingual("Both sides should meet every year.", "双方应当每年会晤。")

    text = Negotiating.of(CURRENT, {"US": proposal}, WORDS, sides=TWO)

    assert text.read("US") == proposal
    assert text.read("CN") == text.read(NOBODY) == CURRENT
    assert text.open_brackets == open_brackets(text[Language.EN]) == open_brackets(text[Language.ZH]) == 1
    assert text.pending == text.in_one_language == ()


def test_the_count_of_open_brackets_is_the_same_whichever_language_is_read() -> None:
    proposal = Bilingual("Yearly, both sides should meet.", "双方应当每年会晤。")

    text = Negotiating.of(CURRENT, {"US": proposal}, WORDS, sides=TWO)

    assert open_brackets(text.en) > open_brackets(text.zh) > 0
    assert text.open_brackets == open_brackets(text.en)


def test_a_proposal_to_delete_reads_nothing_in_both_languages() -> None:
    text = Negotiating.of(CURRENT, {"US": NOTHING}, WORDS, sides=TWO)

    assert text.read("US") == NOTHING
    assert text.open_brackets == 1
    assert text.pending == text.in_one_language == ()


def test_a_counterpart_that_is_not_written_is_pending_and_deletes_nothing() -> None:
    text = Negotiating.of(CURRENT, {"US": Bilingual("Both sides should meet.", " ")}, WORDS, sides=TWO)

    assert text.pending == (("US", Language.ZH),)
    assert text.zh == (CURRENT.zh,)
    assert text.in_one_language == ()


def test_a_counterpart_that_is_not_written_is_no_change_in_one_language() -> None:
    text = Negotiating.of(CURRENT, {"US": Bilingual(CURRENT.en, "")}, WORDS, sides=TWO)

    assert text.pending == (("US", Language.ZH),)
    assert text.in_one_language == ()


def test_a_change_in_one_language_only_is_named() -> None:
    proposals = {
        "US": Bilingual("Both sides should meet every year.", CURRENT.zh),
        "CN": Bilingual(CURRENT.en, "双方应当每年会晤。"),
    }

    assert Negotiating.of(CURRENT, proposals, WORDS, sides=TWO).in_one_language == (
        ("US", Language.EN),
        ("CN", Language.ZH),
    )


def test_an_addition_is_read_by_its_author_in_both_languages() -> None:
    amended = {"CN": Bilingual("Both sides should meet every year.", "")}

    text = Negotiating.of_addition(CURRENT, WORDS, by="US", sides=THREE, amended=amended)

    assert text.read("US") == CURRENT
    assert text.read(NOBODY) == text.read("EU") == NOTHING
    assert text.read("CN") == Bilingual(amended["CN"].en, CURRENT.zh)
    assert text.pending == (("CN", Language.ZH),)
    assert text.open_brackets == 2


def test_an_addition_in_one_language_is_pending_in_the_other() -> None:
    text = Negotiating.of_addition(Bilingual("", "双方应会晤。"), WORDS, by="CN", sides=TWO)

    assert text.en == ()
    assert text.pending == (("CN", Language.EN),)


# -- carrying over ---------------------------------------------------------------------


def test_a_proposal_is_carried_over_a_change_elsewhere() -> None:
    base = Bilingual("Both sides could meet every year.", "双方可以每年会晤。")
    current = Bilingual("Both sides could meet every month.", "双方可以每月会晤。")
    proposal = Bilingual("Both sides should meet every year.", "双方应当每年会晤。")

    assert carried_pair(base, current=current, proposal=proposal, words=WORDS) == Bilingual(
        "Both sides should meet every month.", "双方应当每月会晤。"
    )


@pytest.mark.parametrize("language", Language)
def test_a_collision_in_either_language_is_a_collision(language: Language) -> None:
    base = Bilingual("Both could meet.", "双方可以会晤。")
    collided = {Language.EN: ("Both must meet.", base.zh), Language.ZH: (base.en, "双方必须会晤。")}
    current = Bilingual(*collided[language])
    proposal = Bilingual("Both should meet.", "双方应当会晤。")

    assert carried_pair(base, current=current, proposal=proposal, words=WORDS) is None


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
    parts = compile_text(
        base,
        {"US": base.replace("could", "should"), "CN": base.replace("rule", "norm")},
        WORDS,
        sides=TWO,
    )

    assert open_brackets(parts) == 4_000
    assert read(parts, NOBODY) == base
