"""A paragraph as its page shows it to one reader."""

from sqlalchemy import orm

from tests.factories import Cast, a_member, an_account
from tests.services.moves import OTHER, accepted, again, amended, closed, common, deferred, rewritten, tabled, takes
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import Act, AmendmentKind, Refusal, Standing
from workflow.domain.positions import Stance
from workflow.models import Agreement, Membership, Paragraph, Scope
from workflow.permissions import Role
from workflow.services import agreements, paragraphs, threads
from workflow.services.paragraphs import ParagraphPage
from workflow.services.reading import read


def page(session: orm.Session, paragraph: Paragraph, reader: Membership) -> ParagraphPage:
    again(session, paragraph)
    return paragraphs.page(session, paragraph, reader.actor)


def test_the_author_of_an_amendment_is_named_to_the_own_side_only(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)

    named = {one: page(session, paragraph, one).amendments[0].author for one in cast.members}

    assert {one for one, author in named.items() if author} == set(cast.of("US"))
    assert named[cast.us_head] == cast.us_drafter.account.name


def test_each_reader_is_offered_what_the_reader_has_a_right_to(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)

    own = page(session, paragraph, cast.us_drafter).amendments[0]
    other = page(session, paragraph, cast.cn_drafter).amendments[0]
    looking_on = page(session, paragraph, cast.observer)

    assert (own.accept, own.keep, own.withdraw) == (None, None, ())
    assert (other.accept, other.keep, other.withdraw, other.makes_wording) == ((), (), None, True)
    assert set(looking_on.acts.values()) == {None}
    assert (looking_on.amend, looking_on.record_for_head) == (None, None)


def test_a_drafter_records_for_the_head_what_a_head_says_alone(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)

    assert page(session, paragraph, cast.us_drafter).record_for_head == ()
    assert page(session, paragraph, cast.us_drafter).acts[Act.AGREE] is None
    assert page(session, paragraph, cast.us_head).record_for_head is None
    assert page(session, paragraph, cast.us_head).acts[Act.AGREE] == ()


def test_the_position_shown_is_the_one_in_force_with_its_own_reason(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    second = a_member(
        session, cast.dialogue, Role.HEAD, cast.us, account=an_account(session, email="h2@x.example", name="head 2")
    )
    takes(session, paragraph, cast.us_head, Stance.RESERVE, reason="not before the budget")
    takes(session, paragraph, second, Stance.AGREE)

    ours, theirs = page(session, paragraph, cast.observer).positions

    assert ours.last
    assert ours.last.reason == "not before the budget"
    assert theirs.last
    assert theirs.last.stance is Stance.AD_REFERENDUM
    shown = page(session, paragraph, cast.observer)
    assert [one.stance for one in shown.earlier_positions] == [Stance.AGREE, Stance.AD_REFERENDUM]


def test_the_last_approval_is_announced(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    assert not page(session, paragraph, cast.cn_head).last_approval

    takes(session, paragraph, cast.us_head)

    assert page(session, paragraph, cast.cn_head).last_approval
    assert not page(session, paragraph, cast.secretariat).last_approval


def test_no_approval_is_the_last_while_a_placeholder_stands_in_the_text(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast, Bilingual("By [date].", "于[日期]前。"))
    assert not page(session, paragraph, cast.cn_head).is_to_be_filled_in
    takes(session, paragraph, cast.us_head)

    shown = page(session, paragraph, cast.cn_head)
    assert (shown.last_approval, shown.is_to_be_filled_in) == (False, True)
    takes(session, paragraph, cast.cn_head)
    assert page(session, paragraph, cast.cn_head).row.standing is Standing.BRACKETED


def test_the_last_word_on_a_deletion_is_announced_too(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    accepted(session, amended(session, paragraph, cast.us_drafter, kind=AmendmentKind.SUP), cast.cn_drafter)
    assert not page(session, paragraph, cast.cn_head).last_approval
    takes(session, paragraph, cast.us_head)

    shown = page(session, paragraph, cast.cn_head)
    assert (shown.last_approval, shown.without_a_final_word) == (True, ("CN",))


def test_what_is_out_of_the_text_has_no_neighbours_and_is_not_amended(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    first, carried, last = (common(session, agreement, cast) for _ in range(3))
    deferred(session, carried, cast.us_drafter, cast.cn_drafter)

    shown = page(session, carried, cast.us_drafter)
    assert (shown.previous, shown.next, shown.amend) == (None, None, (Refusal.PARAGRAPH_IS_OUT,))
    assert shown.agenda_item
    after = page(session, first, cast.us_drafter).next
    before = page(session, last, cast.us_drafter).previous
    assert (after and after.paragraph, before and before.paragraph) == (last, first)


def test_every_wording_is_shown_with_what_it_changed_newest_first(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    accepted(session, amended(session, paragraph, cast.us_drafter), cast.cn_drafter)

    newest, first = page(session, paragraph, cast.observer).wordings

    assert (newest.wording.number, first.wording.number) == (2, 1)
    assert newest.redline
    assert first.redline is None


def test_comments_and_drafts_are_those_the_reader_may_read(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    threads.begin(session, paragraph=paragraph, by=cast.us_adviser, scope=Scope.DELEGATION, text="Among us.")
    draft = rewritten(session, paragraph, cast.us_drafter, OTHER)

    assert len(page(session, paragraph, cast.us_drafter).threads) == 1
    assert page(session, paragraph, cast.us_drafter).drafts == (draft,)
    assert page(session, paragraph, cast.us_drafter).row.open_comments == 1
    shown = page(session, paragraph, cast.cn_drafter)
    assert (shown.threads, shown.drafts, shown.row.open_comments) == ((), (), 0)


def test_the_page_of_an_agreement_counts_what_is_agreed_and_what_is_open(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    closed(session, common(session, agreement, cast), cast)
    amended(session, common(session, agreement, cast), cast.us_drafter)
    deferred(session, common(session, agreement, cast), cast.us_drafter, cast.cn_drafter)

    shown = agreements.page(session, read(session, agreement.id), cast.observer.actor)

    assert (shown.agreed, shown.open_brackets, len(shown.rows), len(shown.left_out)) == (1, 1, 2, 1)
    assert sum(shown.counts.values()) == 2
    assert (shown.is_open, shown.is_adopted, shown.is_recorded) == (True, False, False)
    (section,) = shown.sections
    assert len(section.standings) == 2
