"""Issuing a Rev., and the working numbers that hold until the next."""

from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import (
    CHANGED,
    OTHER,
    accepted,
    adopted,
    again,
    amended,
    closed,
    common,
    deferred,
    refusals,
    tabled,
)
from workflow.domain.negotiation import Refusal
from workflow.domain.text import ParagraphKind
from workflow.models import Agreement, Issue, Paragraph
from workflow.services import amendments, deferrals, issues
from workflow.services.drafts import Place
from workflow.services.reading import read


def issued(session: orm.Session, agreement: Agreement, cast: Cast) -> Issue:
    return issues.issue(session, agreement=agreement, by=cast.secretariat)


def number(session: orm.Session, paragraph: Paragraph) -> str | None:
    return again(session, paragraph).numbers.get(paragraph.id)


def test_headings_carry_no_working_number(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    common(session, agreement, cast, place=Place(kind=ParagraphKind.HEADING))
    common(session, agreement, cast)

    assert [one.number for one in issued(session, agreement, cast).entries] == ["", "1"]


def test_a_rev_goes_on_showing_what_stood_when_it_was_issued(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    first, second = common(session, agreement, cast), tabled(session, agreement, cast.us_drafter, OTHER)
    rev = issued(session, agreement, cast)
    accepted(session, amended(session, first, cast.us_drafter), cast.cn_drafter)
    amended(session, second, cast.us_drafter)

    assert [one.text for one in issues.entries(session, rev)] == [first.wordings[0].text, OTHER]


def test_what_is_tabled_since_the_rev_is_numbered_bis_and_stays_so(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    first, second = common(session, agreement, cast), common(session, agreement, cast, OTHER)
    issued(session, agreement, cast)

    later = tabled(session, agreement, cast.us_drafter, CHANGED, Place(after=first.id))
    earlier = tabled(session, agreement, cast.us_drafter, CHANGED, Place(after=first.id))

    assert [number(session, one) for one in (first, earlier, later, second)] == ["1", "1 ter", "1 bis", "2"]


def test_a_number_of_what_was_withdrawn_is_not_given_again(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    common(session, agreement, cast)
    issued(session, agreement, cast)
    gone, staying = (tabled(session, agreement, cast.us_drafter, text) for text in (OTHER, CHANGED))
    amendments.withdraw(session, amendment=gone.amendments[0], by=cast.us_drafter)

    assert [number(session, one) for one in (gone, staying)] == [None, "1 ter"]


def test_the_next_rev_numbers_all_afresh(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    first, last = common(session, agreement, cast), common(session, agreement, cast, OTHER)
    issued(session, agreement, cast)
    between = tabled(session, agreement, cast.us_drafter, CHANGED, Place(after=first.id))

    rev = issued(session, agreement, cast)

    assert rev.number == 2
    assert [number(session, one) for one in (first, between, last)] == ["1", "2", "3"]


def test_what_comes_back_after_a_rev_that_left_it_out_has_a_number_of_its_own_that_stays(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    first, carried = common(session, agreement, cast), common(session, agreement, cast, OTHER)
    deferred(session, carried, cast.us_drafter, cast.cn_drafter)
    issued(session, agreement, cast)

    deferrals.revoke(session, paragraph=carried, by=cast.us_head)
    assert number(session, carried) == "1 bis"
    tabled(session, agreement, cast.us_drafter, CHANGED, Place(after=first.id))

    assert number(session, carried) == "1 bis"


def test_before_the_first_rev_numbers_run(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    first = common(session, agreement, cast)
    last = common(session, agreement, cast, OTHER)

    between = tabled(session, agreement, cast.us_drafter, CHANGED, Place(after=first.id))

    assert [number(session, one) for one in (first, between, last)] == ["1", "2", "3"]


def test_nothing_is_issued_of_an_empty_a_published_or_an_adopted_text(
    session: orm.Session, cast: Cast, agreement: Agreement, published: Agreement
) -> None:
    assert refusals(lambda: issued(session, agreement, cast)) == (Refusal.NOTHING_TO_ISSUE,)
    assert refusals(lambda: issued(session, published, cast)) == (Refusal.RECORDED_AS_PUBLISHED,)
    closed(session, common(session, agreement, cast), cast)
    adopted(session, agreement, cast.us_head)
    adopted(session, agreement, cast.cn_head)

    assert refusals(lambda: issued(session, agreement, cast)) == (Refusal.TEXT_IS_ADOPTED,)


def test_what_moved_on_since_the_rev_is_said(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    issued(session, agreement, cast)
    assert not read(session, agreement.id).has_changed_since_rev

    amended(session, paragraph, cast.us_drafter)

    assert read(session, agreement.id).has_changed_since_rev


def table_of_numbers(session: orm.Session, rev: Issue) -> list[tuple[Paragraph, str | None, str | None]]:
    rows = issues.renumberings(session, rev)
    return [(one.paragraph, one.renumbering.old, one.renumbering.new) for one in rows]


def test_a_rev_has_a_table_of_old_and_new_numbers(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    first, gone, last = (common(session, agreement, cast) for _ in range(3))
    assert table_of_numbers(session, issued(session, agreement, cast)) == [
        (first, "1", "1"),
        (gone, "2", "2"),
        (last, "3", "3"),
    ]
    between = tabled(session, agreement, cast.us_drafter, CHANGED, Place(after=first.id))
    common(session, agreement, cast, place=Place(kind=ParagraphKind.HEADING))
    deferred(session, gone, cast.us_drafter, cast.cn_drafter)

    rev = issued(session, agreement, cast)

    assert table_of_numbers(session, rev) == [
        (first, "1", "1"),
        (between, "1 bis", "2"),
        (last, "3", "3"),
        (gone, "2", None),
    ]
    assert [one.renumbering.is_same for one in issues.renumberings(session, rev)] == [True, False, True, False]


def test_a_number_given_between_two_revs_to_what_is_gone_by_the_next_stands_in_its_table(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    first = common(session, agreement, cast)
    issued(session, agreement, cast)
    between = tabled(session, agreement, cast.us_drafter, OTHER, Place(after=first.id))
    assert number(session, between) == "1 bis"
    amendments.withdraw(session, amendment=between.amendments[0], by=cast.us_drafter)

    rev = issued(session, agreement, cast)

    assert table_of_numbers(session, rev) == [(first, "1", "1"), (between, "1 bis", None)]
    assert issues.renumberings(session, rev)[-1].text == OTHER
