"""Amendments: what is put before the other side, and what becomes of it."""

import pytest
from sqlalchemy import orm

from tests.factories import Cast, a_delegation, a_member
from tests.services.moves import CHANGED, OTHER, TEXT, accepted, amended, common, refusals, rewritten, standing, tabled
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import AmendmentKind, Refusal, Standing
from workflow.models import Agreement, Membership, Outcome
from workflow.permissions import Role
from workflow.services import amendments, drafts
from workflow.services.drafts import Place, StaleDraft
from workflow.services.reading import read


@pytest.fixture
def third(session: orm.Session, cast: Cast) -> Membership:
    """The drafter of a third delegation."""
    return a_member(session, cast.dialogue, Role.DRAFTER, a_delegation(session, cast.dialogue, "EU"))


def test_tabling_again_supersedes_the_own_amendment_and_keeps_it_on_record(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)

    first = amended(session, paragraph, cast.us_drafter)
    second = amended(session, paragraph, cast.us_head, OTHER)

    assert first.outcome is Outcome.SUPERSEDED
    assert paragraph.live_amendments == (second,)
    assert [one.number for one in paragraph.amendments] == [1, 2, 3]


def test_an_addition_tabled_again_is_still_an_addition(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)

    again = amended(session, paragraph, cast.us_drafter)

    assert again.kind is AmendmentKind.ADD
    assert again.against is None
    assert paragraph.addition is again


def test_an_amendment_made_against_an_earlier_text_cannot_be_accepted(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    late = amended(session, paragraph, cast.cn_drafter, OTHER)
    accepted(session, amended(session, paragraph, cast.us_drafter), cast.cn_drafter)

    assert refusals(lambda: amendments.accept(session, amendment=late, by=cast.us_drafter)) == (
        Refusal.MADE_AGAINST_EARLIER_TEXT,
    )


@pytest.mark.parametrize("kind", [AmendmentKind.MOD, AmendmentKind.SUP])
def test_its_author_confirms_it_against_the_new_text_by_tabling_the_same_again(
    session: orm.Session, cast: Cast, agreement: Agreement, kind: AmendmentKind
) -> None:
    paragraph = common(session, agreement, cast)
    late = amended(session, paragraph, cast.cn_drafter, OTHER, kind)
    accepted(session, amended(session, paragraph, cast.us_drafter), cast.cn_drafter)

    confirmed = amended(session, paragraph, cast.cn_drafter, OTHER, kind)

    assert late.outcome is Outcome.SUPERSEDED
    assert accepted(session, confirmed, cast.us_drafter).number == 3


def test_the_same_amendment_cannot_be_tabled_twice_against_the_same_text(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    amended(session, paragraph, cast.cn_drafter)

    assert refusals(lambda: amended(session, paragraph, cast.cn_drafter)) == (Refusal.NOTHING_CHANGES,)


def test_nobody_accepts_the_own_amendment(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    change = amended(session, common(session, agreement, cast), cast.us_drafter)

    assert refusals(lambda: amendments.accept(session, amendment=change, by=cast.us_head)) == (Refusal.OWN_AMENDMENT,)


def test_an_amendment_makes_a_wording_once(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    change = amended(session, common(session, agreement, cast), cast.us_drafter)
    accepted(session, change, cast.cn_drafter)

    assert refusals(lambda: amendments.accept(session, amendment=change, by=cast.cn_head)) == (
        Refusal.AMENDMENT_IS_CLOSED,
    )
    assert len(change.paragraph.wordings) == 2


def test_an_author_withdraws_an_addition_that_nobody_has_taken_up(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)

    amendments.withdraw(session, amendment=paragraph.amendments[0], by=cast.us_head)

    assert standing(session, paragraph) is Standing.WITHDRAWN


def test_an_author_does_not_withdraw_an_addition_that_the_other_side_has_amended(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)
    amended(session, paragraph, cast.cn_drafter)

    assert refusals(lambda: amendments.withdraw(session, amendment=paragraph.amendments[0], by=cast.us_drafter)) == (
        Refusal.OTHERS_HAVE_TAKEN_IT_UP,
    )


def test_nobody_withdraws_what_another_side_has_tabled(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    change = amended(session, common(session, agreement, cast), cast.us_drafter)

    assert refusals(lambda: amendments.withdraw(session, amendment=change, by=cast.cn_head)) == (
        Refusal.NOT_YOUR_AMENDMENT,
    )


def test_a_draft_saved_since_it_was_shown_is_not_tabled(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = rewritten(session, common(session, agreement, cast), cast.us_drafter)
    drafts.save(session, draft=draft, by=cast.us_drafter, text=OTHER, rationale="", version=1)

    with pytest.raises(StaleDraft):
        amendments.table(session, draft=draft, by=cast.us_drafter, version=1)


def test_a_draft_is_tabled_once(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = rewritten(session, common(session, agreement, cast), cast.us_drafter)
    amendments.table(session, draft=draft, by=cast.us_drafter, version=1)

    assert refusals(lambda: amendments.table(session, draft=draft, by=cast.us_drafter, version=1)) == (
        Refusal.DRAFT_IS_CLOSED,
    )


def test_a_draft_against_an_earlier_text_is_not_tabled(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    draft = rewritten(session, paragraph, cast.us_drafter, OTHER)
    accepted(session, amended(session, paragraph, cast.cn_drafter), cast.us_drafter)

    assert refusals(lambda: amendments.table(session, draft=draft, by=cast.us_drafter, version=1)) == (
        Refusal.TEXT_HAS_CHANGED,
    )


def test_an_addition_stands_right_after_the_paragraph_its_author_named(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    first, last = common(session, agreement, cast), common(session, agreement, cast, OTHER)

    between = tabled(session, agreement, cast.us_drafter, CHANGED, Place(after=first.id))

    assert [one.paragraph for one in read(session, agreement.id).order] == [first, between, last]


def test_an_addition_under_a_paragraph_stands_last_of_what_is_there(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    over = common(session, agreement, cast)
    first = tabled(session, agreement, cast.us_drafter, OTHER, Place(parent=over.id))

    second = tabled(session, agreement, cast.us_drafter, CHANGED, Place(parent=over.id))

    order = read(session, agreement.id).order
    assert [(one.paragraph, one.depth) for one in order] == [(over, 0), (first, 1), (second, 1)]


def test_with_three_sides_one_acceptance_makes_no_wording(
    session: orm.Session, cast: Cast, agreement: Agreement, third: Membership
) -> None:
    change = tabled(session, agreement, cast.us_drafter).amendments[0]

    assert amendments.accept(session, amendment=change, by=cast.cn_drafter) is None
    assert amendments.accept(session, amendment=change, by=third) is not None
    assert [one.delegation.code for one in change.paragraph.positions] == ["US", "CN", "EU"]


def test_a_side_that_keeps_in_brackets_what_it_had_accepted_accepts_it_no_longer(
    session: orm.Session, cast: Cast, agreement: Agreement, third: Membership
) -> None:
    change = tabled(session, agreement, cast.us_drafter).amendments[0]
    amendments.accept(session, amendment=change, by=cast.cn_drafter)
    amendments.keep_in_brackets(session, amendment=change, by=cast.cn_head)

    assert amendments.accept(session, amendment=change, by=third) is None
    assert change.accepted_by == {"EU"}
    assert change.kept_by == {"CN"}


def test_an_accepted_amendment_in_one_language_is_impossible(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    change = amended(session, paragraph, cast.us_drafter, Bilingual("", CHANGED.zh))

    assert refusals(lambda: amendments.accept(session, amendment=change, by=cast.cn_drafter)) == (
        Refusal.COUNTERPART_PENDING,
    )
    assert paragraph.text == TEXT


def test_a_drafter_does_not_accept_what_the_head_left_in_brackets(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    change = amended(session, common(session, agreement, cast), cast.us_drafter)
    amendments.keep_in_brackets(session, amendment=change, by=cast.cn_head)

    assert refusals(lambda: amendments.accept(session, amendment=change, by=cast.cn_drafter)) == (
        Refusal.HEAD_HAS_SPOKEN,
    )
    assert accepted(session, change, cast.cn_head).number == 2


def test_what_one_of_three_sides_accepted_is_withdrawn_only_once_it_lets_go(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    a_member(session, cast.dialogue, Role.DRAFTER, a_delegation(session, cast.dialogue, "EU"))
    session.flush()
    session.expire_all()
    change = amended(session, paragraph, cast.us_drafter)
    assert amendments.accept(session, amendment=change, by=cast.cn_drafter) is None

    assert refusals(lambda: amendments.withdraw(session, amendment=change, by=cast.us_drafter)) == (
        Refusal.OTHERS_HAVE_TAKEN_IT_UP,
    )
    amendments.keep_in_brackets(session, amendment=change, by=cast.cn_drafter)
    amendments.withdraw(session, amendment=change, by=cast.us_drafter)
    assert change.outcome is Outcome.WITHDRAWN
