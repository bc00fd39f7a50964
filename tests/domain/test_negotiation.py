"""When an act is in order, and where a paragraph stands: one sentence per rule."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.states import (
    BASE,
    FACE,
    ONE,
    OTHER,
    SIDES,
    TEXT,
    TWO,
    added,
    addition,
    amendment,
    in_points,
    paragraph,
    said,
)
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import (
    ACT_OF,
    GUARDS,
    SETTLED_OUTSIDE,
    STANCE_OF,
    Act,
    AmendmentKind,
    LiveAmendment,
    Move,
    OutOfOrder,
    ParagraphState,
    Refusal,
    Stage,
    Standing,
    check,
    refusals,
    refusals_to_amend,
    refusals_to_propose,
    standing,
    takes_effect,
)
from workflow.domain.points import Point
from workflow.domain.positions import Stance

ONE_LANGUAGE: Final = Bilingual("Both sides should talk.", "")
CHANGE: Final = amendment("CN")
TABLED: Final = addition("CN")
PARTED: Final = in_points("CN")
BEHIND: Final = amendment("US", against=uuid4())
IN_ENGLISH: Final = Point(ONE.en)
DELETED: Final = paragraph(is_deleted=True, current=NOTHING, positions={}, certified_by=frozenset())
HEAD, OTHER_HEAD, DRAFTER = uuid4(), uuid4(), uuid4()


def move(act: Act, by: str = "US", **about: object) -> Move:
    usual: dict[str, object] = {"act": act, "by": by, "face": FACE, "base": BASE, "as_head": True}
    return Move(**(usual | about))  # type: ignore[arg-type]  # the fields of a Move


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        pytest.param(paragraph(stage=Stage.RECORDED), Standing.RECORDED, id="text published elsewhere is recorded"),
        pytest.param(paragraph(is_deleted=True, current=NOTHING), Standing.DELETED, id="an accepted SUP deletes"),
        pytest.param(
            paragraph(deferred_by=frozenset(SIDES)), Standing.DEFERRED, id="deferred once every side wants it"
        ),
        pytest.param(paragraph(deferred_by=frozenset({"US"})), Standing.AGREED, id="one side alone defers nothing"),
        pytest.param(added(TABLED, live=(), base=None), Standing.WITHDRAWN, id="an addition taken back leaves nothing"),
        pytest.param(
            paragraph(current=ONE_LANGUAGE), Standing.COUNTERPART_PENDING, id="text in one language is pending"
        ),
        pytest.param(
            added(addition(text=ONE_LANGUAGE)),
            Standing.COUNTERPART_PENDING,
            id="an addition in one language is pending",
        ),
        pytest.param(added(TABLED), Standing.BRACKETED, id="an addition stands in an outer bracket"),
        pytest.param(paragraph(live=(CHANGE,)), Standing.BRACKETED, id="any live amendment brackets"),
        pytest.param(
            paragraph(live=(amendment(kind=AmendmentKind.SUP, text=NOTHING),)),
            Standing.BRACKETED,
            id="a proposed deletion needs no text to be complete",
        ),
        pytest.param(paragraph(has_placeholder=True), Standing.BRACKETED, id="a placeholder is a bracket"),
        pytest.param(
            paragraph(positions={"US": said(), "CN": said(Stance.RESERVE)}),
            Standing.RESERVED,
            id="either side's reservation reserves",
        ),
        pytest.param(
            paragraph(positions={"US": said(Stance.RESERVE)}),
            Standing.RESERVED,
            id="a reservation weighs more than a missing position",
        ),
        pytest.param(paragraph(positions={"US": said()}), Standing.NO_POSITION, id="one side has not spoken"),
        pytest.param(
            paragraph(positions={"US": said(), "CN": said(Stance.AD_REFERENDUM)}),
            Standing.AD_REFERENDUM,
            id="subject to confirmation",
        ),
        pytest.param(
            paragraph(positions={"US": said(Stance.AGREE_WITH_STATEMENT), "CN": said()}),
            Standing.AGREED,
            id="a statement for the record does not block",
        ),
        pytest.param(paragraph(), Standing.AGREED, id="both sides agree"),
    ],
)
def test_standing(state: ParagraphState, expected: Standing) -> None:
    assert standing(state) is expected
    assert state.standing is expected


@pytest.mark.parametrize(
    ("state", "refused", "because"),
    [
        pytest.param(
            paragraph(stage=Stage.RECORDED),
            move(Act.COMMENT),
            (Refusal.RECORDED_AS_PUBLISHED,),
            id="published text is not under discussion",
        ),
        pytest.param(
            paragraph(stage=Stage.RECORDED),
            move(Act.RESERVE),
            (Refusal.RECORDED_AS_PUBLISHED,),
            id="nor is anything in it decided here",
        ),
        pytest.param(
            paragraph(stage=Stage.ADOPTED),
            move(Act.RESERVE),
            (Refusal.TEXT_IS_ADOPTED,),
            id="adopted is for good",
        ),
        pytest.param(
            paragraph(positions={}),
            move(Act.AGREE, face="older"),
            (Refusal.TEXT_HAS_CHANGED,),
            id="nobody agrees to a text they have not seen",
        ),
        pytest.param(
            paragraph(),
            move(Act.TABLE_AMENDMENT, base=uuid4(), wanted=OTHER),
            (Refusal.TEXT_HAS_CHANGED,),
            id="nobody amends a text they have not seen",
        ),
        pytest.param(
            paragraph(), move(Act.TABLE_AMENDMENT, wanted=TEXT), (Refusal.NOTHING_CHANGES,), id="an amendment changes"
        ),
        pytest.param(
            paragraph(live=(amendment("US"),)),
            move(Act.TABLE_AMENDMENT, wanted=OTHER),
            (Refusal.NOTHING_CHANGES,),
            id="tabling the same again says nothing",
        ),
        pytest.param(
            paragraph(live=(amendment("US", kind=AmendmentKind.SUP, text=NOTHING),)),
            move(Act.TABLE_AMENDMENT, deletes=True),
            (Refusal.NOTHING_CHANGES,),
            id="proposing the same deletion again says nothing",
        ),
        pytest.param(
            paragraph(),
            move(Act.TABLE_AMENDMENT, wanted=NOTHING),
            (Refusal.NOTHING_WRITTEN,),
            id="an amendment without text is no amendment",
        ),
        pytest.param(paragraph(), move(Act.TABLE_ADDITION), (Refusal.NOTHING_WRITTEN,), id="an addition has text"),
        pytest.param(
            added(TABLED),
            move(Act.TABLE_AMENDMENT, base=TABLED.key, deletes=True),
            (Refusal.NOT_YET_COMMON,),
            id="what is not common text needs no deletion",
        ),
        pytest.param(
            paragraph(deferred_by=frozenset(SIDES)),
            move(Act.TABLE_AMENDMENT, wanted=OTHER),
            (Refusal.PARAGRAPH_IS_OUT,),
            id="a deferred paragraph is not amended",
        ),
        pytest.param(
            paragraph(live=(CHANGE,)),
            move(Act.ACCEPT, amendment=uuid4()),
            (Refusal.AMENDMENT_IS_CLOSED,),
            id="what is settled cannot be accepted",
        ),
        pytest.param(
            paragraph(live=(CHANGE,)), move(Act.ACCEPT), (Refusal.AMENDMENT_IS_CLOSED,), id="accepting names a change"
        ),
        pytest.param(
            paragraph(live=(CHANGE,)),
            move(Act.ACCEPT, "CN", amendment=CHANGE.key),
            (Refusal.OWN_AMENDMENT,),
            id="nobody accepts their own",
        ),
        pytest.param(
            paragraph(live=((stale := amendment(against=uuid4())),)),
            move(Act.ACCEPT, amendment=stale.key),
            (Refusal.MADE_AGAINST_EARLIER_TEXT,),
            id="a change of an earlier text waits for its author",
        ),
        pytest.param(
            paragraph(live=((half := amendment(text=ONE_LANGUAGE)),)),
            move(Act.ACCEPT, amendment=half.key),
            (Refusal.COUNTERPART_PENDING,),
            id="what stands in one language only cannot be accepted",
        ),
        pytest.param(
            paragraph(live=((taken := amendment(accepted_by=frozenset({"US"}))),)),
            move(Act.ACCEPT, amendment=taken.key),
            (Refusal.ALREADY_ACCEPTED,),
            id="nobody accepts twice",
        ),
        pytest.param(
            paragraph(live=(CHANGE,)),
            move(Act.WITHDRAW_AMENDMENT, amendment=CHANGE.key),
            (Refusal.NOT_YOUR_AMENDMENT,),
            id="nobody withdraws what another tabled",
        ),
        pytest.param(
            added(TABLED, amendment("US", against=TABLED.key)),
            move(Act.WITHDRAW_AMENDMENT, "CN", amendment=TABLED.key),
            (Refusal.OTHERS_HAVE_TAKEN_IT_UP,),
            id="an addition others have amended is no longer its author's alone",
        ),
        pytest.param(
            added(TABLED), move(Act.AGREE), (Refusal.NOT_YET_COMMON,), id="an addition is accepted, not agreed to"
        ),
        pytest.param(
            paragraph(current=ONE_LANGUAGE, positions={}),
            move(Act.AGREE),
            (Refusal.COUNTERPART_PENDING,),
            id="nobody agrees to half a pair",
        ),
        pytest.param(
            paragraph(),
            move(Act.RESERVE, as_head=False),
            (Refusal.HEAD_HAS_SPOKEN,),
            id="a drafter never overwrites a head",
        ),
        pytest.param(
            paragraph(said={HEAD: Stance.AGREE}),
            move(Act.AGREE, member=HEAD),
            (Refusal.ALREADY_YOUR_POSITION,),
            id="the same stance again says nothing",
        ),
        pytest.param(
            paragraph(positions={"US": said(Stance.AD_REFERENDUM, by_head=False)}),
            move(Act.AGREE_AD_REFERENDUM, as_head=False),
            (Refusal.ALREADY_YOUR_POSITION,),
            id="nor does a second drafter's",
        ),
        pytest.param(
            paragraph(said={DRAFTER: Stance.AD_REFERENDUM}),
            move(Act.AGREE_AD_REFERENDUM, as_head=False, member=DRAFTER),
            (Refusal.HEAD_HAS_SPOKEN,),
            id="what a drafter said before the head is no longer the position",
        ),
        pytest.param(
            paragraph(positions={"US": said(Stance.AD_REFERENDUM, by_head=False, awaits_head=True)}),
            move(Act.AGREE, as_head=False),
            (Refusal.ALREADY_YOUR_POSITION,),
            id="the head's agreement is recorded once",
        ),
        pytest.param(
            paragraph(said={OTHER_HEAD: Stance.AGREE}),
            move(Act.WITHDRAW_POSITION, member=HEAD),
            (Refusal.NO_POSITION_TO_WITHDRAW,),
            id="of two heads each takes back only the own word",
        ),
        pytest.param(
            paragraph(live=((kept := amendment(kept_by=frozenset({"US"}))),)),
            move(Act.KEEP_IN_BRACKETS, amendment=kept.key),
            (Refusal.ALREADY_KEPT,),
            id="it is said once that a change stays in brackets",
        ),
        pytest.param(
            paragraph(positions={}),
            move(Act.WITHDRAW_POSITION),
            (Refusal.NO_POSITION_TO_WITHDRAW,),
            id="only what was said can be taken back",
        ),
        pytest.param(
            paragraph(), move(Act.CERTIFY), (Refusal.ALREADY_CERTIFIED,), id="one certificate a side is enough"
        ),
        pytest.param(
            paragraph(deferred_by=frozenset({"US"})),
            move(Act.DEFER),
            (Refusal.ALREADY_CONSENTED_TO_DEFER,),
            id="consent to defer is given once",
        ),
        pytest.param(
            paragraph(), move(Act.REVOKE_DEFERRAL), (Refusal.NO_DEFERRAL_TO_REVOKE,), id="nothing to take back"
        ),
        pytest.param(
            paragraph(deferred_by=frozenset(SIDES)),
            move(Act.REVOKE_DEFERRAL, as_head=False),
            (Refusal.ONLY_A_HEAD_REVOKES,),
            id="a deferral in effect is a head's to revoke",
        ),
        pytest.param(
            paragraph(current=ONE_LANGUAGE, said={HEAD: Stance.AGREE}),
            move(Act.AGREE, face="older", member=HEAD),
            (Refusal.TEXT_HAS_CHANGED, Refusal.COUNTERPART_PENDING, Refusal.ALREADY_YOUR_POSITION),
            id="every reason is given, not just the first",
        ),
        pytest.param(
            paragraph(live=(in_points("US", text=OTHER),)),
            move(Act.TABLE_AMENDMENT, wanted=OTHER, points=(ONE, TWO)),
            (Refusal.NOTHING_CHANGES,),
            id="tabling the same again, grouped the same way, says nothing",
        ),
        pytest.param(
            added(addition("US")),
            move(Act.TABLE_AMENDMENT, base=None, deletes=True),
            (Refusal.TEXT_HAS_CHANGED, Refusal.NOT_YET_COMMON),
            id="its author withdraws an addition that nobody has taken up",
        ),
        pytest.param(
            paragraph(live=((alone := amendment(points=(IN_ENGLISH,))),)),
            move(Act.ACCEPT, amendment=alone.key),
            (Refusal.COUNTERPART_PENDING,),
            id="a change in one language waits until its author says that the other stands",
        ),
        pytest.param(
            paragraph(live=(PARTED,)),
            move(Act.ACCEPT_IN_PART, amendment=PARTED.key),
            (Refusal.NO_SUCH_POINTS,),
            id="who takes no point leaves it in brackets",
        ),
        pytest.param(
            paragraph(live=(PARTED,)),
            move(Act.ACCEPT_IN_PART, amendment=PARTED.key, chosen=frozenset({1, 2})),
            (Refusal.NO_SUCH_POINTS,),
            id="who takes every point accepts the amendment",
        ),
        pytest.param(
            paragraph(live=(PARTED,)),
            move(Act.ACCEPT_IN_PART, amendment=PARTED.key, chosen=frozenset({3})),
            (Refusal.NO_SUCH_POINTS,),
            id="only points that there are can be taken",
        ),
        pytest.param(
            added(TABLED),
            move(Act.ACCEPT_IN_PART, amendment=TABLED.key, chosen=frozenset({1})),
            (Refusal.NO_SUCH_POINTS,),
            id="an addition is taken or left whole",
        ),
        pytest.param(
            paragraph(),
            move(Act.ACCEPT_IN_PART, amendment=PARTED.key, chosen=frozenset({1})),
            (Refusal.AMENDMENT_IS_CLOSED,),
            id="nothing is taken from what is settled",
        ),
        pytest.param(
            paragraph(live=((first := in_points(taken_by={"US": frozenset({1})})),)),
            move(Act.ACCEPT_IN_PART, amendment=first.key, chosen=frozenset({1})),
            (Refusal.ALREADY_ACCEPTED,),
            id="the same points are taken once",
        ),
        pytest.param(
            paragraph(live=((all_of_it := in_points(accepted_by=frozenset({"US"}))),)),
            move(Act.ACCEPT_IN_PART, amendment=all_of_it.key, chosen=frozenset({1})),
            (Refusal.ALREADY_ACCEPTED,),
            id="who has accepted all of it takes no part of it",
        ),
        pytest.param(
            paragraph(live=(PARTED,)),
            move(Act.ACCEPT_IN_PART, "CN", amendment=PARTED.key, chosen=frozenset({1})),
            (Refusal.OWN_AMENDMENT,),
            id="nobody takes their own points",
        ),
        pytest.param(
            paragraph(live=((older := in_points(against=uuid4())),)),
            move(Act.ACCEPT_IN_PART, amendment=older.key, chosen=frozenset({1})),
            (Refusal.MADE_AGAINST_EARLIER_TEXT,),
            id="nor points of a change that waits for its author",
        ),
        pytest.param(
            paragraph(live=((both := in_points(points=(IN_ENGLISH, TWO))),)),
            move(Act.ACCEPT_IN_PART, amendment=both.key, chosen=frozenset({2})),
            (Refusal.COUNTERPART_PENDING,),
            id="nor any of a change of which one point stands in one language only",
        ),
        pytest.param(
            paragraph(live=(CHANGE,)),
            move(Act.CARRY_OVER, "CN", amendment=CHANGE.key, wanted=OTHER),
            (Refusal.FITS_ALREADY,),
            id="what fits the text needs no carrying over",
        ),
        pytest.param(
            paragraph(live=(BEHIND,)),
            move(Act.CARRY_OVER, amendment=BEHIND.key),
            (Refusal.COLLIDES_WITH_NEW_TEXT,),
            id="what collides is written anew by its author",
        ),
        pytest.param(
            paragraph(live=(BEHIND,)),
            move(Act.CARRY_OVER, amendment=BEHIND.key, wanted=TEXT),
            (Refusal.NOTHING_CHANGES,),
            id="what the text says already is not carried over",
        ),
        pytest.param(
            paragraph(live=(BEHIND,)),
            move(Act.CARRY_OVER, amendment=BEHIND.key, base=uuid4(), wanted=OTHER),
            (Refusal.TEXT_HAS_CHANGED,),
            id="nor is anything, to a text its author has not seen",
        ),
        pytest.param(
            paragraph(live=(BEHIND,)),
            move(Act.CARRY_OVER, "CN", amendment=BEHIND.key, wanted=OTHER),
            (Refusal.NOT_YOUR_AMENDMENT,),
            id="nor by another side",
        ),
        pytest.param(
            paragraph(),
            move(Act.CARRY_OVER, amendment=BEHIND.key, wanted=OTHER),
            (Refusal.AMENDMENT_IS_CLOSED,),
            id="nor once it is settled",
        ),
    ],
)
def test_out_of_order(state: ParagraphState, refused: Move, because: tuple[Refusal, ...]) -> None:
    with pytest.raises(OutOfOrder) as caught:
        check(state, refused)

    assert caught.value.refusals == because
    assert str(caught.value) == ", ".join(because)


@pytest.mark.parametrize(
    ("state", "accepted"),
    [
        pytest.param(paragraph(), move(Act.TABLE_AMENDMENT, wanted=OTHER), id="amend agreed text"),
        pytest.param(
            paragraph(current=TEXT), move(Act.TABLE_AMENDMENT, wanted=ONE_LANGUAGE), id="amend in one language"
        ),
        pytest.param(paragraph(), move(Act.TABLE_AMENDMENT, deletes=True), id="propose a deletion"),
        pytest.param(
            paragraph(live=(amendment("US", against=uuid4()),)),
            move(Act.TABLE_AMENDMENT, wanted=OTHER),
            id="say again what was said of an earlier text, so that it stands against this one",
        ),
        pytest.param(
            paragraph(live=(amendment("US", kind=AmendmentKind.SUP, text=NOTHING),)),
            move(Act.TABLE_AMENDMENT, wanted=OTHER),
            id="words in place of one's own deletion",
        ),
        pytest.param(paragraph(), move(Act.TABLE_ADDITION, wanted=ONE_LANGUAGE), id="add in one language"),
        pytest.param(paragraph(live=(CHANGE,)), move(Act.ACCEPT, amendment=CHANGE.key), id="accept another's change"),
        pytest.param(added(TABLED), move(Act.ACCEPT, amendment=TABLED.key), id="accept an addition"),
        pytest.param(
            paragraph(live=(CHANGE,)), move(Act.KEEP_IN_BRACKETS, amendment=CHANGE.key), id="leave it in brackets"
        ),
        pytest.param(
            added(TABLED), move(Act.WITHDRAW_AMENDMENT, "CN", amendment=TABLED.key), id="take back one's addition"
        ),
        pytest.param(
            paragraph(live=(CHANGE,)), move(Act.WITHDRAW_AMENDMENT, "CN", amendment=CHANGE.key), id="and one's change"
        ),
        pytest.param(paragraph(positions={}), move(Act.AGREE), id="agree"),
        pytest.param(
            paragraph(positions={"US": said(Stance.AD_REFERENDUM, by_head=False)}),
            move(Act.AGREE_AD_REFERENDUM),
            id="a head makes a drafter's word the head's own",
        ),
        pytest.param(paragraph(), move(Act.RESERVE), id="a head changes the head's mind"),
        pytest.param(
            paragraph(said={OTHER_HEAD: Stance.AGREE}), move(Act.AGREE, member=HEAD), id="the second head agrees too"
        ),
        pytest.param(
            paragraph(positions={"US": said(Stance.RESERVE, by_head=False)}),
            move(Act.WITHDRAW_POSITION, member=HEAD),
            id="a head takes back what a drafter said",
        ),
        pytest.param(paragraph(), move(Act.WITHDRAW_POSITION), id="take back one's own position"),
        pytest.param(paragraph(certified_by=frozenset()), move(Act.CERTIFY), id="certify"),
        pytest.param(added(TABLED), move(Act.DEFER), id="defer what is not agreed"),
        pytest.param(paragraph(stage=Stage.ADOPTED), move(Act.COMMENT), id="comment on adopted text"),
        pytest.param(
            paragraph(deferred_by=frozenset({"US"})),
            move(Act.REVOKE_DEFERRAL, as_head=False),
            id="a drafter takes back a proposal to defer",
        ),
        pytest.param(
            paragraph(live=(in_points("US", text=OTHER),)),
            move(Act.TABLE_AMENDMENT, wanted=OTHER, points=(ONE, TWO), is_severable=True),
            id="the same words again, said to be severable",
        ),
        pytest.param(
            added(TABLED, amendment("US", against=TABLED.key)),
            move(Act.TABLE_AMENDMENT, "CN", base=TABLED.key, deletes=True),
            id="ask the others to let one's addition go, once they have amended it",
        ),
        pytest.param(
            added(liked := addition("CN", accepted_by=frozenset({"US"}))),
            move(Act.TABLE_AMENDMENT, "CN", base=liked.key, deletes=True),
            id="or accepted it",
        ),
        pytest.param(
            paragraph(live=((declared := amendment(points=(IN_ENGLISH,), other_stands=True)),)),
            move(Act.ACCEPT, amendment=declared.key),
            id="accept a change in one language, as the other is said to stand",
        ),
        pytest.param(
            paragraph(live=(PARTED,)),
            move(Act.ACCEPT_IN_PART, amendment=PARTED.key, chosen=frozenset({2})),
            id="take some points",
        ),
        pytest.param(
            paragraph(live=((changed := in_points(taken_by={"US": frozenset({1})})),)),
            move(Act.ACCEPT_IN_PART, amendment=changed.key, chosen=frozenset({2})),
            id="take other points instead",
        ),
        pytest.param(
            paragraph(live=(BEHIND,)),
            move(Act.CARRY_OVER, amendment=BEHIND.key, wanted=OTHER),
            id="carry one's change over",
        ),
        pytest.param(
            paragraph(live=((struck := amendment("US", kind=AmendmentKind.SUP, text=NOTHING, against=uuid4())),)),
            move(Act.CARRY_OVER, amendment=struck.key, deletes=True),
            id="and one's deletion",
        ),
    ],
)
def test_in_order(state: ParagraphState, accepted: Move) -> None:
    assert refusals(state, accepted) == ()
    check(state, accepted)


def test_an_acceptance_makes_a_wording_when_every_other_side_has_accepted() -> None:
    three = ("US", "CN", "EU")
    first = paragraph(sides=three, live=(CHANGE,))
    accepted = amendment(key=CHANGE.key, accepted_by=frozenset({"EU"}))
    last = paragraph(sides=three, live=(accepted,))

    assert takes_effect(first, move(Act.ACCEPT, amendment=CHANGE.key)) is None
    assert takes_effect(last, move(Act.ACCEPT, amendment=CHANGE.key)) == frozenset()
    assert takes_effect(last, move(Act.KEEP_IN_BRACKETS, amendment=CHANGE.key)) is None
    assert takes_effect(last, move(Act.ACCEPT)) is None


@pytest.mark.parametrize(
    ("said_before", "chosen", "effect"),
    [
        pytest.param({}, {1}, None, id="another side has yet to answer"),
        pytest.param({"taken_by": {"EU": frozenset({1, 3})}}, {1, 2}, {1}, id="what all others take becomes common"),
        pytest.param({"taken_by": {"EU": frozenset({3})}}, {1, 2}, None, id="where that is nothing, nothing does"),
        pytest.param({"accepted_by": frozenset({"EU"})}, {1, 2}, {1, 2}, id="who accepts it takes every point"),
    ],
)
def test_in_part_what_every_other_side_takes_becomes_common_text(
    said_before: dict[str, Any], chosen: set[int], effect: set[int] | None
) -> None:
    asked = in_points(points=(ONE, TWO, Point(TWO.en, ONE.zh)), **said_before)
    state = paragraph(sides=("US", "CN", "EU"), live=(asked,))

    taking = move(Act.ACCEPT_IN_PART, amendment=asked.key, chosen=frozenset(chosen))

    assert takes_effect(state, taking) == (None if effect is None else frozenset(effect))


def test_accepting_the_whole_takes_effect_in_part_where_another_side_took_some_points() -> None:
    asked = in_points(taken_by={"EU": frozenset({2})})
    state = paragraph(sides=("US", "CN", "EU"), live=(asked,))

    assert takes_effect(state, move(Act.ACCEPT, amendment=asked.key)) == frozenset({2})


def test_an_addition_is_taken_up_once_another_side_has_accepted_or_amended_it_or_all_carry_it_along() -> None:
    assert not paragraph().is_taken_up
    assert not added(TABLED).is_taken_up
    assert not added(TABLED, amendment("CN", kind=AmendmentKind.SUP, text=NOTHING, against=TABLED.key)).is_taken_up
    assert added(TABLED, amendment("US", against=TABLED.key)).is_taken_up
    assert added(addition(accepted_by=frozenset({"US"}))).is_taken_up
    assert added(TABLED, deferred_by=frozenset(SIDES)).is_taken_up


def test_what_keeps_anybody_from_amending_is_said_before_anything_is_written() -> None:
    assert refusals_to_amend(paragraph()) == ()
    assert refusals_to_amend(paragraph(stage=Stage.ADOPTED)) == (Refusal.TEXT_IS_ADOPTED,)
    assert refusals_to_amend(paragraph(deferred_by=frozenset(SIDES))) == (Refusal.PARAGRAPH_IS_OUT,)
    assert refusals_to_amend(DELETED) == ()


def test_nothing_is_put_to_all_sides_about_a_deleted_paragraph() -> None:
    assert refusals_to_propose(paragraph()) == ()
    assert refusals_to_propose(DELETED) == (Refusal.PARAGRAPH_IS_OUT,)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (Act.AGREE, ()),
        (Act.RESERVE, ()),
        (Act.CERTIFY, (Refusal.PARAGRAPH_IS_OUT,)),
        (Act.DEFER, (Refusal.PARAGRAPH_IS_OUT,)),
    ],
)
def test_a_deletion_is_held_like_any_other_wording_but_there_is_nothing_to_certify_or_carry(
    act: Act, expected: tuple[Refusal, ...]
) -> None:
    assert refusals(DELETED, move(act)) == expected


def test_a_deletion_is_reopened_by_an_amendment_and_not_deleted_again() -> None:
    assert refusals(DELETED, move(Act.TABLE_AMENDMENT, wanted=TEXT)) == ()
    assert refusals(DELETED, move(Act.TABLE_AMENDMENT, deletes=True)) == (Refusal.NOTHING_CHANGES,)


@pytest.mark.parametrize("act", [Act.ACCEPT, Act.KEEP_IN_BRACKETS])
def test_what_a_head_answered_only_a_head_of_that_side_answers_otherwise(act: Act) -> None:
    said_by_the_head = amendment("CN", answered_by_heads=frozenset({"US"}))
    state = paragraph(live=(said_by_the_head,))

    drafter = move(act, as_head=False, amendment=said_by_the_head.key)
    assert refusals(state, drafter) == (Refusal.HEAD_HAS_SPOKEN,)
    assert refusals(state, replace(drafter, as_head=True)) == ()


def test_what_a_head_said_of_deferral_only_a_head_of_that_side_changes() -> None:
    wants = paragraph(deferred_by=frozenset({"US"}), heads_on_deferral=frozenset({"US"}))
    took_back = paragraph(heads_on_deferral=frozenset({"US"}))

    for state, act in ((wants, Act.REVOKE_DEFERRAL), (took_back, Act.DEFER)):
        assert refusals(state, move(act, as_head=False)) == (Refusal.HEAD_HAS_SPOKEN,)
        assert refusals(state, move(act)) == ()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ()),
        ({"kept_by": frozenset({"CN"})}, ()),
        ({"accepted_by": frozenset({"CN"})}, (Refusal.OTHERS_HAVE_TAKEN_IT_UP,)),
        ({"taken_by": {"CN": frozenset({1})}}, (Refusal.OTHERS_HAVE_TAKEN_IT_UP,)),
        ({"accepted_by": frozenset({"CN"}), "against": None}, ()),
    ],
)
def test_a_change_that_another_side_has_accepted_is_not_withdrawn_by_its_author_alone(
    answers: dict[str, object], expected: tuple[Refusal, ...]
) -> None:
    change = amendment("US", **answers)

    state = paragraph(sides=("US", "CN", "EU"), live=(change,))
    assert refusals(state, move(Act.WITHDRAW_AMENDMENT, amendment=change.key)) == expected


@pytest.mark.parametrize(
    ("live", "expected"),
    [
        (amendment("US"), ("CN", "EU")),
        (amendment("US", accepted_by=frozenset({"CN"})), ("EU",)),
        (amendment("US", accepted_by=frozenset({"CN"}), kept_by=frozenset({"EU"})), ("US", "EU")),
        (amendment("US", against=UUID(int=99)), ("US",)),
        (amendment("US", text=Bilingual("Only here.", "")), ("US",)),
    ],
)
def test_a_live_amendment_waits_for_who_has_not_answered(live: LiveAmendment, expected: tuple[str, ...]) -> None:
    assert paragraph(sides=("US", "CN", "EU"), live=(live,)).awaited(live) == expected


def test_the_text_of_a_paragraph_is_its_common_wording_or_the_addition_as_tabled() -> None:
    assert paragraph().text == TEXT
    assert added(TABLED).text == TEXT
    assert added(TABLED, live=()).text is None


def test_the_tables_cover_every_case() -> None:
    assert GUARDS.keys() == set(Act)
    assert set(STANCE_OF.values()) == set(Stance)
    assert ACT_OF.keys() == set(Stance)


STANCES = st.sampled_from([None, *(one for one in Stance if one is not Stance.WITHDRAWN)])


@st.composite
def states(draw: st.DrawFn) -> ParagraphState:
    """Any paragraph of a text under negotiation."""
    positions = {side: said(stance) for side in SIDES if (stance := draw(STANCES))}
    common: Mapping[str, object] = {
        "current": draw(st.sampled_from([TEXT, ONE_LANGUAGE])),
        "positions": positions,
        "live": (CHANGE,) if draw(st.booleans()) else (),
        "has_placeholder": draw(st.booleans()),
        "deferred_by": draw(st.frozensets(st.sampled_from(SIDES))),
        "is_deleted": draw(st.booleans()),
    }
    return paragraph(**common)


@given(states())
def test_agreed_means_that_every_side_gave_its_final_word_on_a_complete_text_without_brackets(
    state: ParagraphState,
) -> None:
    if standing(state) is Standing.AGREED:
        assert state.text is not None
        assert state.text.is_complete
        assert not state.live
        assert not state.has_placeholder
        final = {Stance.AGREE, Stance.AGREE_WITH_STATEMENT}
        assert {side for side, one in state.positions.items() if one.stance in final} == set(SIDES)


@given(states(), st.sampled_from(Act))
def test_what_is_out_of_the_text_is_neither_amended_nor_agreed_nor_certified(state: ParagraphState, act: Act) -> None:
    changes_the_text = act not in {Act.COMMENT, Act.REVOKE_DEFERRAL, Act.WITHDRAW_POSITION, Act.TABLE_ADDITION}
    if standing(state) in SETTLED_OUTSIDE and changes_the_text and act is not Act.WITHDRAW_AMENDMENT:
        assert Refusal.PARAGRAPH_IS_OUT in refusals(state, move(act, amendment=CHANGE.key, wanted=OTHER))


@given(states(), st.sampled_from(Act))
def test_adopted_text_takes_no_act_but_a_comment(state: ParagraphState, act: Act) -> None:
    frozen = paragraph(stage=Stage.ADOPTED, live=state.live, positions=state.positions)

    assert bool(refusals(frozen, move(act, amendment=CHANGE.key, wanted=OTHER))) == (act is not Act.COMMENT)
