"""Two Revs compared, or a Rev. with the text as it stands."""

from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import CHANGED, OTHER, accepted, amended, common, tabled
from workflow.domain.changes import Change
from workflow.models import Agreement, Issue
from workflow.services import comparisons, issues
from workflow.services.comparisons import ComparisonPage
from workflow.services.drafts import Place


def issued(session: orm.Session, agreement: Agreement, cast: Cast) -> Issue:
    return issues.issue(session, agreement=agreement, by=cast.secretariat)


def compared(
    session: orm.Session, agreement: Agreement, first: int | None = None, second: int | None = None
) -> ComparisonPage:
    session.flush()
    session.expire_all()
    page = comparisons.page(session, agreement.id, first=first, second=second)
    assert page
    return page


def test_any_two_revs_are_compared(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    first, last = common(session, agreement, cast), common(session, agreement, cast, OTHER)
    issued(session, agreement, cast)
    between = tabled(session, agreement, cast.us_drafter, CHANGED, Place(after=first.id))
    issued(session, agreement, cast)
    accepted(session, amended(session, first, cast.us_drafter), cast.cn_drafter)
    issued(session, agreement, cast)

    page = compared(session, agreement, 1, 3)

    assert (page.first, page.second) == (1, 3)
    assert {one.paragraph: one.changes for one in page.differences} == {
        first: (Change.REWORDED,),
        between: (Change.ADDED,),
        last: (Change.RENUMBERED,),
    }
    assert page.counts == {Change.ADDED: 1, Change.REWORDED: 1, Change.RENUMBERED: 1}
    assert page.unchanged == 1
    assert [one.number for one in page.differences] == ["1", "2", "3"]
    backwards = compared(session, agreement, 3, 1)
    assert {one.paragraph: one.changes for one in backwards.differences}[between] == (Change.GONE,)


def test_a_rev_is_compared_with_the_text_now_unless_another_is_named(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    assert comparisons.page(session, agreement.id, first=1, second=None) is None
    issued(session, agreement, cast)
    accepted(session, amended(session, paragraph, cast.us_drafter), cast.cn_drafter)

    for asked in ((None, None), (1, None), (9, 9)):
        page = compared(session, agreement, *asked)
        assert (page.first, page.second) == (1, None)
        assert [one.changes for one in page.differences] == [(Change.REWORDED,)]
