"""What stands between a text and its adoption."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from tests.domain.states import SIDES, TEXT, added, addition, agreement, amendment, paragraph, said
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.closing import (
    AgreementState,
    Cause,
    Obstacle,
    check_adoption,
    in_effect,
    is_adopted,
    obstacles,
    refusals_to_adopt,
    refusals_to_issue,
)
from workflow.domain.negotiation import OutOfOrder, ParagraphState, Refusal, Stage, Standing
from workflow.domain.positions import Stance

FIRST = UUID(int=1)


@pytest.mark.parametrize(
    ("state", "cause", "missing"),
    [
        pytest.param(paragraph(current=Bilingual("x", "")), Cause.COUNTERPART_PENDING, (), id="a language is missing"),
        pytest.param(paragraph(live=(amendment("US"),)), Cause.OPEN_BRACKET, ("CN",), id="an open bracket"),
        pytest.param(paragraph(has_placeholder=True), Cause.PLACEHOLDER, (), id="a placeholder"),
        pytest.param(
            paragraph(positions={"US": said(), "CN": said(Stance.RESERVE)}),
            Cause.RESERVATION,
            ("CN",),
            id="a reservation",
        ),
        pytest.param(paragraph(positions={"CN": said()}), Cause.NO_POSITION, ("US",), id="a missing position"),
        pytest.param(
            paragraph(positions={"US": said(Stance.AD_REFERENDUM), "CN": said()}),
            Cause.AD_REFERENDUM,
            ("US",),
            id="an unconfirmed position",
        ),
        pytest.param(
            paragraph(certified_by=frozenset({"US"})), Cause.NO_CERTIFICATE, ("CN",), id="a missing certificate"
        ),
    ],
)
def test_each_cause_is_named_with_its_paragraph_and_whose_act_is_missing(
    state: ParagraphState, cause: Cause, missing: tuple[str, ...]
) -> None:
    assert obstacles(agreement(state)) == (Obstacle(cause=cause, paragraph=FIRST, delegations=missing),)


def test_nothing_stands_in_the_way_of_an_agreed_and_certified_text() -> None:
    assert obstacles(agreement()) == ()
    assert refusals_to_adopt(agreement(), by="US", listing_hash="listing") == ()
    check_adoption(agreement(), by="US", listing_hash="listing")


def test_the_last_to_adopt_is_the_only_one_that_has_not_adopted_this_very_text() -> None:
    def last(**adopted_by: str) -> list[str]:
        state = agreement(adopted_by=adopted_by)
        return [side for side in state.sides if state.is_last_to_adopt(side)]

    assert last() == []
    assert last(US="listing") == ["CN"]
    assert last(US="another listing", CN="listing") == ["US"]
    assert last(US="listing", CN="listing") == []


def test_every_cause_is_given_not_just_the_first() -> None:
    state = paragraph(live=(amendment(),), has_placeholder=True, positions={}, certified_by=frozenset())

    causes = [one.cause for one in obstacles(agreement(state))]

    assert causes == [Cause.OPEN_BRACKET, Cause.PLACEHOLDER, Cause.NO_CERTIFICATE]


def test_an_agreement_without_common_text_cannot_be_adopted() -> None:
    tabled_only = agreement(added(addition()))

    assert obstacles(tabled_only)[0] == Obstacle(cause=Cause.NO_TEXT)


def test_deferred_and_deleted_paragraphs_hold_nothing_up() -> None:
    deferred = paragraph(deferred_by=frozenset(SIDES), positions={}, certified_by=frozenset())
    deleted = paragraph(is_deleted=True, current=NOTHING, certified_by=frozenset())

    assert obstacles(agreement(paragraph(), deferred, deleted)) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"positions": {}}, (Cause.NO_POSITION, SIDES)),
        ({"positions": {"US": said(), "CN": said(Stance.AD_REFERENDUM)}}, (Cause.AD_REFERENDUM, ("CN",))),
        ({"positions": {"US": said(Stance.RESERVE), "CN": said()}}, (Cause.RESERVATION, ("US",))),
        ({"live": (amendment("US"),)}, (Cause.OPEN_BRACKET, ("CN",))),
    ],
)
def test_a_deletion_that_both_heads_have_not_agreed_to_holds_adoption_up(
    changes: dict[str, object], expected: tuple[Cause, tuple[str, ...]]
) -> None:
    deleted = paragraph(is_deleted=True, current=NOTHING, certified_by=frozenset(), **changes)

    (one,) = obstacles(agreement(paragraph(), deleted))
    assert (one.cause, one.delegations) == expected
    assert deleted.standing is Standing.DELETED


def test_any_change_after_an_adoption_makes_it_lapse_even_one_that_is_undone() -> None:
    monday, tuesday = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
    adopted = [("US", "listing", monday), ("CN", "listing", tuesday)]

    assert in_effect(adopted, disturbed=()) == {"US": "listing", "CN": "listing"}
    assert in_effect(adopted, disturbed=(monday,)) == {"US": "listing", "CN": "listing"}
    assert in_effect(adopted, disturbed=(tuesday,)) == {"US": "", "CN": "listing"}
    assert agreement(adopted_by=in_effect(adopted[:1], disturbed=(tuesday,))).lapsed_adoptions == ("US",)


def test_carried_items_and_unconfirmed_lists_hold_adoption_up() -> None:
    item = uuid4()

    found = obstacles(agreement(undisposed=(item,), lists_confirmed_by=frozenset({"CN"})))

    assert found == (
        Obstacle(cause=Cause.CARRIED_ITEM_NOT_DISPOSED, agenda_item=item),
        Obstacle(cause=Cause.LIST_NOT_CONFIRMED, delegations=("US",)),
    )


@pytest.mark.parametrize(
    ("state", "listing", "because"),
    [
        pytest.param(
            agreement(stage=Stage.RECORDED), "listing", (Refusal.RECORDED_AS_PUBLISHED,), id="published elsewhere"
        ),
        pytest.param(agreement(stage=Stage.ADOPTED), "listing", (Refusal.TEXT_IS_ADOPTED,), id="adopted already"),
        pytest.param(
            agreement(paragraph(positions={}), adopted_by={"US": "listing"}),
            "older",
            (Refusal.TEXT_HAS_CHANGED, Refusal.NOT_READY_TO_ADOPT, Refusal.ALREADY_ADOPTED_BY_YOU),
            id="every reason is given",
        ),
    ],
)
def test_adoption_is_refused_with_every_reason(
    state: AgreementState, listing: str, because: tuple[Refusal, ...]
) -> None:
    with pytest.raises(OutOfOrder) as caught:
        check_adoption(state, by="US", listing_hash=listing)

    assert caught.value.refusals == because


@pytest.mark.parametrize(
    ("state", "because"),
    [
        pytest.param(agreement(stage=Stage.RECORDED), (Refusal.RECORDED_AS_PUBLISHED,), id="published elsewhere"),
        pytest.param(agreement(stage=Stage.ADOPTED), (Refusal.TEXT_IS_ADOPTED,), id="adopted"),
        pytest.param(agreement(last_issued="now"), (Refusal.NOTHING_TO_ISSUE,), id="nothing changed since"),
        pytest.param(agreement(paragraph(is_deleted=True)), (Refusal.NOTHING_TO_ISSUE,), id="nothing is in the text"),
        pytest.param(agreement(last_issued="before"), (), id="the text moved on"),
    ],
)
def test_a_rev_is_issued_only_of_a_text_that_moved(state: AgreementState, because: tuple[Refusal, ...]) -> None:
    assert refusals_to_issue(state) == because


def test_a_text_is_adopted_when_every_side_adopted_exactly_that_listing() -> None:
    assert is_adopted(sides=SIDES, adopted_by={"US": "a", "CN": "a"}, listing="a")
    assert not is_adopted(sides=SIDES, adopted_by={"US": "a", "CN": "b"}, listing="a")
    assert not is_adopted(sides=SIDES, adopted_by={"US": "a"}, listing="a")
    assert not is_adopted(sides=(), adopted_by={}, listing="a")


def test_a_change_makes_an_earlier_adoption_lapse_and_says_whose() -> None:
    assert agreement(adopted_by={"US": "older"}).lapsed_adoptions == ("US",)
    assert agreement(adopted_by={"US": "listing"}).lapsed_adoptions == ()
    assert agreement(paragraph(current=TEXT)).counted.keys() == {FIRST}
