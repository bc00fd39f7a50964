"""Tasks: a comment given to a colleague to see to by a stated moment. The other side learns nothing of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.discussion import TaskAct, check_task
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import Comment, Entered, Membership, Task, TaskEvent
from workflow.services.acts import seat
from workflow.services.clock import now
from workflow.services.journal import chain_of, enter
from workflow.services.visible import visible


def give(session: orm.Session, *, comment: Comment, by: Membership, to: UUID, due: datetime) -> Task:
    """Give `comment` to the colleague whose membership is `to`, to see to by `due`; return the task, flushed.

    Raises:
        OutOfOrder: If the comment is withdrawn, `to` is no member of the own delegation, or `due` is past.

    """
    at = now(session)
    delegation = seat(by)
    colleague = session.scalars(visible(by.actor).colleagues().where(Membership.id == to)).first()
    if comment.is_withdrawn:
        raise OutOfOrder((Refusal.COMMENT_IS_WITHDRAWN,))
    if colleague is None:
        raise OutOfOrder((Refusal.NOT_A_COLLEAGUE,))
    if due <= at:
        raise OutOfOrder((Refusal.MOMENT_IS_PAST,))
    task = Task(comment=comment, delegation=delegation, giver=by, assignee=colleague, due_at=due, at=at)
    session.add(task)
    session.flush()
    _enter(session, Entered.TASK_GIVEN, task, by)
    return task


def finish(session: orm.Session, *, task: Task, by: Membership) -> None:
    """Record that `task` is done.

    Raises:
        OutOfOrder: If it is closed already.

    """
    _mark(session, task, TaskAct.DONE, by)


def reopen(session: orm.Session, *, task: Task, by: Membership) -> None:
    """Record that `task` is to be done after all.

    Raises:
        OutOfOrder: If it is to be done still.

    """
    _mark(session, task, TaskAct.REOPENED, by)


def take_back(session: orm.Session, *, task: Task, by: Membership) -> None:
    """Record that `task` need not be done any more.

    Raises:
        OutOfOrder: If it is closed already.

    """
    _mark(session, task, TaskAct.TAKEN_BACK, by)


_ENTERED = {
    TaskAct.DONE: Entered.TASK_DONE,
    TaskAct.REOPENED: Entered.TASK_REOPENED,
    TaskAct.TAKEN_BACK: Entered.TASK_TAKEN_BACK,
}


def _mark(session: orm.Session, task: Task, act: TaskAct, by: Membership) -> None:
    check_task(act, last=task.last_act)
    event = TaskEvent(task=task, membership=by, number=len(task.events) + 1, act=act, at=now(session))
    session.add(event)
    session.flush()
    _enter(session, _ENTERED[act], task, by)


def _enter(session: orm.Session, act: Entered, task: Task, by: Membership) -> None:
    paragraph = task.comment.thread.paragraph
    enter(
        session,
        act,
        by=by,
        dialogue=paragraph.agreement.dialogue,
        agreement=paragraph.agreement,
        paragraph=paragraph,
        chain=chain_of(by),
        task=str(task.id),
        comment=str(task.comment_id),
        to=str(task.assignee_id),
        due=task.due_at.isoformat(),
    )
