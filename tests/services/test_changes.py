"""What changed since a look, an agreement, a Rev."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import (
    CHANGED,
    OTHER,
    TEXT,
    accepted,
    amended,
    common,
    deferred,
    tabled,
    takes,
)
from workflow.domain.bilingual import NOTHING
from workflow.domain.changes import Change
from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import AmendmentKind
from workflow.models import Agreement, Issue, Membership, Motion, MotionEnding, MotionOutcome, Paragraph
from workflow.services import amendments, changes, deferrals, issues, looks
from workflow.services.changes import AGREED, LOOKED, Since
from workflow.services.clock import now
from workflow.services.reading import read


def issued(session: orm.Session, agreement: Agreement, cast: Cast) -> Issue:
    return issues.issue(session, agreement=agreement, by=cast.secretariat)


def looked(session: orm.Session, agreement: Agreement, by: Membership) -> None:
    looks.look(session, agreement=agreement, by=by, seen=agreement.issuable)


def since(session: orm.Session, agreement: Agreement, reader: Membership, what: str) -> Since | None:
    session.flush()
    session.expire_all()
    return changes.since(session, read(session, agreement.id), reader.actor, what)


def told(session: orm.Session, agreement: Agreement, reader: Membership, what: str) -> dict[Paragraph, tuple[str, ...]]:
    """Return what is told of each paragraph: its changes, then what was tabled and what ended."""
    found = since(session, agreement, reader, what)
    assert found
    return {
        one.paragraph: (
            *one.changes,
            *(f"tabled {amendment.number}" for amendment in one.tabled),
            *(f"{amendment.outcome} {amendment.number}" for amendment in one.ended),
        )
        for one in found.differences
    }


def moved(session: orm.Session, paragraph: Paragraph, by: Membership, outcome: MotionOutcome) -> None:
    """Record that the sides agreed to move the paragraph, or did not."""
    motion = Motion(
        agreement=paragraph.agreement,
        paragraph=paragraph,
        delegation=by.delegation,
        membership=by,
        number=1 + len(paragraph.agreement.motions),
        kind=MotionKind.MOVE,
        stands_on="",
        at=now(session),
    )
    session.add(motion)
    session.flush()
    session.add(MotionEnding(motion=motion, outcome=outcome, at=now(session)))
    session.flush()


@dataclass
class Round:
    """A text in which everything that can happen to a paragraph happens after a moment."""

    session: orm.Session
    cast: Cast
    agreement: Agreement
    paragraphs: dict[str, Paragraph] = field(default_factory=dict)

    def begins(self) -> None:
        """Lay the text on the table."""
        for name in ("same", "reworded", "deleted", "deferred", "bracketed"):
            self.paragraphs[name] = common(self.session, self.agreement, self.cast)
        for name in ("accepted", "withdrawn"):
            self.paragraphs[name] = tabled(self.session, self.agreement, self.cast.us_drafter, OTHER)

    def goes_on(self) -> None:
        """Let everything happen."""
        us, cn = self.cast.us_drafter, self.cast.cn_drafter
        there = self.paragraphs
        accepted(self.session, amended(self.session, there["reworded"], us), cn)
        gone = amended(self.session, there["deleted"], us, NOTHING, AmendmentKind.SUP)
        accepted(self.session, gone, cn)
        deferred(self.session, there["deferred"], us, cn)
        amended(self.session, there["bracketed"], cn)
        accepted(self.session, there["accepted"].amendments[0], cn)
        amendments.withdraw(self.session, amendment=there["withdrawn"].amendments[0], by=us)
        there["added"] = tabled(self.session, self.agreement, cn, CHANGED)


EXPECTED = {
    "reworded": (Change.REWORDED, "accepted 2"),
    "deleted": (Change.GONE, "accepted 2"),
    "deferred": (Change.GONE,),
    "bracketed": ("tabled 2",),
    "accepted": (Change.BECAME_COMMON, "accepted 1"),
    "withdrawn": (Change.GONE, "withdrawn 1"),
    "added": (Change.ADDED, "tabled 1"),
}


@pytest.mark.parametrize("what", [LOOKED, "1"])
def test_everything_that_happened_since_is_told_and_nothing_else(
    session: orm.Session, cast: Cast, agreement: Agreement, what: str
) -> None:
    acts = Round(session, cast, agreement)
    acts.begins()
    issued(session, agreement, cast)
    looked(session, agreement, cast.us_head)

    acts.goes_on()

    expected = {acts.paragraphs[name]: happened for name, happened in EXPECTED.items()}
    assert told(session, agreement, cast.us_head, what) == expected
    found = since(session, agreement, cast.us_head, what)
    assert found
    assert found.unchanged == 1
    assert found.at
    assert found.counts == {Change.ADDED: 1, Change.GONE: 3, Change.REWORDED: 1, Change.BECAME_COMMON: 1}


def test_the_redline_leads_from_what_was_looked_at_to_what_stands(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    looked(session, agreement, cast.us_head)
    accepted(session, amended(session, paragraph, cast.us_drafter), cast.cn_drafter)

    found = since(session, agreement, cast.us_head, LOOKED)

    assert found
    [one] = found.differences
    assert one.redline
    assert "".join(span.text for span in one.redline.en if span.kind != "inserted") == TEXT.en
    assert "".join(span.text for span in one.redline.en if span.kind != "deleted") == CHANGED.en
    assert (one.key, one.number, one.text) == (paragraph.id, "1", CHANGED)


def test_right_after_a_look_nothing_has_changed(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    acts = Round(session, cast, agreement)
    acts.begins()
    acts.goes_on()
    looked(session, agreement, cast.us_head)

    assert told(session, agreement, cast.us_head, LOOKED) == {}


def test_who_never_looked_who_is_of_no_side_and_an_unknown_rev_are_told_nothing(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    common(session, agreement, cast)
    looked(session, agreement, cast.us_head)

    assert since(session, agreement, cast.us_drafter, LOOKED) is None
    assert since(session, agreement, cast.observer, AGREED) is None
    assert since(session, agreement, cast.us_head, "1") is None


def test_since_the_head_agreed_is_counted_for_each_paragraph_by_itself(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    same, later, never, gone = (common(session, agreement, cast) for _ in range(4))
    for paragraph in (same, later, gone):
        takes(session, paragraph, cast.us_head)
    accepted(session, amended(session, later, cast.us_drafter), cast.cn_drafter)
    deferred(session, gone, cast.us_drafter, cast.cn_drafter)

    expected = {later: (Change.REWORDED, "accepted 2"), never: (Change.ADDED,), gone: (Change.GONE,)}
    assert told(session, agreement, cast.us_adviser, AGREED) == expected
    assert set(told(session, agreement, cast.cn_head, AGREED)) == {same, later, never}


@pytest.mark.parametrize(
    ("outcome", "expected"), [(MotionOutcome.CARRIED, (Change.MOVED,)), (MotionOutcome.WITHDRAWN, None)]
)
def test_what_both_sides_moved_since_is_told(
    session: orm.Session,
    cast: Cast,
    agreement: Agreement,
    outcome: MotionOutcome,
    expected: tuple[Change, ...] | None,
) -> None:
    first, second = common(session, agreement, cast), common(session, agreement, cast, OTHER)
    moved(session, second, cast.us_drafter, MotionOutcome.CARRIED)
    looked(session, agreement, cast.us_head)
    moved(session, first, cast.us_drafter, outcome)

    assert told(session, agreement, cast.us_head, LOOKED) == ({first: expected} if expected else {})


def test_what_came_back_since_is_new(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    deferred(session, paragraph, cast.us_drafter, cast.cn_drafter)
    looked(session, agreement, cast.us_head)
    deferrals.revoke(session, paragraph=paragraph, by=cast.us_head)

    assert told(session, agreement, cast.us_head, LOOKED) == {paragraph: (Change.ADDED,)}


def test_what_was_deleted_or_withdrawn_before_the_look_is_not_told_again(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    common(session, agreement, cast)
    gone = tabled(session, agreement, cast.us_drafter)
    amendments.withdraw(session, amendment=gone.amendments[0], by=cast.us_drafter)
    deleted = common(session, agreement, cast)
    sup = amended(session, deleted, cast.us_drafter, NOTHING, AmendmentKind.SUP)
    accepted(session, sup, cast.cn_drafter)
    looked(session, agreement, cast.us_head)

    assert told(session, agreement, cast.us_head, LOOKED) == {}
