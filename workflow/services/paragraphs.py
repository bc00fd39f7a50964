"""A paragraph as its page shows it: text, what one may do, amendments, comments, positions, history."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING
from workflow.domain.changes import FINAL
from workflow.domain.concordance import Sign, signs
from workflow.domain.negotiation import (
    ACT_OF,
    Act,
    AmendmentKind,
    Move,
    ParagraphState,
    Refusal,
    Standing,
    agreed_to,
    refusals,
    refusals_to_amend,
)
from workflow.domain.offers import choosing, is_offered
from workflow.domain.points import Carried, applied
from workflow.domain.positions import PositionInForce
from workflow.domain.redline import Redline, bilingual_redline
from workflow.models import (
    AgendaItem,
    Amendment,
    Delegation,
    Draft,
    JournalEntry,
    Paragraph,
    Position,
    Wording,
)
from workflow.permissions import PERMISSION_FOR, Actor, Permission, permits
from workflow.services import points
from workflow.services.agreements import comment_counts
from workflow.services.amendments import suggestion
from workflow.services.discussion import ThreadShown, colleague_names, delegation_names, shown
from workflow.services.naming import author_of
from workflow.services.points import PointShown
from workflow.services.reading import Reading, read
from workflow.services.rows import Row, owed, row
from workflow.services.terms import counterparts, words_of
from workflow.services.visible import visible

#: What the journal of one paragraph shows at the most on its page; the whole is in the history.
RECENT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentShown:
    """An amendment with its redline and what the reader may do with it."""

    amendment: Amendment
    redline: Redline
    is_live: bool
    is_against_current: bool
    """Whether it was made against the text as it stands now."""
    author: str | None
    """The person, for the own side; ``None`` for everybody else."""
    accept: tuple[Refusal, ...] | None
    """Obstacles; ``None`` where the reader has no right to it."""
    keep: tuple[Refusal, ...] | None
    withdraw: tuple[Refusal, ...] | None
    in_part: tuple[Refusal, ...] | None
    """Obstacles to taking some of its points; ``None`` without the right, or where it has one only."""
    carry_over: tuple[Refusal, ...] | None
    """Obstacles to setting it against the text as it stands; ``None`` where it fits, or is another side's."""
    points: tuple[PointShown, ...]
    """What it changes, as its author grouped it; empty where it is taken or left whole."""
    suggested: Redline | None
    """How it would change the text as it stands, for its author to confirm; ``None`` where it collides, or fits."""
    counters: Amendment | None
    """The amendment it is a counter-proposal to."""
    makes_wording: bool
    """Whether accepting it now would make the next wording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionShown:
    """What one delegation says of the present text."""

    delegation: Delegation
    in_force: PositionInForce | None
    last: Position | None
    """The act it stands on, with its reason or statement."""
    certified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingShown:
    """A wording of the record, with what it changed."""

    wording: Wording
    redline: Redline | None
    """Against the one before; ``None`` for the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphPage:
    """Everything the page of a paragraph shows one reader."""

    reading: Reading
    row: Row
    previous: Row | None
    next: Row | None
    amendments: tuple[AmendmentShown, ...]
    """Live ones first, newest first."""
    threads: tuple[ThreadShown, ...]
    """What is discussed about it, oldest first."""
    colleague_names: tuple[str, ...]
    """What can be named with an ``@`` within the reader's delegation."""
    delegation_names: tuple[str, ...]
    """And before all sides."""
    positions: tuple[PositionShown, ...]
    """In the fixed order of the sides."""
    wordings: tuple[WordingShown, ...]
    """Newest first."""
    history: tuple[JournalEntry, ...]
    drafts: tuple[Draft, ...]
    """Open drafts on it that the reader may read."""
    agenda_item: AgendaItem | None
    acts: Mapping[Act, tuple[Refusal, ...] | None]
    """For each act that needs nothing but the text itself: its obstacles; ``None`` without the right, or an object."""
    record_for_head: tuple[Refusal, ...] | None
    """What keeps the reader from recording that the head agrees; ``None`` for who has no need of it, or no right."""
    amend: tuple[Refusal, ...] | None
    """What keeps the reader from drafting an amendment; ``None`` without the right."""
    signs: tuple[Sign, ...]
    """Where the two languages may not say the same. People certify; this only points."""
    last_approval: bool
    """Whether the reader's agreement would make the paragraph agreed, or its deletion."""
    is_to_be_filled_in: bool
    """Whether it would, were it not for a placeholder in the text."""

    @property
    def without_a_final_word(self) -> tuple[str, ...]:
        """The sides whose head has not agreed to the present text."""
        return tuple(side for side in self.state.sides if side not in self.final)

    @property
    def open_motions(self) -> int:
        """How many motions about it are before the sides."""
        return sum(one.is_open and one.paragraph_id == self.paragraph.id for one in self.reading.agreement.motions)

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph itself."""
        return self.row.paragraph

    @property
    def earlier_positions(self) -> tuple[Position, ...]:
        """What was said before what stands now, newest first; what was said of earlier texts has lapsed."""
        standing = {shown.last.id for shown in self.positions if shown.last}
        return tuple(one for one in reversed(self.paragraph.positions) if one.id not in standing)

    @property
    def lapsed(self) -> tuple[Position, ...]:
        """What was said of another text than the present one, or under another lead-in."""
        governed_by = self.reading.governors[self.paragraph.id]
        present = len(self.paragraph.wordings)
        return tuple(
            one for one in self.paragraph.positions if not one.is_given_to(present, self.state.face, governed_by)
        )

    @property
    def final(self) -> frozenset[str]:
        """The sides whose head has agreed to the present text."""
        return frozenset(side for side, one in self.state.positions.items() if one.stance in FINAL)

    @property
    def state(self) -> ParagraphState:
        """The paragraph as the rules see it."""
        return self.row.state


def page(session: orm.Session, paragraph: Paragraph, actor: Actor) -> ParagraphPage:
    """Return `paragraph` as `actor` reads it."""
    reading = read(session, paragraph.agreement_id)
    state = reading.state_of(paragraph)
    counts = comment_counts(session, paragraph.agreement_id, actor)
    here = row(reading, paragraph, actor=actor, comments=counts.get(paragraph.id, 0))
    before, after = _neighbours(reading, paragraph, actor)
    see = visible(actor)
    return ParagraphPage(
        reading=reading,
        row=here,
        previous=before,
        next=after,
        amendments=_amendments(paragraph, state, actor),
        threads=shown(session, reading, actor, paragraph),
        colleague_names=colleague_names(session, actor),
        delegation_names=delegation_names(reading),
        positions=_positions(reading, paragraph, state),
        wordings=_wordings(paragraph),
        history=tuple(session.scalars(see.journal().where(JournalEntry.paragraph_id == paragraph.id).limit(RECENT))),
        drafts=tuple(session.scalars(see.drafts().where(Draft.paragraph_id == paragraph.id))),
        agenda_item=session.scalars(
            sa.select(AgendaItem).where(AgendaItem.paragraph_id == paragraph.id).limit(1)
        ).first(),
        acts={act: offered(obstacles(actor, paragraph, state, Move(act=act, by=""))) for act in OF_THE_TEXT},
        record_for_head=_record_for_head(actor, paragraph, state),
        amend=refusals_to_amend(state) if permits(actor, Permission.DRAFT, paragraph) else None,
        signs=signs(state.text or NOTHING, words_of(paragraph.agreement), terms=counterparts(paragraph.agreement)),
        last_approval=_is_last_approval(state, actor),
        is_to_be_filled_in=state.has_placeholder and _is_last_approval(replace(state, has_placeholder=False), actor),
    )


#: Acts on the text as a whole: what they need is the text itself and, some, a reason.
OF_THE_TEXT = (*ACT_OF.values(), Act.CERTIFY, Act.DEFER, Act.REVOKE_DEFERRAL, Act.COMMENT)


def obstacles(actor: Actor, paragraph: Paragraph, state: ParagraphState, move: Move) -> tuple[Refusal, ...] | None:
    """Say what stands between `actor` and `move` on the page at hand, for a button to show.

    Returns:
        ``None`` if the actor has no right to it at all (show no button); an empty tuple if
        the way is clear; otherwise the reasons (show the button disabled).

    """
    if not permits(actor, PERMISSION_FOR[move.act], paragraph):
        return None
    made = replace(
        move,
        by=actor.delegation or "",
        as_head=actor.is_head,
        member=actor.membership,
        face=state.face,
        base=state.base,
    )
    return refusals(state, choosing(state, made) if move.act is Act.ACCEPT_IN_PART else made)


def offered(reasons: tuple[Refusal, ...] | None) -> tuple[Refusal, ...] | None:
    """Return the obstacles of an act to be shown; ``None`` where there is nothing to do it to."""
    return reasons if reasons is not None and is_offered(reasons) else None


def _record_for_head(actor: Actor, paragraph: Paragraph, state: ParagraphState) -> tuple[Refusal, ...] | None:
    """Return what keeps `actor` from recording the head's agreement, which the head then confirms (19)."""
    if permits(actor, Permission.AGREE, paragraph) or not permits(actor, Permission.TAKE_POSITION, paragraph):
        return None
    return refusals(state, Move(act=Act.AGREE, by=actor.side, member=actor.membership, face=state.face))


def _amendments(paragraph: Paragraph, state: ParagraphState, actor: Actor) -> tuple[AmendmentShown, ...]:
    found = [_amendment(one, paragraph, state, actor) for one in reversed(paragraph.amendments)]
    return tuple(sorted(found, key=lambda one: not one.is_live))


def _amendment(amendment: Amendment, paragraph: Paragraph, state: ParagraphState, actor: Actor) -> AmendmentShown:
    live = amendment.outcome is None

    def about(act: Act) -> tuple[Refusal, ...] | None:
        return obstacles(actor, paragraph, state, Move(act=act, by="", amendment=amendment.id)) if live else None

    own = actor.delegation == amendment.delegation.code
    accepted = amendment.accepted_by | {amendment.delegation.code, actor.delegation}
    fits = amendment.is_addition or amendment.against == state.base
    suggested = suggestion(amendment) if live and not fits else None
    return AmendmentShown(
        amendment=amendment,
        redline=bilingual_redline(amendment.against_text, amendment.text, words_of(paragraph.agreement)),
        is_live=live,
        is_against_current=fits,
        author=author_of(amendment, actor),
        accept=None if own else about(Act.ACCEPT),
        keep=None if own else about(Act.KEEP_IN_BRACKETS),
        withdraw=about(Act.WITHDRAW_AMENDMENT) if own else None,
        in_part=about(Act.ACCEPT_IN_PART) if not own and len(amendment.asked) > 1 else None,
        carry_over=obstacles(actor, paragraph, state, _carrying_over(amendment, suggested))
        if own and live and not fits
        else None,
        points=points.shown(amendment.asked, amendment.against_text) if len(amendment.asked) > 1 else (),
        suggested=_suggested(amendment, suggested),
        counters=next((one for one in paragraph.amendments if one.id == amendment.answers), None),
        makes_wording=accepted >= set(state.sides),
    )


def _carrying_over(amendment: Amendment, suggested: Carried | None) -> Move:
    """Return the move that sets `amendment` against the text as it stands; it says nothing where the two collide."""
    text = amendment.paragraph.text
    wanted = applied(text, suggested.points) if text and suggested and not suggested.colliding else None
    deletes = amendment.kind is AmendmentKind.SUP
    return Move(act=Act.CARRY_OVER, by="", amendment=amendment.id, wanted=wanted, deletes=deletes)


def _suggested(amendment: Amendment, suggested: Carried | None) -> Redline | None:
    text = amendment.paragraph.text
    if suggested is None or text is None or suggested.colliding or not suggested.points:
        return None
    return bilingual_redline(text, applied(text, suggested.points), words_of(amendment.paragraph.agreement))


def _positions(reading: Reading, paragraph: Paragraph, state: ParagraphState) -> tuple[PositionShown, ...]:
    return tuple(
        PositionShown(
            delegation=delegation,
            in_force=state.positions.get(delegation.code),
            last=_standing_on(paragraph, delegation, state, reading.governors[paragraph.id]),
            certified=delegation.code in state.certified_by,
        )
        for delegation in reading.agreement.dialogue.delegations
    )


def _standing_on(
    paragraph: Paragraph, delegation: Delegation, state: ParagraphState, governed_by: str
) -> Position | None:
    """Return the act the position in force stands on."""
    current = state.positions.get(delegation.code)
    if current is None:
        return None
    fitting = [
        one
        for one in paragraph.positions
        if one.delegation_id == delegation.id
        and one.is_given_to(len(paragraph.wordings), state.face, governed_by)
        and one.as_head == current.by_head
        and (one.stance is current.stance or not one.as_head)
    ]
    return fitting[-1] if fitting else None


def _wordings(paragraph: Paragraph) -> tuple[WordingShown, ...]:
    words = words_of(paragraph.agreement)
    shown = []
    before: Wording | None = None
    for wording in paragraph.wordings:
        change = bilingual_redline(before.text, wording.text, words) if before else None
        shown.append(WordingShown(wording=wording, redline=change))
        before = wording
    return tuple(reversed(shown))


def next_waiting(
    session: orm.Session, agreement_id: UUID, actor: Actor, *, after: Paragraph | None = None
) -> Row | None:
    """Return the next paragraph of the text that waits for `actor`: the first `after` a paragraph, or from the top."""
    reading = read(session, agreement_id)
    waiting = [
        one.paragraph for one in reading.in_the_text if owed(reading.state_of(one.paragraph), actor, one.paragraph)
    ]
    if after is not None:
        order = [one.paragraph.id for one in reading.order]
        here = order.index(after.id)
        behind = [one for one in waiting if order.index(one.id) > here]
        waiting = [one for one in (*behind, *waiting) if one.id != after.id]
    return row(reading, waiting[0], actor=actor) if waiting else None


def _neighbours(reading: Reading, paragraph: Paragraph, actor: Actor) -> tuple[Row | None, Row | None]:
    keys: list[UUID] = [placed.paragraph.id for placed in reading.in_the_text]
    if paragraph.id not in keys:
        return None, None
    at = keys.index(paragraph.id)
    in_text = reading.in_the_text
    before = row(reading, in_text[at - 1].paragraph, actor=actor) if at else None
    after = row(reading, in_text[at + 1].paragraph, actor=actor) if at + 1 < len(keys) else None
    return before, after


def _is_last_approval(state: ParagraphState, actor: Actor) -> bool:
    """Whether the word of the reader's head is the one that is missing."""
    if actor.delegation is None or state.live:
        return False
    after = agreed_to(state, by=actor.delegation)
    return Standing.AGREED in {after.standing, after.held if state.is_deleted else None}
