"""A negotiating text as it is shown: what stands in a bracket, who is named, where blanks go."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.wordings import WORDINGS, in_english, reworded
from workflow.domain.bracket_display import attributed, shown, shown_alternatives, written
from workflow.domain.brackets import Bracket, Part
from workflow.domain.negotiating import Negotiating

SIDES = ("US", "CN")


def negotiated(base: str, **texts: str | None) -> tuple[Part, ...]:
    current, proposals = in_english(base, *texts.values())
    return Negotiating.of(current, dict(zip(texts, proposals, strict=True)), sides=SIDES).en


def bracket_of(parts: tuple[Part, ...]) -> Bracket:
    return next(part for part in parts if isinstance(part, Bracket))


@pytest.mark.parametrize(
    ("current", "us", "cn", "plain", "named"),
    [
        pytest.param(
            "Both could meet.",
            "Both should meet.",
            None,
            "Both [could] [should] meet.",
            "Both [could] [US: should] meet.",
            id="where one side alone proposes, the text in common is the other alternative, without attribution",
        ),
        pytest.param(
            "Both could meet.",
            "Both should meet.",
            "Both may meet.",
            "Both [should] [may] meet.",
            "Both [US: should] [CN: may] meet.",
            id="words that nobody holds any more are not shown, and the sides stand in the order of the table",
        ),
        pytest.param(
            "Both could meet.",
            "Both should meet.",
            "Both should meet.",
            "Both [should] meet.",
            "Both [US, CN: should] meet.",
            id="an alternative that both hold names both, in the order of the table",
        ),
        pytest.param(
            "双方可以会晤。",
            "双方应当会晤。",
            None,
            "双方[可以][应当]会晤。",
            "双方[可以][US: 应当]会晤。",
            id="no blank between brackets in Chinese",
        ),
        pytest.param(
            "Both should meet.",
            "Both should always meet.",
            None,
            "Both should [always] meet.",
            "Both should [US: always] meet.",
            id="an insertion has no other alternative, and blanks stand outside",
        ),
        pytest.param(
            "Both should always meet.",
            "Both should meet.",
            None,
            "Both should [always] meet.",
            "Both should [always] [US: SUP] meet.",
            id="a deletion brackets what would go and names who wants it gone",
        ),
        pytest.param(
            "Both should always meet.",
            "Both should meet.",
            "Both should meet.",
            "Both should [always] meet.",
            "Both should [always] [US, CN: SUP] meet.",
            id="what all would delete is shown all the same",
        ),
        pytest.param(
            "双方应会晤。",
            "双方应会晤",
            "双方应会晤！",
            "双方应会晤[！]",
            "双方应会晤[CN: ！][US: SUP]",
            id="full-width marks need no blank",
        ),
        pytest.param("a b", "a  b", None, "a [ ]b", "a [US:  ]b", id="an inserted blank is seen"),
    ],
)
def test_a_bracket_shows(current: str, us: str, cn: str | None, plain: str, named: str) -> None:
    parts = negotiated(current, US=us, **({"CN": cn} if cn is not None else {}))

    assert written(parts) == plain
    assert attributed(parts, SIDES) == named


def test_a_change_within_a_deletion_is_bracketed_within() -> None:
    base = "Both agree. They should meet soon. End."

    parts = negotiated(base, US="Both agree. End.", CN=base.replace("soon", "yearly"))

    assert attributed(parts, SIDES) == "Both agree. [They should meet [CN: yearly].] [US: SUP] End."


def test_an_addition_names_its_author_and_the_sides_within() -> None:
    text, [amended] = in_english("Both should meet.", "Both could meet again.")
    parts = Negotiating.of_addition(text, by="US", sides=SIDES, amended={"CN": amended}).en

    assert attributed(parts, SIDES) == "[US, CN: Both [US: should] [CN: could] meet [CN: again].]"
    assert shown(bracket_of(parts)).deleted_by == frozenset()


def test_a_deletion_shows_who_deletes() -> None:
    found = shown(bracket_of(negotiated("a b", US="a")))

    assert found.deleted_by == {"US"}
    assert [one.attributed_to for one in found.alternatives] == [frozenset()]


@given(st.data(), WORDINGS)
@settings(max_examples=200, deadline=None)
def test_every_bracket_shows_something_and_only_what_somebody_holds(data: st.DataObject, current: str) -> None:
    proposals = {side: data.draw(reworded(current)) for side in SIDES}

    for part in negotiated(current, **proposals):
        if isinstance(part, Bracket):
            alternatives = shown_alternatives(part)
            assert alternatives
            assert all(one.parts for one in alternatives)
            assert all(one.held_by & set(SIDES) for one in alternatives) or part.deleted_by == set(SIDES)
            assert all(one.parts for one in shown(part).alternatives)


@given(WORDINGS)
@settings(max_examples=100, deadline=None)
def test_a_text_without_brackets_is_written_as_it_is(text: str) -> None:
    assert written((text,)) == attributed((text,), SIDES) == text
