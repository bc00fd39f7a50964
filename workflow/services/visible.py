"""What an actor may read, as queries: every read of the application starts here.

One place turns the policy into WHERE clauses. What is one's own or one's delegation's is
filtered in the database, so that no page, count, search or document can forget it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base
from workflow.models import (
    ALONE,
    SHARED,
    Account,
    AgendaItem,
    Agreement,
    Amendment,
    Comment,
    CommentVersion,
    Delegation,
    Dialogue,
    DialogueSession,
    Document,
    Draft,
    DraftPresence,
    DraftState,
    HandOver,
    HandOverEnding,
    Invitation,
    Issue,
    JournalEntry,
    Look,
    Membership,
    Mention,
    MentionSeen,
    Motion,
    Paragraph,
    ParticipantList,
    Position,
    Scope,
    TableView,
    Task,
    Thread,
    ThreadEvent,
    Wording,
)
from workflow.permissions import OF_A_DELEGATION, Actor, Role
from workflow.services.gathering import KEY, Gathering, hang

Row = TypeVar("Row")


#: A membership that nobody has.
NOBODY: Final = UUID(int=0)


def visible(actor: Actor) -> "Visible":
    """Return the queries `actor` may read from."""
    return Visible(actor)


def open_to_all(dialogue: UUID) -> "Visible":
    """Return the queries of what everybody reads who takes part in `dialogue`: what an observer may, and no more."""
    return Visible(Actor(membership=NOBODY, role=Role.OBSERVER, dialogue=dialogue, delegation=None))


#: What the rules look at besides the paragraphs, in one statement.
_AROUND: Final = Gathering(
    Agreement,
    Agreement.id == KEY,
    Agreement.session,
    DialogueSession.dialogue,
    Dialogue.delegations,
    Dialogue.terms,
    DialogueSession.dates,
    DialogueSession.participant_lists,
    ParticipantList.participations,
    ParticipantList.confirmations,
    Agreement.motions,
    Motion.voices,
    Motion.ending,
    Agreement.adoptions,
    Agreement.issues,
    Issue.entries,
)

#: The paragraphs, and what happened to each, in another.
_PARAGRAPHS: Final = Gathering(
    Paragraph,
    Paragraph.agreement_id == KEY,
    Paragraph.wordings,
    Paragraph.amendments,
    Amendment.points,
    Amendment.said,
    Amendment.ending,
    Paragraph.positions,
    Paragraph.certificates,
    Paragraph.deferral_voices,
)


def _of_the_inviter(seat: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 -- an alias of Membership
    inviter = orm.aliased(Membership)
    whose = sa.select(inviter.delegation_id).where(inviter.id == Invitation.membership_id).scalar_subquery()
    return whose.is_not_distinct_from(seat.delegation_id)


def _in_scope(seat: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 -- an alias of Membership
    """Return that the thread, to which the path of each of these rows leads, is shared or the delegation's own."""
    return sa.or_(Thread.scope == Scope.SHARED, Thread.delegation_id == seat.delegation_id)


def _read_by(member: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 -- a key, or the column that holds it
    """Return that `member` wrote the draft, or that its delegation reads it: shared, and not put away since."""
    return sa.or_(Draft.membership_id == member, sa.and_(Draft.is_shared, Draft.discarded_at.is_(None)))


def _of_a_draft(seat: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 -- an alias of Membership
    return sa.and_(Draft.delegation_id == seat.delegation_id, _read_by(seat.id))


#: What makes a row that is not open to all sides the concern of the member `seat`: for all others it is as if it were
#: not there, whoever asks for it by its key.
OWN: Final[Mapping[type[Base], Callable[[Any], sa.ColumnElement[bool]]]] = {
    Draft: _of_a_draft,
    Membership: lambda seat: Membership.delegation_id.is_not_distinct_from(seat.delegation_id),
    Invitation: _of_the_inviter,
    HandOver: _of_a_draft,
    Thread: _in_scope,
    Comment: _in_scope,
    Mention: _in_scope,
    Task: lambda seat: Task.delegation_id == seat.delegation_id,
}
#: Who did something, for the own side to read.
_WHO: Any = orm.joinedload(Membership.account)

#: All of a thread, in one statement a table.
WHOLE_THREAD: Any = (
    orm.joinedload(Thread.membership).options(_WHO),
    orm.joinedload(Thread.amendment).joinedload(Amendment.ending),
    orm.selectinload(Thread.comments).options(
        orm.joinedload(Comment.membership).options(_WHO),
        orm.joinedload(Comment.delegation),
        orm.selectinload(Comment.versions),
        orm.selectinload(Comment.mentions),
    ),
    orm.selectinload(Thread.events).options(
        orm.joinedload(ThreadEvent.membership).options(_WHO), orm.joinedload(ThreadEvent.delegation)
    ),
)


@dataclass(frozen=True, slots=True)
class Visible:
    """Queries that find what one actor may read, and nothing else."""

    actor: Actor

    def sessions(self) -> sa.Select[DialogueSession]:
        """Select the sessions of the actor's dialogue, newest first."""
        return (
            sa.select(DialogueSession)
            .where(DialogueSession.dialogue_id == self.actor.dialogue)
            .order_by(DialogueSession.ordinal.desc())
        )

    def agreements(self) -> sa.Select[Agreement]:
        """Select the agreements of the actor's dialogue, of the newest session first."""
        return (
            sa.select(Agreement)
            .join(Agreement.session)
            .where(DialogueSession.dialogue_id == self.actor.dialogue)
            .order_by(DialogueSession.ordinal.desc(), Agreement.short_name)
        )

    def wordings(self) -> sa.Select[Wording]:
        """Select the wordings of the actor's dialogue: they are common text, open to all who take part."""
        return (
            sa.select(Wording)
            .join(Wording.paragraph)
            .join(Paragraph.agreement)
            .join(Agreement.session)
            .where(DialogueSession.dialogue_id == self.actor.dialogue)
            .order_by(DialogueSession.ordinal.desc(), Wording.id)
        )

    def agenda_items(self) -> sa.Select[AgendaItem]:
        """Select the agenda items of the actor's dialogue, oldest first."""
        return (
            sa.select(AgendaItem)
            .join(AgendaItem.session)
            .where(DialogueSession.dialogue_id == self.actor.dialogue)
            .order_by(DialogueSession.ordinal, AgendaItem.number)
        )

    def threads(self) -> sa.Select[Thread]:
        """Select what is discussed openly, and what the own delegation discusses among itself; oldest first."""
        return (
            self._in_scope(sa.select(Thread))
            .options(orm.contains_eager(Thread.delegation), *WHOLE_THREAD)
            .order_by(Thread.at, Thread.id)
        )

    def comments(self) -> sa.Select[Comment]:
        """Select what is said openly, and what the own delegation says among itself, withdrawn or not; oldest first."""
        return (
            self._in_scope(sa.select(Comment).join(Comment.thread))
            .options(
                orm.contains_eager(Comment.thread).contains_eager(Thread.delegation),
                orm.joinedload(Comment.membership),
                orm.selectinload(Comment.versions),
            )
            .order_by(Comment.at, Comment.id)
        )

    def mentions(self) -> sa.Select[Mention]:
        """Select where others name the actor, or the own delegation, and the actor has not said to have seen it.

        Oldest first. What its author withdrew names nobody any more.
        """
        seen = (
            sa.select(MentionSeen.id)
            .where(MentionSeen.mention_id == Mention.id, MentionSeen.membership_id == self.actor.membership)
            .exists()
        )
        withdrawn = (
            sa.select(CommentVersion.id)
            .where(CommentVersion.comment_id == Comment.id, CommentVersion.withdraws)
            .exists()
        )
        return (
            self._in_scope(sa.select(Mention).join(Mention.comment).join(Comment.thread))
            .where(
                sa.or_(Mention.membership_id == self.actor.membership, self._own(Mention.delegation_id)),
                Comment.membership_id != self.actor.membership,
                sa.not_(seen),
                sa.not_(withdrawn),
            )
            .options(
                orm.contains_eager(Mention.comment).options(
                    orm.joinedload(Comment.delegation),
                    orm.joinedload(Comment.membership).options(_WHO),
                    orm.selectinload(Comment.versions),
                    orm.contains_eager(Comment.thread).options(
                        orm.contains_eager(Thread.delegation), orm.contains_eager(Thread.paragraph)
                    ),
                )
            )
            .order_by(Mention.at, Mention.id)
        )

    def tasks(self) -> sa.Select[Task]:
        """Select the tasks of the own delegation, done or not, the one due first in front."""
        return (
            self._in_scope(sa.select(Task).join(Task.comment).join(Comment.thread))
            .where(
                self._own(Task.delegation_id),
            )
            .options(
                orm.joinedload(Task.giver).options(_WHO),
                orm.joinedload(Task.assignee).options(_WHO),
                orm.selectinload(Task.events),
                orm.contains_eager(Task.comment).options(
                    orm.selectinload(Comment.versions),
                    orm.contains_eager(Comment.thread).options(
                        orm.contains_eager(Thread.delegation), orm.contains_eager(Thread.paragraph)
                    ),
                ),
            )
            .order_by(Task.due_at, Task.id)
        )

    def colleagues(self) -> sa.Select[Membership]:
        """Select who takes part for the own delegation now, the actor included, by name."""
        return (
            sa.select(Membership)
            .join(Membership.account)
            .where(
                Membership.dialogue_id == self.actor.dialogue,
                Membership.ended_at.is_(None),
                self._own(Membership.delegation_id),
            )
            .options(orm.contains_eager(Membership.account))
            .order_by(Account.name, Membership.id)
        )

    def drafts(self) -> sa.Select[Draft]:
        """Select the open drafts the actor may read: the own ones, and what colleagues shared; newest first."""
        return (
            sa.select(Draft)
            .join(Draft.agreement)
            .join(Agreement.session)
            .where(
                DialogueSession.dialogue_id == self.actor.dialogue,
                Draft.tabled_as.is_(None),
                Draft.discarded_at.is_(None),
                self._own(Draft.delegation_id),
                _read_by(self.actor.membership),
            )
            .order_by(Draft.saved_at.desc(), Draft.id)
        )

    def draft_states(self) -> sa.Select[DraftState]:
        """Select the states of drafts the actor may read: of the own ones all, of shared ones those since sharing.

        Those of a draft that was put away are its author's alone.
        """
        return (
            sa.select(DraftState)
            .join(DraftState.draft)
            .join(Draft.agreement)
            .join(Agreement.session)
            .where(
                DialogueSession.dialogue_id == self.actor.dialogue,
                self._own(Draft.delegation_id),
                _read_by(self.actor.membership),
                sa.or_(
                    Draft.membership_id == self.actor.membership,
                    DraftState.version >= sa.func.coalesce(Draft.shared_from, 1),
                ),
            )
            .options(orm.joinedload(DraftState.membership).joinedload(Membership.account))
        )

    def draft_presences(self) -> sa.Select[DraftPresence]:
        """Select who of the own delegation has which draft open, longest first."""
        return (
            sa.select(DraftPresence)
            .join(DraftPresence.draft)
            .join(Draft.agreement)
            .join(Agreement.session)
            .where(
                DialogueSession.dialogue_id == self.actor.dialogue,
                self._own(Draft.delegation_id),
                _read_by(self.actor.membership),
            )
            .options(orm.joinedload(DraftPresence.membership).joinedload(Membership.account))
            .order_by(DraftPresence.opened_at, DraftPresence.id)
        )

    def hand_overs(self) -> sa.Select[HandOver]:
        """Select what members of the own delegation ask of each other over open drafts, the most pressing first."""
        return (
            sa.select(HandOver)
            .join(HandOver.draft)
            .join(Draft.agreement)
            .join(Agreement.session)
            .outerjoin(HandOver.ending)
            .where(
                DialogueSession.dialogue_id == self.actor.dialogue,
                self._own(Draft.delegation_id),
                Draft.tabled_as.is_(None),
                Draft.discarded_at.is_(None),
                HandOverEnding.id.is_(None),
            )
            .order_by(HandOver.due_at.is_(None), HandOver.due_at, HandOver.at, HandOver.id)
        )

    def journal(self) -> sa.Select[JournalEntry]:
        """Select the shared journal and the own chain, newest first; of the latter not what colleagues do alone.

        Those who belong to no delegation have no colleagues: of their chain each reads what is their own.
        """
        own = self.actor.delegation or f"-{self.actor.role}"
        alone = JournalEntry.act.in_(ALONE) if self.actor.delegation else JournalEntry.chain != SHARED
        return (
            sa.select(JournalEntry)
            .where(
                JournalEntry.dialogue_id == self.actor.dialogue,
                JournalEntry.chain.in_((SHARED, own)),
                sa.or_(sa.not_(alone), JournalEntry.membership_id == self.actor.membership),
            )
            .options(orm.joinedload(JournalEntry.delegation), orm.joinedload(JournalEntry.paragraph))
            .order_by(JournalEntry.at.desc(), JournalEntry.chain, JournalEntry.number.desc())
        )

    def documents(self) -> sa.Select[Document]:
        """Select the documents made by the own delegation, or by the actor where there is none; newest first."""
        own = (
            self._own(Document.delegation_id)
            if self.actor.delegation
            else sa.and_(Document.delegation_id.is_(None), Document.membership_id == self.actor.membership)
        )
        return (
            sa.select(Document)
            .join(Document.agreement)
            .join(Agreement.session)
            .options(orm.joinedload(Document.membership).joinedload(Membership.account))
            .where(DialogueSession.dialogue_id == self.actor.dialogue, own)
            .order_by(Document.at.desc(), Document.id)
        )

    def looks(self) -> sa.Select[Look]:
        """Select when the actor said to have looked at a text, newest first; nobody reads of anybody else's looks."""
        return (
            sa.select(Look)
            .join(Look.agreement)
            .join(Agreement.session)
            .where(DialogueSession.dialogue_id == self.actor.dialogue, Look.membership_id == self.actor.membership)
            .order_by(Look.at.desc(), Look.id)
        )

    def table_views(self) -> sa.Select[TableView]:
        """Select what was put on the table in the actor's dialogue, the last first: it is shown to the whole room."""
        return (
            sa.select(TableView)
            .join(TableView.agreement)
            .join(Agreement.session)
            .where(DialogueSession.dialogue_id == self.actor.dialogue)
            .order_by(TableView.number.desc())
        )

    def positions(self) -> sa.Select[Position]:
        """Select the positions taken in the actor's dialogue, newest first: they are open to all sides."""
        return (
            sa.select(Position)
            .join(Position.paragraph)
            .join(Paragraph.agreement)
            .join(Agreement.session)
            .where(DialogueSession.dialogue_id == self.actor.dialogue)
            .order_by(Position.at.desc(), Position.id)
        )

    def members(self) -> sa.Select[Membership]:
        """Select who is, and was, on the actor's side; who takes part now first, each in order of joining.

        The secretariat's side is the secretariat and the observers; an observer's, the observer.
        """
        side = self._own(Membership.delegation_id)
        if self.actor.delegation is None:
            office = self.actor.role is Role.SECRETARIAT
            side = Membership.delegation_id.is_(None) if office else Membership.id == self.actor.membership
        return (
            sa.select(Membership)
            .where(Membership.dialogue_id == self.actor.dialogue, side)
            .options(orm.joinedload(Membership.account), orm.joinedload(Membership.delegation))
            .order_by(Membership.ended_at.is_not(None), Membership.began_at, Membership.id)
        )

    def invitations(self) -> sa.Select[Invitation]:
        """Select what the actor's side invited, newest first: a delegation's own, or the secretariat's."""
        inviting = orm.aliased(Membership)
        own = self._own(inviting.delegation_id)
        if self.actor.delegation is None:
            office = self.actor.role is Role.SECRETARIAT
            own = inviting.delegation_id.is_(None) if office else sa.false()
        return (
            sa.select(Invitation)
            .join(inviting, Invitation.membership)
            .where(Invitation.dialogue_id == self.actor.dialogue, own)
            .options(
                orm.joinedload(Invitation.delegation),
                orm.joinedload(Invitation.ending),
                orm.joinedload(Invitation.membership).joinedload(Membership.account),
            )
            .order_by(Invitation.at.desc(), Invitation.id)
        )

    def _in_scope(self, threads: sa.Select[Row]) -> sa.Select[Row]:
        """Leave of what a selection joins to threads those of the actor's dialogue that the actor reads."""
        return (
            threads.join(Thread.paragraph)
            .join(Paragraph.agreement)
            .join(Agreement.session)
            .outerjoin(Thread.delegation)
            .where(
                DialogueSession.dialogue_id == self.actor.dialogue,
                sa.or_(Thread.scope == Scope.SHARED, self._own(Thread.delegation_id)),
            )
        )

    def _own(self, column: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 -- any delegation's foreign key
        """Say that `column` names the actor's own delegation; never true for those who belong to none."""
        mine = (
            sa.select(Delegation.id)
            .where(Delegation.dialogue_id == self.actor.dialogue, Delegation.code == self.actor.delegation)
            .scalar_subquery()
        )
        belongs = sa.true() if self.actor.role in OF_A_DELEGATION else sa.false()  # whatever it claims
        return sa.and_(belongs, column.is_not(None), column == mine)


def whole_agreement(session: orm.Session, key: UUID) -> Agreement:
    """Return the agreement `key` with everything the rules look at.

    The caller has made sure that the actor takes part in its dialogue: the agreement, its
    wordings, what is tabled and every position are open to all who do.
    """
    [found] = _AROUND.of(session, key)
    agreement: Agreement = found
    hang(Agreement.paragraphs, agreement, _PARAGRAPHS.of(session, key))
    return agreement
