"""Tasks: given to colleagues, done, reopened and taken back; a delegation's own, also on what all sides read."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import common, refusals
from workflow.domain.due import Due
from workflow.domain.negotiation import Refusal
from workflow.models import Agreement, Comment, Entered, JournalEntry, Membership, Scope, Task
from workflow.services import comments, desk, discussion, tasks, threads
from workflow.services.clock import now
from workflow.services.visible import visible


@pytest.fixture
def asked(session: orm.Session, cast: Cast, agreement: Agreement) -> Comment:
    """What the other side asked openly."""
    paragraph = common(session, agreement, cast)
    return threads.begin(session, paragraph=paragraph, by=cast.cn_head, scope=Scope.SHARED, text="By when?").comments[0]


def give(session: orm.Session, comment: Comment, by: Membership, to: Membership, days: float = 1) -> Task:
    return tasks.give(session, comment=comment, by=by, to=to.id, due=now(session) + timedelta(days=days))


def test_a_task_stands_on_the_desk_of_whom_it_was_given_until_it_is_done(
    session: orm.Session, cast: Cast, asked: Comment
) -> None:
    task = give(session, asked, cast.us_head, cast.us_drafter)
    late = give(session, asked, cast.us_head, cast.us_drafter, days=3e-5)

    [first, second] = desk.desk(session, cast.us_drafter).tasks
    assert (first.task, first.due, second.task, second.due) == (late, Due.OVERDUE, task, Due.SOON)
    assert str(first.moments[-1].tzinfo) == "UTC"
    for other in cast.members:
        assert other is cast.us_drafter or desk.desk(session, other).tasks == ()

    tasks.finish(session, task=task, by=cast.us_drafter)
    tasks.take_back(session, task=late, by=cast.us_head)
    assert desk.desk(session, cast.us_drafter).tasks == ()
    tasks.reopen(session, task=task, by=cast.us_head)
    assert [one.task for one in desk.desk(session, cast.us_drafter).tasks] == [task]


def test_only_the_own_delegation_reads_of_it_and_only_its_chain_tells(
    session: orm.Session, cast: Cast, agreement: Agreement, asked: Comment
) -> None:
    task = give(session, asked, cast.us_head, cast.us_drafter)
    tasks.finish(session, task=task, by=cast.us_drafter)

    for member in cast.members:
        expected = [task] if member in cast.of("US") else []
        assert list(session.scalars(visible(member.actor).tasks())) == expected
        shown = discussion.page(session, agreement.id, member.actor, show=discussion.Filter.ALL)
        assert [one.tasks for one in shown.shared] == [tuple(expected)]
    chains = set(
        session.scalars(
            sa.select(JournalEntry.chain).where(JournalEntry.act.in_([Entered.TASK_GIVEN, Entered.TASK_DONE]))
        )
    )
    assert chains == {"US"}


def test_tasks_are_given_to_colleagues_for_a_moment_that_lies_ahead(
    session: orm.Session, cast: Cast, asked: Comment
) -> None:
    assert refusals(lambda: give(session, asked, cast.us_head, cast.cn_head)) == (Refusal.NOT_A_COLLEAGUE,)
    assert refusals(lambda: give(session, asked, cast.us_head, cast.secretariat)) == (Refusal.NOT_A_COLLEAGUE,)
    assert refusals(lambda: give(session, asked, cast.us_head, cast.us_drafter, days=-1)) == (Refusal.MOMENT_IS_PAST,)
    cast.us_adviser.ended_at = now(session)
    session.flush()
    assert refusals(lambda: give(session, asked, cast.us_head, cast.us_adviser)) == (Refusal.NOT_A_COLLEAGUE,)
    comments.withdraw(session, comment=asked, by=cast.cn_head, version=1)
    assert refusals(lambda: give(session, asked, cast.us_head, cast.us_drafter)) == (Refusal.COMMENT_IS_WITHDRAWN,)
    with pytest.raises(ValueError, match="acts for no delegation"):
        give(session, asked, cast.secretariat, cast.us_drafter)


def test_what_is_closed_is_not_closed_again(session: orm.Session, cast: Cast, asked: Comment) -> None:
    task = give(session, asked, cast.us_head, cast.us_drafter)
    assert refusals(lambda: tasks.reopen(session, task=task, by=cast.us_head)) == (Refusal.TASK_IS_OPEN,)
    tasks.finish(session, task=task, by=cast.us_drafter)
    assert refusals(lambda: tasks.take_back(session, task=task, by=cast.us_head)) == (Refusal.TASK_IS_CLOSED,)


def test_a_task_makes_a_thread_mine(session: orm.Session, cast: Cast, agreement: Agreement, asked: Comment) -> None:
    give(session, asked, cast.us_head, cast.us_drafter)

    def mine(member: Membership) -> int:
        return len(discussion.page(session, agreement.id, member.actor, show=discussion.Filter.MINE).shared)

    assert (mine(cast.us_drafter), mine(cast.us_head), mine(cast.cn_drafter)) == (1, 0, 0)
