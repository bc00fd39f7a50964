"""Confirming many paragraphs in one reading (12, 23)."""

from uuid import UUID

import pytest
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import (
    CHANGED,
    OTHER,
    TEXT,
    accepted,
    again,
    amended,
    common,
    deferred,
    face,
    refusals,
    standing,
    tabled,
    takes,
)
from workflow.domain.confirmations import Ground
from workflow.domain.negotiation import Refusal, Standing
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind
from workflow.models import Agreement, Membership, Paragraph
from workflow.services import confirmations, positions
from workflow.services.confirmations import Confirmable, ConfirmationPage
from workflow.services.drafts import Place


def page(session: orm.Session, agreement: Agreement, reader: Membership) -> ConfirmationPage:
    session.flush()
    session.expire_all()
    return confirmations.page(session, agreement.id, reader.actor)


def grounds(session: orm.Session, agreement: Agreement, reader: Membership) -> dict[Paragraph, Ground]:
    return {one.row.paragraph: one.ground for one in page(session, agreement, reader).rows}


def only(session: orm.Session, agreement: Agreement, reader: Membership) -> Confirmable:
    [found] = page(session, agreement, reader).rows
    return found


def reworded(session: orm.Session, paragraph: Paragraph, cast: Cast) -> None:
    accepted(session, amended(session, paragraph, cast.cn_drafter), cast.us_drafter)


def test_a_head_is_shown_all_that_waits_for_the_heads_word_and_nothing_else(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    held, recorded, agreed, reserved = (common(session, agreement, cast) for _ in range(4))
    tabled(session, agreement, cast.cn_drafter)
    positions.take(
        session,
        paragraph=recorded,
        by=cast.us_drafter,
        stance=Stance.AGREE,
        face=face(session, recorded),
        for_head=True,
    )
    takes(session, agreed, cast.us_head)
    takes(session, reserved, cast.us_drafter, Stance.RESERVE, reason="not yet")

    assert grounds(session, agreement, cast.us_head) == {
        held: Ground.AD_REFERENDUM,
        recorded: Ground.FOR_THE_HEAD,
    }
    assert grounds(session, agreement, cast.us_drafter) == {}
    assert page(session, agreement, cast.us_head).stance is Stance.AGREE
    assert page(session, agreement, cast.us_drafter).stance is Stance.AD_REFERENDUM


@pytest.mark.parametrize("who", ["us_translator", "us_adviser", "observer", "secretariat"])
def test_who_gives_no_word_has_no_list(session: orm.Session, cast: Cast, agreement: Agreement, who: str) -> None:
    common(session, agreement, cast)

    assert grounds(session, agreement, getattr(cast, who)) == {}


def test_what_a_side_agreed_to_before_it_changed_is_shown_with_what_changed(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    takes(session, paragraph, cast.us_head)
    takes(session, paragraph, cast.us_head, Stance.AGREE_WITH_STATEMENT)
    reworded(session, paragraph, cast)
    takes(session, paragraph, cast.us_drafter, Stance.WITHDRAWN, reason="to be read first")

    shown = only(session, agreement, cast.us_head)

    assert shown.ground is Ground.AGREED_EARLIER
    assert (shown.text, shown.governing, shown.had_statement) == (CHANGED, None, True)
    assert shown.agreed
    assert shown.agreed.number == 1
    assert shown.redline
    assert "".join(one.text for one in shown.redline.en if one.kind != "inserted") == TEXT.en
    assert only(session, agreement, cast.us_drafter).ground is Ground.AGREED_EARLIER


def test_what_stands_under_a_lead_in_that_changed_is_shown_with_it(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    lead_in = common(session, agreement, cast, OTHER, Place(kind=ParagraphKind.LEAD_IN))
    item = common(session, agreement, cast, TEXT, Place(parent=lead_in.id, kind=ParagraphKind.BULLET))
    for paragraph in (lead_in, item):
        takes(session, paragraph, cast.us_head)
    reworded(session, lead_in, cast)

    shown = {one.row.paragraph: one for one in page(session, agreement, cast.us_head).rows}

    assert shown[lead_in].ground is Ground.AD_REFERENDUM
    assert shown[item].ground is Ground.AGREED_EARLIER
    assert shown[item].governing == CHANGED
    redline = shown[item].redline
    assert redline
    assert not redline.touches


def chosen(session: orm.Session, *paragraphs: Paragraph) -> dict[UUID, str]:
    return {one.id: face(session, one) for one in paragraphs}


def test_one_word_confirms_every_text_that_was_chosen(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    first, second, left = (common(session, agreement, cast) for _ in range(3))
    takes(session, first, cast.cn_head)

    count = confirmations.confirm(
        session,
        agreement=agreement,
        by=cast.us_head,
        chosen=chosen(session, first, second),
    )

    assert count == 2
    assert [standing(session, one) for one in (first, second, left)] == [
        Standing.AGREED,
        Standing.AD_REFERENDUM,
        Standing.AD_REFERENDUM,
    ]
    assert grounds(session, agreement, cast.us_head) == {left: Ground.AD_REFERENDUM}


def test_a_drafter_reaffirms_ad_referendum(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    takes(session, paragraph, cast.us_head)
    reworded(session, paragraph, cast)
    takes(session, paragraph, cast.us_drafter, Stance.WITHDRAWN, reason="to be read first")

    confirmations.confirm(
        session,
        agreement=agreement,
        by=cast.us_drafter,
        chosen=chosen(session, paragraph),
    )

    position = again(session, paragraph).state_of(paragraph).positions["US"]
    assert (position.stance, position.by_head) == (Stance.AD_REFERENDUM, False)


def test_if_one_text_has_changed_none_is_confirmed_and_what_changed_is_shown(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    stale, steady = common(session, agreement, cast), common(session, agreement, cast)
    seen = chosen(session, stale, steady)
    reworded(session, stale, cast)
    before = len(steady.positions)

    reasons = refusals(
        lambda: confirmations.confirm(
            session,
            agreement=agreement,
            by=cast.us_head,
            chosen=seen,
        )
    )

    assert reasons == (Refusal.TEXT_HAS_CHANGED,)
    assert len(steady.positions) == before
    [told] = confirmations.refused(session, agreement, cast.us_head.actor, seen)
    assert told.row.paragraph is stale
    assert told.refusals == (Refusal.TEXT_HAS_CHANGED,)
    assert told.redline
    assert "".join(one.text for one in told.redline.zh if one.kind != "deleted") == CHANGED.zh


def test_what_cannot_be_confirmed_for_another_reason_says_which(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    out, agreed, known = (common(session, agreement, cast) for _ in range(3))
    seen = chosen(session, out, agreed) | {known.id: "0" * 64}
    deferred(session, out, cast.us_drafter, cast.cn_drafter)
    takes(session, agreed, cast.us_head)

    told = confirmations.refused(session, agreement, cast.us_head.actor, seen)

    assert {one.row.paragraph: one.refusals for one in told} == {
        out: (Refusal.PARAGRAPH_IS_OUT,),
        agreed: (Refusal.ALREADY_YOUR_POSITION,),
        known: (Refusal.TEXT_HAS_CHANGED,),
    }
    assert [one.redline for one in told] == [None, None, None]


def test_a_text_of_another_agreement_is_confirmed_on_no_page_of_this_one(
    session: orm.Session, cast: Cast, agreement: Agreement, published: Agreement
) -> None:
    elsewhere = common(session, agreement, cast)

    reasons = refusals(
        lambda: confirmations.confirm(
            session,
            agreement=published,
            by=cast.us_head,
            chosen=chosen(session, elsewhere),
        )
    )

    assert reasons == (Refusal.TEXT_HAS_CHANGED,)
