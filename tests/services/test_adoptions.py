"""Adoption: refused with every cause, open until the last word, frozen with it."""

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import Cast, a_participant_list
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
    refusals,
    tabled,
    takes,
)
from workflow.domain.bilingual import Bilingual
from workflow.domain.closing import Cause, obstacles
from workflow.domain.negotiation import Refusal, Stage
from workflow.domain.positions import Stance
from workflow.models import Agreement, Entered, JournalEntry, Paragraph, Scope
from workflow.services import adoptions, amendments, certificates, deferrals, drafts, participants, threads
from workflow.services.reading import read


@pytest.fixture
def ready(session: orm.Session, cast: Cast, agreement: Agreement) -> Paragraph:
    """A text of one paragraph that nothing stands in the way of."""
    paragraph = common(session, agreement, cast)
    closed(session, paragraph, cast)
    return paragraph


@pytest.fixture
def frozen(session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph) -> Paragraph:
    """The same text, adopted by both heads."""
    for head in (cast.us_head, cast.cn_head):
        adopted(session, agreement, head)
    return ready


def causes(session: orm.Session, agreement: Agreement) -> set[Cause]:
    return {one.cause for one in obstacles(read(session, agreement.id).closing)}


def test_every_cause_against_it_is_named(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    for delegation in (cast.us, cast.cn):
        a_participant_list(session, agreement.session, delegation)
    common(session, agreement, cast)
    takes(session, common(session, agreement, cast, OTHER), cast.us_head, Stance.RESERVE)
    tabled(session, agreement, cast.us_drafter, Bilingual("One language.", ""))
    common(session, agreement, cast, Bilingual("Within [ ] days.", "在[ ]天内。"))

    assert causes(session, agreement) == {
        Cause.COUNTERPART_PENDING,
        Cause.OPEN_BRACKET,
        Cause.PLACEHOLDER,
        Cause.RESERVATION,
        Cause.AD_REFERENDUM,
        Cause.NO_CERTIFICATE,
        Cause.LIST_NOT_CONFIRMED,
    }
    assert refusals(lambda: adopted(session, agreement, cast.us_head)) == (Refusal.NOT_READY_TO_ADOPT,)


def test_a_text_without_text_is_not_adopted(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    assert causes(session, agreement) == {Cause.NO_TEXT}


def test_a_head_adopts_the_listing_that_was_shown_and_no_other(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph
) -> None:
    assert refusals(lambda: adoptions.adopt(session, agreement=agreement, by=cast.us_head, listing_hash="another")) == (
        Refusal.TEXT_HAS_CHANGED,
    )


def test_a_side_adopts_a_listing_once(session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph) -> None:
    adopted(session, agreement, cast.us_head)

    assert refusals(lambda: adopted(session, agreement, cast.us_head)) == (Refusal.ALREADY_ADOPTED_BY_YOU,)


def test_a_change_between_the_two_adoptions_cancels_the_first(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph
) -> None:
    adopted(session, agreement, cast.us_head)
    accepted(session, amended(session, ready, cast.us_drafter), cast.cn_drafter)
    closed(session, ready, cast)

    assert read(session, agreement.id).closing.lapsed_adoptions == ("US",)
    assert adopted(session, agreement, cast.cn_head) is False


def test_a_cancelled_adoption_does_not_revive_when_the_text_is_taken_back_to_what_it_said(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph
) -> None:
    adopted(session, agreement, cast.us_head)
    for text in (CHANGED, TEXT):
        accepted(session, amended(session, ready, cast.us_drafter, text), cast.cn_drafter)
    closed(session, ready, cast)

    assert read(session, agreement.id).closing.lapsed_adoptions == ("US",)
    assert adopted(session, agreement, cast.cn_head) is False


def test_the_last_adoption_freezes_the_text_in_the_same_transaction(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph
) -> None:
    assert adopted(session, agreement, cast.us_head) is False
    assert read(session, agreement.id).stage is Stage.NEGOTIATION

    assert adopted(session, agreement, cast.cn_head) is True

    assert again(session, ready).stage is Stage.ADOPTED
    acts = session.scalars(sa.select(JournalEntry.act).order_by(JournalEntry.number)).all()
    assert list(acts)[-2:] == [Entered.ADOPTED, Entered.FROZEN]


def test_an_adopted_text_takes_no_act_but_an_open_comment(
    session: orm.Session, cast: Cast, agreement: Agreement, frozen: Paragraph
) -> None:
    face = read(session, agreement.id).faces[frozen.id]
    for act in (
        lambda: drafts.begin_addition(
            session, agreement=agreement, by=cast.us_drafter, place=drafts.Place(), text=OTHER
        ),
        lambda: amended(session, frozen, cast.us_drafter),
        lambda: certificates.certify(session, paragraph=frozen, by=cast.us_translator, face=face),
        lambda: deferred(session, frozen, cast.us_drafter),
        lambda: takes(session, frozen, cast.us_head, Stance.WITHDRAWN),
        lambda: adopted(session, agreement, cast.us_head),
    ):
        assert Refusal.TEXT_IS_ADOPTED in refusals(act)
    threads.begin(session, paragraph=frozen, by=cast.us_adviser, scope=Scope.SHARED, text="A remark.")
    assert again(session, frozen).stage is Stage.ADOPTED


def test_a_draft_begun_before_the_adoption_is_not_tabled_after_it(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph
) -> None:
    draft = drafts.begin_addition(session, agreement=agreement, by=cast.us_drafter, place=drafts.Place(), text=OTHER)
    for head in (cast.us_head, cast.cn_head):
        adopted(session, agreement, head)

    assert refusals(lambda: amendments.table(session, draft=draft, by=cast.us_drafter, version=1)) == (
        Refusal.TEXT_IS_ADOPTED,
    )


def test_what_was_carried_over_cannot_be_brought_back_once_the_rest_is_adopted(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph
) -> None:
    carried = common(session, agreement, cast, OTHER)
    deferred(session, carried, cast.us_drafter, cast.cn_drafter)
    for head in (cast.us_head, cast.cn_head):
        adopted(session, agreement, head)

    assert refusals(lambda: deferrals.revoke(session, paragraph=carried, by=cast.us_head)) == (Refusal.TEXT_IS_ADOPTED,)


def test_a_published_text_is_adopted_by_nobody_here(session: orm.Session, cast: Cast, published: Agreement) -> None:
    assert refusals(lambda: adopted(session, published, cast.us_head)) == (Refusal.RECORDED_AS_PUBLISHED,)


def test_every_head_confirms_the_own_list_first(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    closed_lists = [a_participant_list(session, agreement.session, one) for one in (cast.us, cast.cn)]
    closed(session, common(session, agreement, cast), cast)
    assert causes(session, agreement) == {Cause.LIST_NOT_CONFIRMED}

    for listed, head in zip(closed_lists, (cast.us_head, cast.cn_head), strict=True):
        participants.confirm(session, participant_list=listed, by=head, seen=listed.confirmable_hash)

    assert causes(session, agreement) == set()


def test_an_amendment_between_the_heads_adoptions_cancels_the_first_even_once_withdrawn(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    closed(session, paragraph, cast)
    assert not adopted(session, agreement, cast.us_head)
    listing = again(session, paragraph).listing

    change = amended(session, paragraph, cast.cn_drafter)
    amendments.withdraw(session, amendment=change, by=cast.cn_drafter)

    reading = again(session, paragraph)
    assert reading.listing == listing
    assert reading.closing.lapsed_adoptions == ("US",)
    assert not adopted(session, agreement, cast.cn_head)
    assert adopted(session, agreement, cast.us_head)
