"""Positions: what a delegation says of an exact text, and when it no longer counts."""

import pytest
from sqlalchemy import orm

from tests.factories import Cast, a_member, an_account
from tests.services.moves import (
    CHANGED,
    OTHER,
    TEXT,
    accepted,
    adopted,
    again,
    amended,
    closed,
    common,
    deferred,
    face,
    refusals,
    standing,
    tabled,
    takes,
)
from workflow.domain.bilingual import Bilingual
from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import Refusal, Standing
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind
from workflow.models import Agreement, Paragraph
from workflow.permissions import Role
from workflow.services import deferrals, motions, moves, positions
from workflow.services.drafts import Place
from workflow.services.reading import read


def test_only_both_heads_make_a_paragraph_agreed(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    takes(session, paragraph, cast.us_head)
    assert standing(session, paragraph) is Standing.AD_REFERENDUM

    takes(session, paragraph, cast.cn_head)

    assert standing(session, paragraph) is Standing.AGREED


@pytest.mark.parametrize("for_head", [True, False])
def test_a_drafter_agrees_ad_referendum_at_the_most(
    session: orm.Session, cast: Cast, agreement: Agreement, *, for_head: bool
) -> None:
    paragraph = common(session, agreement, cast)
    takes(session, paragraph, cast.us_head)

    positions.take(
        session,
        paragraph=paragraph,
        by=cast.cn_drafter,
        stance=Stance.AGREE,
        face=face(session, paragraph),
        for_head=for_head,
    )

    assert standing(session, paragraph) is Standing.AD_REFERENDUM
    assert read(session, agreement.id).states[paragraph.id].positions["CN"].awaits_head is for_head


def test_a_drafter_does_not_overwrite_a_head(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    takes(session, paragraph, cast.us_head)

    assert refusals(lambda: takes(session, paragraph, cast.us_drafter, Stance.RESERVE)) == (Refusal.HEAD_HAS_SPOKEN,)


def test_the_reservation_of_one_of_two_heads_blocks_until_that_head_takes_it_back(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    second = a_member(
        session,
        cast.dialogue,
        Role.HEAD,
        cast.us,
        account=an_account(session, email="us-head-2@x.example", name="US head"),
    )
    for head, stance in ((cast.us_head, Stance.RESERVE), (second, Stance.AGREE), (cast.cn_head, Stance.AGREE)):
        takes(session, paragraph, head, stance)
    assert standing(session, paragraph) is Standing.RESERVED

    takes(session, paragraph, cast.us_head, Stance.WITHDRAWN)

    assert standing(session, paragraph) is Standing.AGREED


def test_text_taken_back_to_what_it_said_before_is_agreed_by_nobody_yet(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    closed(session, paragraph, cast)
    for text in (CHANGED, TEXT):
        accepted(session, amended(session, paragraph, cast.us_drafter, text), cast.cn_drafter)

    state = read(session, agreement.id).states[paragraph.id]
    assert paragraph.text == TEXT
    assert state.standing is Standing.AD_REFERENDUM
    assert not state.certified_by


def test_a_changed_lead_in_voids_what_was_held_of_its_bullets(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    lead_in = common(session, agreement, cast, place=Place(kind=ParagraphKind.LEAD_IN))
    bullet = common(session, agreement, cast, place=Place(parent=lead_in.id, kind=ParagraphKind.BULLET))
    closed(session, bullet, cast)

    accepted(session, amended(session, lead_in, cast.us_drafter), cast.cn_drafter)

    assert standing(session, bullet) is Standing.NO_POSITION


def test_a_lead_in_carried_to_the_next_session_voids_what_was_held_of_its_bullets(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    lead_in = common(session, agreement, cast, place=Place(kind=ParagraphKind.LEAD_IN))
    bullet = common(session, agreement, cast, place=Place(parent=lead_in.id, kind=ParagraphKind.BULLET))
    closed(session, bullet, cast)

    deferred(session, lead_in, cast.us_drafter, cast.cn_drafter)

    assert standing(session, bullet) is Standing.NO_POSITION


def test_nobody_takes_a_position_on_what_is_not_common_text(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)

    assert refusals(lambda: takes(session, paragraph, cast.cn_head)) == (Refusal.NOT_YET_COMMON,)


def test_a_position_is_taken_on_the_text_that_was_shown_and_no_other(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)

    assert refusals(
        lambda: positions.take(session, paragraph=paragraph, by=cast.us_head, stance=Stance.AGREE, face="another")
    ) == (Refusal.TEXT_HAS_CHANGED,)


def test_taking_back_the_own_position_leaves_the_other_sides(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    closed(session, paragraph, cast)

    takes(session, paragraph, cast.us_head, Stance.WITHDRAWN, reason="asked for by the ministry")

    assert read(session, agreement.id).states[paragraph.id].positions.keys() == {"CN"}


def test_adopted_text_takes_no_position(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    closed(session, paragraph, cast)
    adopted(session, agreement, cast.us_head)
    adopted(session, agreement, cast.cn_head)

    assert Refusal.TEXT_IS_ADOPTED in refusals(lambda: takes(session, paragraph, cast.us_head, Stance.WITHDRAWN))


def test_a_statement_for_the_record_stays_with_the_position(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    said = Bilingual("We note that rules differ.", "我方注意到规则不尽相同。")

    position = positions.take(
        session,
        paragraph=paragraph,
        by=cast.us_head,
        stance=Stance.AGREE_WITH_STATEMENT,
        face=face(session, paragraph),
        statement=said,
    )

    assert (position.statement, position.as_head, position.wording_number) == (said, True, 1)


def under_a_lead_in(session: orm.Session, agreement: Agreement, cast: Cast) -> tuple[Paragraph, Paragraph]:
    """Return a lead-in and its bullet, both agreed by both heads and certified."""
    lead_in = common(session, agreement, cast, OTHER, Place(kind=ParagraphKind.LEAD_IN))
    bullet = common(session, agreement, cast, TEXT, Place(parent=lead_in.id))
    for paragraph in (lead_in, bullet):
        closed(session, paragraph, cast)
    assert standing(session, bullet) is Standing.AGREED
    return lead_in, bullet


def test_a_lead_in_changed_and_changed_back_asks_everybody_under_it_again(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    lead_in, bullet = under_a_lead_in(session, agreement, cast)
    before = face(session, bullet)

    for text in (CHANGED, OTHER):
        accepted(session, amended(session, lead_in, cast.us_drafter, text), cast.cn_drafter)

    state = again(session, bullet).state_of(bullet)
    assert state.face == before
    assert (state.standing, state.certified_by) == (Standing.NO_POSITION, frozenset())
    assert state.lapsed_under == {"US", "CN"}


def test_a_lead_in_carried_over_and_brought_back_revives_nothing_that_was_held_before(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    lead_in, bullet = under_a_lead_in(session, agreement, cast)
    deferred(session, lead_in, cast.us_drafter, cast.cn_drafter)
    assert standing(session, bullet) is Standing.NO_POSITION
    takes(session, bullet, cast.cn_head)

    deferrals.revoke(session, paragraph=lead_in, by=cast.us_head)

    state = again(session, bullet).state_of(bullet)
    assert not state.positions
    assert state.lapsed_under == {"US", "CN"}


def test_a_bullet_put_elsewhere_and_back_is_held_by_nobody_until_somebody_says_so(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    lead_in, bullet = under_a_lead_in(session, agreement, cast)

    for place in (moves.asked(parent=None, before=None), moves.asked(parent=lead_in.id, before=None)):
        seen = moves.stands_on(again(session, bullet), bullet)
        motion = motions.put(session, kind=MotionKind.MOVE, agreement=agreement, paragraph=bullet, by=cast.us_drafter,
                             seen=seen, details=place)  # fmt: skip
        assert motions.consent(session, motion=motion, by=cast.cn_drafter)

    assert standing(session, bullet) is Standing.NO_POSITION


def test_what_one_side_only_tables_takes_no_word_back_of_anybody(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    opener = common(session, agreement, cast, OTHER, Place(kind=ParagraphKind.LEAD_IN))
    section = common(session, agreement, cast, TEXT, Place(kind=ParagraphKind.HEADING, after=opener.id))
    for paragraph in (opener, section):
        closed(session, paragraph, cast)

    tabled(session, agreement, cast.us_drafter, CHANGED, Place(after=opener.id))
    tabled(session, agreement, cast.us_drafter, CHANGED, Place(parent=opener.id))

    assert standing(session, section) is Standing.AGREED
