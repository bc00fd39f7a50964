"""Deferral: carried over by consent of every side, brought back by a head."""

from functools import partial

from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import (
    CHANGED,
    OTHER,
    accepted,
    again,
    amended,
    closed,
    common,
    deferred,
    face,
    refusals,
    standing,
    tabled,
)
from workflow.domain.negotiation import Refusal, Standing
from workflow.models import Agreement, Paragraph
from workflow.services import amendments, deferrals
from workflow.services.reading import items_after, read


def on_the_agenda(session: orm.Session, agreement: Agreement) -> list[Paragraph]:
    return [one.paragraph for one in items_after(session, agreement.session)]


def test_what_both_sides_carry_over_stands_on_the_agenda_as_nobodys_own_proposal(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    assert deferred(session, paragraph, cast.us_drafter) is False
    assert on_the_agenda(session, agreement) == []

    assert deferred(session, paragraph, cast.cn_drafter) is True

    (item,) = items_after(session, agreement.session)
    assert (item.paragraph, item.delegation, item.is_deferred_text) == (paragraph, None, True)


def test_a_deferral_revoked_by_a_head_takes_the_item_off_the_agenda_and_a_new_one_puts_it_back(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    deferred(session, paragraph, cast.us_drafter, cast.cn_drafter)

    deferrals.revoke(session, paragraph=paragraph, by=cast.us_head)
    assert standing(session, paragraph) is Standing.AD_REFERENDUM
    assert on_the_agenda(session, agreement) == []

    drafter = partial(deferred, session, paragraph, cast.us_drafter)
    assert refusals(drafter) == (Refusal.HEAD_HAS_SPOKEN,)
    deferred(session, paragraph, cast.us_head)
    assert on_the_agenda(session, agreement) == [paragraph]


def test_a_drafter_revokes_a_proposal_but_not_what_has_taken_effect(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    deferred(session, paragraph, cast.us_drafter)
    deferrals.revoke(session, paragraph=paragraph, by=cast.us_drafter)
    assert paragraph.deferred_by == frozenset()

    deferred(session, paragraph, cast.us_drafter, cast.cn_drafter)

    assert refusals(lambda: deferrals.revoke(session, paragraph=paragraph, by=cast.cn_drafter)) == (
        Refusal.ONLY_A_HEAD_REVOKES,
    )


def test_consent_to_carry_over_one_wording_is_none_to_carry_over_the_next(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    deferred(session, paragraph, cast.us_drafter)
    accepted(session, amended(session, paragraph, cast.cn_drafter), cast.us_drafter)

    assert deferred(session, paragraph, cast.cn_drafter) is False
    assert paragraph.deferred_by == {"CN"}


def test_positions_on_a_paragraph_survive_its_being_carried_over_and_back(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    closed(session, paragraph, cast)
    deferred(session, paragraph, cast.us_drafter, cast.cn_drafter)

    deferrals.revoke(session, paragraph=paragraph, by=cast.cn_head)

    assert standing(session, paragraph) is Standing.AGREED


def test_an_addition_that_both_sides_carry_over_is_not_withdrawn_by_its_author_alone(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)
    deferred(session, paragraph, cast.us_drafter, cast.cn_drafter)

    assert refusals(lambda: amendments.withdraw(session, amendment=paragraph.amendments[0], by=cast.us_drafter)) == (
        Refusal.OTHERS_HAVE_TAKEN_IT_UP,
    )
    assert on_the_agenda(session, agreement) == [paragraph]


def test_live_amendments_go_along_and_come_back(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    change = amended(session, paragraph, cast.us_drafter)
    deferred(session, paragraph, cast.us_drafter, cast.cn_drafter)
    assert refusals(lambda: amendments.accept(session, amendment=change, by=cast.cn_drafter)) == (
        Refusal.PARAGRAPH_IS_OUT,
    )

    deferrals.revoke(session, paragraph=paragraph, by=cast.cn_head)

    assert accepted(session, change, cast.cn_drafter).text == CHANGED


def test_what_is_carried_over_is_neither_amended_nor_counted(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    deferred(session, paragraph, cast.us_drafter, cast.cn_drafter)

    assert refusals(lambda: amended(session, paragraph, cast.us_drafter, OTHER)) == (Refusal.PARAGRAPH_IS_OUT,)
    assert read(session, agreement.id).closing.counted == {}


def test_a_side_says_once_that_it_wants_to_carry_it_over_and_on_the_text_it_was_shown(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    shown = face(session, paragraph)
    deferred(session, paragraph, cast.us_drafter)

    def consents(seen: str) -> tuple[Refusal, ...]:
        return refusals(lambda: deferrals.consent(session, paragraph=paragraph, by=cast.us_head, face=seen))

    assert consents(shown) == (Refusal.ALREADY_CONSENTED_TO_DEFER,)
    assert consents("") == (Refusal.TEXT_HAS_CHANGED, Refusal.ALREADY_CONSENTED_TO_DEFER)
    assert again(session, paragraph).states[paragraph.id].deferred_by == {"US"}
