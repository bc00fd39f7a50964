"""Tasks: a comment that somebody of the own delegation is to do something about, by a stated moment."""

import datetime as dt
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.domain.discussion import TaskAct, task_is_open
from workflow.models.account import Membership
from workflow.models.comment import Comment
from workflow.models.dialogue import Delegation


class Task(Base, kw_only=True):
    """A comment given to a colleague to see to. Always a delegation's own, also where the comment is shared."""

    __tablename__ = "task"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    comment_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("comment.id"), index=True, init=False)
    delegation_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("delegation.id"), index=True, init=False)
    giver_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    assignee_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), index=True, init=False)
    due_at: orm.Mapped[dt.datetime]
    at: orm.Mapped[dt.datetime]

    comment: orm.Mapped[Comment] = orm.relationship()
    delegation: orm.Mapped[Delegation] = orm.relationship()
    giver: orm.Mapped[Membership] = orm.relationship(foreign_keys="Task.giver_id")
    assignee: orm.Mapped[Membership] = orm.relationship(foreign_keys="Task.assignee_id")
    events: orm.Mapped[list["TaskEvent"]] = orm.relationship(
        order_by="TaskEvent.number", back_populates="task", default_factory=list, init=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.comment.dialogue_key

    @property
    def delegation_code(self) -> str:
        """Whose it is, for the policy."""
        return self.delegation.code

    @property
    def concerned(self) -> frozenset[UUID]:
        """Who gave it and to whom it was given, for the policy."""
        return frozenset({self.giver_id, self.assignee_id})

    @property
    def last_act(self) -> TaskAct | None:
        """What became of it last; ``None`` where nothing has."""
        return self.events[-1].act if self.events else None

    @property
    def is_open(self) -> bool:
        """Whether it is to be done still."""
        return task_is_open(self.last_act)


class TaskEvent(Base, kw_only=True):
    """That a task was done, reopened or taken back: by whom, and when."""

    __tablename__ = "task_event"
    __table_args__ = (sa.UniqueConstraint("task_id", "number"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    task_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("task.id"), init=False)
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"), init=False)
    number: orm.Mapped[int]
    act: orm.Mapped[TaskAct]
    at: orm.Mapped[dt.datetime]

    task: orm.Mapped[Task] = orm.relationship(back_populates="events")
    membership: orm.Mapped[Membership] = orm.relationship()
