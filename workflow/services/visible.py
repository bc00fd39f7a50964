"""What an actor may read, as queries: every read of the application starts here.

One place turns the policy into WHERE clauses. What is one's own or one's delegation's is
filtered in the database, so that no page, count, search or document can forget it.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.models import (
    ALONE,
    SHARED,
    AgendaItem,
    Agreement,
    Amendment,
    Comment,
    Delegation,
    Dialogue,
    DialogueSession,
    Document,
    Draft,
    DraftPresence,
    DraftState,
    HandOver,
    HandOverEnding,
    Issue,
    JournalEntry,
    Look,
    Membership,
    Motion,
    Paragraph,
    ParticipantList,
    Position,
    Scope,
)
from workflow.permissions import Actor, Role


def visible(actor: Actor) -> "Visible":
    """Return the queries `actor` may read from."""
    return Visible(actor)


#: Everything the rules look at, in one statement a table.
WHOLE: Any = (
    orm.joinedload(Agreement.session).options(
        orm.joinedload(DialogueSession.dialogue).selectinload(Dialogue.delegations),
        orm.selectinload(DialogueSession.participant_lists).options(
            orm.selectinload(ParticipantList.participations), orm.selectinload(ParticipantList.confirmations)
        ),
    ),
    orm.selectinload(Agreement.paragraphs).options(
        orm.selectinload(Paragraph.wordings),
        orm.selectinload(Paragraph.amendments).options(
            orm.selectinload(Amendment.said), orm.selectinload(Amendment.points), orm.joinedload(Amendment.ending)
        ),
        orm.selectinload(Paragraph.positions),
        orm.selectinload(Paragraph.certificates),
        orm.selectinload(Paragraph.deferral_voices),
    ),
    orm.selectinload(Agreement.motions).options(orm.selectinload(Motion.voices), orm.joinedload(Motion.ending)),
    orm.selectinload(Agreement.adoptions),
    orm.selectinload(Agreement.issues).selectinload(Issue.entries),
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

    def agenda_items(self) -> sa.Select[AgendaItem]:
        """Select the agenda items of the actor's dialogue, oldest first."""
        return (
            sa.select(AgendaItem)
            .join(AgendaItem.session)
            .where(DialogueSession.dialogue_id == self.actor.dialogue)
            .order_by(DialogueSession.ordinal, AgendaItem.number)
        )

    def comments(self) -> sa.Select[Comment]:
        """Select what is said openly, and what the own delegation says among itself; oldest first."""
        return (
            sa.select(Comment)
            .join(Comment.paragraph)
            .join(Paragraph.agreement)
            .join(Agreement.session)
            .outerjoin(Comment.delegation)
            .where(
                DialogueSession.dialogue_id == self.actor.dialogue,
                sa.or_(Comment.scope == Scope.SHARED, self._own(Comment.delegation_id)),
            )
            .options(orm.joinedload(Comment.membership), orm.contains_eager(Comment.delegation))
            .order_by(Comment.at, Comment.id)
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
                sa.or_(Draft.is_shared, Draft.membership_id == self.actor.membership),
                sa.false() if self.actor.role in {Role.OBSERVER, Role.SECRETARIAT} else sa.true(),
            )
            .order_by(Draft.saved_at.desc(), Draft.id)
        )

    def draft_states(self) -> sa.Select[DraftState]:
        """Select the states of drafts the actor may read: of the own ones all, of shared ones those since sharing."""
        return (
            sa.select(DraftState)
            .join(DraftState.draft)
            .join(Draft.agreement)
            .join(Agreement.session)
            .where(
                DialogueSession.dialogue_id == self.actor.dialogue,
                self._own(Draft.delegation_id),
                sa.or_(
                    Draft.membership_id == self.actor.membership,
                    sa.and_(Draft.is_shared, DraftState.version >= sa.func.coalesce(Draft.shared_from, 1)),
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
                sa.or_(Draft.is_shared, Draft.membership_id == self.actor.membership),
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

    def _own(self, column: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 -- any delegation's foreign key
        """Say that `column` names the actor's own delegation; never true for those who belong to none."""
        mine = (
            sa.select(Delegation.id)
            .where(Delegation.dialogue_id == self.actor.dialogue, Delegation.code == self.actor.delegation)
            .scalar_subquery()
        )
        return sa.and_(column.is_not(None), column == mine)


def whole_agreement(session: orm.Session, key: UUID) -> Agreement:
    """Return the agreement `key` with everything the rules look at.

    The caller has made sure that the actor takes part in its dialogue: the agreement, its
    wordings, what is tabled and every position are open to all who do.
    """
    return session.scalars(sa.select(Agreement).where(Agreement.id == key).options(*WHOLE)).one()
