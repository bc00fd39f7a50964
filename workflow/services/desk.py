"""The desk: what waits for a person, where the texts stand, and what happened lately."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.due import Due, due
from workflow.domain.negotiation import Stage
from workflow.models import (
    SHARED,
    AgendaItem,
    Agreement,
    Draft,
    JournalEntry,
    Membership,
    Mention,
    ParticipantList,
    Task,
)
from workflow.permissions import Permission, permits
from workflow.services import hand_overs
from workflow.services.agreements import AgreementPage, closing, page
from workflow.services.clock import now
from workflow.services.hand_overs import HandOverShown
from workflow.services.reading import read
from workflow.services.rows import Row
from workflow.services.time_zones import in_each_zone
from workflow.services.visible import visible

#: How many entries of the journal the desk shows.
RECENT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One agreement under negotiation, as the desk shows it."""

    page: AgreementPage
    waiting: tuple[Row, ...]
    carried: tuple[AgendaItem, ...]
    """What stands on the agenda of its session."""
    list_to_confirm: ParticipantList | None
    """The reader's own participant list, if the reader is to confirm it."""
    can_adopt: bool
    """Whether nothing but the reader's own word is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What one member finds on signing in."""

    member: Membership
    tables: tuple[Table, ...]
    corrections: tuple[AgreementPage, ...]
    """Adopted agreements to which something is put that waits for the reader's answer."""
    closed: tuple[Agreement, ...]
    """Recorded and adopted agreements, newest first."""
    drafts: tuple[Draft, ...]
    mentions: tuple[Mention, ...]
    """Where others name the member, or the member's delegation, and the member has not said to have seen it."""
    tasks: tuple["TaskAtHand", ...]
    """What was given to the member and is to be done still, the one due first in front."""
    handed_over: tuple[HandOverShown, ...]
    """What colleagues ask of the reader, the most pressing first."""
    recent: tuple[JournalEntry, ...]
    """The shared journal, newest first."""

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """Every agreement it shows something of."""
        return (*(table.page.reading.agreement for table in self.tables), *self.closed)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAtHand:
    """A task on the desk of whoever is to do it."""

    task: Task
    due: Due
    moments: tuple[datetime, ...]
    """When it is due, in the time zone of each side and in UTC."""


def desk(session: orm.Session, member: Membership) -> Desk:
    """Return the desk of `member`."""
    actor = member.actor
    see = visible(actor)
    tables, corrections, closed = [], [], []
    for agreement in session.scalars(see.agreements()).all():
        if agreement.is_recorded:
            closed.append(agreement)
            continue
        reading = read(session, agreement.id)
        shown = page(session, reading, actor)
        if reading.stage is not Stage.NEGOTIATION:
            closed.append(agreement)
            if shown.motions:
                corrections.append(shown)
            continue
        tables.append(
            Table(
                page=shown,
                waiting=shown.waiting,
                carried=reading.carried,
                list_to_confirm=_list_to_confirm(shown, member),
                can_adopt=permits(actor, Permission.ADOPT, agreement)
                and closing(session, reading, actor).adopting == (),
            )
        )
    return Desk(
        member=member,
        tables=tuple(tables),
        corrections=tuple(corrections),
        closed=tuple(closed),
        drafts=tuple(session.scalars(see.drafts())),
        mentions=_mentions(session, member),
        tasks=_tasks_at_hand(session, member),
        handed_over=hand_overs.for_member(session, actor),
        recent=tuple(session.scalars(see.journal().where(JournalEntry.chain == SHARED).limit(RECENT))),
    )


def _mentions(session: orm.Session, member: Membership) -> tuple[Mention, ...]:
    """Return where `member` is named, but in what was given to the member as a task: that stands there as one."""
    see = visible(member.actor)
    given = {one.comment_id for one in session.scalars(see.tasks().where(Task.assignee_id == member.id))}
    return tuple(one for one in session.scalars(see.mentions()) if one.comment_id not in given)


def _tasks_at_hand(session: orm.Session, member: Membership) -> tuple[TaskAtHand, ...]:
    mine = session.scalars(visible(member.actor).tasks().where(Task.assignee_id == member.id))
    at = now(session)
    return tuple(
        TaskAtHand(
            task=task,
            due=due(task.due_at, at),
            moments=in_each_zone(task.comment.thread.paragraph.agreement.session, task.due_at),
        )
        for task in mine
        if task.is_open
    )


def _list_to_confirm(shown: AgreementPage, member: Membership) -> ParticipantList | None:
    if not permits(member.actor, Permission.CONFIRM_LIST, shown.reading.agreement):
        return None
    lists = shown.reading.agreement.session.participant_lists
    return next((one for one in lists if one.delegation_id == member.delegation_id and not one.is_confirmed), None)


def history(session: orm.Session, agreement: Agreement, member: Membership, *, limit: int) -> tuple[JournalEntry, ...]:
    """Return what the journal says of `agreement` and its session that `member` may read, newest first."""
    entries = visible(member.actor).journal()
    return tuple(
        session.scalars(
            entries.where(sa.or_(JournalEntry.agreement_id == agreement.id, JournalEntry.agreement_id.is_(None))).limit(
                limit
            )
        )
    )
