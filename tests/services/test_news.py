"""What is new since a page was made: what others did, as far as the reader may know, and nothing done alone."""

from uuid import uuid4

import pytest
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import CHANGED, accepted, again, amended, common, drafted, rewritten, takes
from workflow.domain.bilingual import Bilingual
from workflow.domain.text import ParagraphKind
from workflow.models import Agreement, Entered, Scope
from workflow.services import drafts, news, threads
from workflow.services.drafts import Place

SIDES = ("cn_head", "cn_drafter", "observer", "secretariat")


def mark(session: orm.Session, cast: Cast, who: str) -> str:
    """Return the mark of a page that the member `who` opens now."""
    return news.mark(session, [getattr(cast, who).actor])


def acts(session: orm.Session, cast: Cast, who: str, marked: str) -> list[Entered]:
    """Return what the member `who` is told was done since, newest first."""
    return [one.entry.act for one in news.since(session, [getattr(cast, who).actor], marked).items]


@pytest.mark.parametrize("who", SIDES)
def test_what_another_side_does_by_itself_leaves_every_mark_as_it_was(
    session: orm.Session, cast: Cast, agreement: Agreement, who: str
) -> None:
    paragraph = common(session, agreement, cast)
    before = mark(session, cast, who)

    drafts.share(session, draft=drafted(session, agreement, cast.us_drafter), by=cast.us_drafter)
    threads.begin(session, paragraph=paragraph, by=cast.us_adviser, scope=Scope.DELEGATION, text="Among ourselves.")

    assert mark(session, cast, who) == before
    assert mark(session, cast, "us_head") != before


def test_what_a_person_does_alone_leaves_the_marks_of_colleagues_as_they_were(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    before = mark(session, cast, "us_head")

    drafts.discard(session, draft=rewritten(session, paragraph, cast.us_drafter), by=cast.us_drafter)

    assert mark(session, cast, "us_head") == before


def test_others_acts_are_told_newest_first_and_ones_own_are_not(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    before = {who: mark(session, cast, who) for who in ("us_head", "cn_drafter")}

    amended(session, paragraph, cast.cn_drafter)
    takes(session, paragraph, cast.us_head)

    assert acts(session, cast, "us_head", before["us_head"]) == [Entered.AMENDMENT_TABLED]
    assert acts(session, cast, "cn_drafter", before["cn_drafter"]) == [Entered.POSITION_TAKEN]


def test_a_person_is_named_to_the_own_side_only(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    before = {who: mark(session, cast, who) for who in ("us_adviser", "cn_head", "secretariat")}

    takes(session, paragraph, cast.us_head)

    told = {who: news.since(session, [getattr(cast, who).actor], marked).items for who, marked in before.items()}
    assert {who: [one.author for one in items] for who, items in told.items()} == {
        "us_adviser": [cast.us_head.account.name],
        "cn_head": [None],
        "secretariat": [None],
    }


def test_many_acts_are_counted(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    before = mark(session, cast, "cn_head")
    for number in range(news.TOLD + 2):
        threads.begin(session, paragraph=paragraph, by=cast.us_adviser, scope=Scope.SHARED, text=f"Remark {number}.")

    told = news.since(session, [cast.cn_head.actor], before)

    assert (len(told.items), told.more) == (news.TOLD, 2)


def test_what_is_of_another_agreement_is_not_news_here(
    session: orm.Session, cast: Cast, agreement: Agreement, published: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    before = mark(session, cast, "cn_head")
    takes(session, paragraph, cast.us_head)

    told = {
        one.id: len(news.since(session, [cast.cn_head.actor], before, agreement=one.id).items)
        for one in (agreement, published)
    }
    assert told == {agreement.id: 1, published.id: 0}


def test_what_is_no_mark_of_the_readers_tells_nothing(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    theirs = mark(session, cast, "us_head")
    takes(session, paragraph, cast.us_head)
    thread = threads.begin(session, paragraph=paragraph, by=cast.us_head, scope=Scope.DELEGATION, text="Ours.")
    assert thread.is_internal
    own = mark(session, cast, "us_head").split(".")[1]

    for marked in ("", "nonsense", f"{uuid4()}", f"{own}.", f"{uuid4()}.{uuid4()}", theirs + ".", f".{own}"):
        told = news.since(session, [cast.cn_head.actor], marked)
        assert [one for one in told.items if one.entry.chain not in {"", "CN"}] == [], marked
        assert not told.items or marked == f".{own}"  # from the beginning of what is shared, nothing of the other chain


def test_the_text_changes_for_who_decides_on_it_and_for_nobody_else(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    lead_in = common(session, agreement, cast, Bilingual("Both should:", "双方应："), Place(kind=ParagraphKind.LEAD_IN))
    again(session, lead_in)
    item = common(session, agreement, cast, place=Place(kind=ParagraphKind.BULLET, parent=lead_in.id))
    other = common(session, agreement, cast, Bilingual("Rules are public.", "规则公开。"))
    again(session, item)
    before = mark(session, cast, "us_head")

    def changed() -> list[bool]:
        actors = [cast.us_head.actor]
        return [
            news.since(session, actors, before, agreement=agreement.id, paragraph=key).changes_text
            for key in (lead_in.id, item.id, other.id, None)
        ]

    takes(session, lead_in, cast.cn_head)
    assert changed() == [False] * 4
    accepted(session, amended(session, lead_in, cast.cn_drafter, CHANGED), cast.us_drafter)
    assert changed() == [True, True, False, True]
