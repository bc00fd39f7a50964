"""Confirming many paragraphs in one reading: each text in full, each by its hash, all of them or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual
from workflow.domain.changes import AGREEMENT, Agreed, last_agreed
from workflow.domain.confirmations import Ground, ground
from workflow.domain.negotiation import ACT_OF, Move, OutOfOrder, Refusal, refusals
from workflow.domain.positions import Stance
from workflow.domain.redline import Redline, bilingual_redline
from workflow.models import Agreement, Membership, Paragraph, Placed, Wording
from workflow.permissions import Actor, Permission, permits
from workflow.services import positions
from workflow.services.acts import record_position
from workflow.services.reading import Reading, read
from workflow.services.rows import Row, row
from workflow.services.terms import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmable:
    """One text that the reader's side can confirm."""

    row: Row
    ground: Ground
    text: Bilingual
    """Exactly what is confirmed."""
    governing: Bilingual | None
    """What the lead-in it stands under says; ``None`` if it stands under none."""
    agreed: Wording | None
    """The earlier wording the side agreed to last; ``None`` where there was none."""
    redline: Redline | None
    """What changed since."""
    had_statement: bool
    """Whether the side's earlier agreement came with a statement, which confirming does not repeat."""
    refusals: tuple[Refusal, ...]
    """What keeps the reader from confirming it."""

    @property
    def choice(self) -> str:
        """What a form sends to choose it: the paragraph, and the hash of the text shown."""
        return f"{self.row.key}:{self.row.state.face}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A text that was chosen on the page and cannot be confirmed."""

    row: Row
    refusals: tuple[Refusal, ...]
    redline: Redline | None
    """From the text that was chosen to the present one; ``None`` where it is the same, or unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationPage:
    """Everything one member can confirm in one text."""

    reading: Reading
    rows: tuple[Confirmable, ...]
    stance: Stance
    """What confirming says: a head agrees, a drafter agrees *ad referendum*."""


def stance_of(actor: Actor) -> Stance:
    """Return what `actor` says by confirming."""
    return Stance.AGREE if actor.is_head else Stance.AD_REFERENDUM


def page(session: orm.Session, agreement_id: UUID, actor: Actor) -> ConfirmationPage:
    """Return what `actor`'s side can confirm in the agreement `agreement_id`, in reading order."""
    reading = read(session, agreement_id)
    why = grounds(reading, actor)
    rows = tuple(
        _confirmable(reading, placed, actor, why[placed.paragraph.id])
        for placed in reading.order
        if placed.paragraph.id in why
    )
    return ConfirmationPage(reading=reading, rows=rows, stance=stance_of(actor))


def grounds(reading: Reading, actor: Actor) -> Mapping[UUID, Ground]:
    """Return why each paragraph that `actor`'s side can confirm is up for it; none for who can confirm nothing."""
    if not permits(actor, Permission.TAKE_POSITION, reading.agreement):
        return {}
    found = {placed.paragraph.id: _ground(reading, placed.paragraph, actor) for placed in reading.order}
    return {key: why for key, why in found.items() if why is not None}


def refused(
    session: orm.Session, agreement: Agreement, actor: Actor, chosen: Mapping[UUID, str]
) -> tuple[Refused, ...]:
    """Return every paragraph of `chosen` that `actor` cannot confirm at the hash it was shown with, and why.

    Args:
        session: Reading or writing.
        agreement: Whose paragraphs.
        actor: Who confirms.
        chosen: The hash of the text that was on the page, by the key of its paragraph.

    """
    reading = read(session, agreement.id)
    found = []
    for placed in reading.order:
        face = chosen.get(placed.paragraph.id)
        if face is not None and (reasons := _refusals(reading, placed.paragraph, actor, face)):
            shown = row(reading, placed.paragraph, actor=actor, depth=placed.depth)
            found.append(Refused(row=shown, refusals=reasons, redline=_since_shown(placed.paragraph, face, shown)))
    return tuple(found)


def confirm(session: orm.Session, *, agreement: Agreement, by: Membership, chosen: Mapping[UUID, str]) -> int:
    """Take `by`'s position on every paragraph of `chosen`; return how many. All of them, or none.

    Raises:
        OutOfOrder: If any of them is refused, or not of this agreement. Nothing is written.

    """
    there = {paragraph.id: paragraph for paragraph in agreement.paragraphs}
    reasons = {reason: None for one in refused(session, agreement, by.actor, chosen) for reason in one.refusals}
    if not chosen.keys() <= there.keys():
        reasons[Refusal.TEXT_HAS_CHANGED] = None
    if reasons:
        raise OutOfOrder(tuple(reasons))
    # No position changes what another is asked of: all were checked on one reading of the text, above.
    for key, face in chosen.items():
        taken = positions.said(by, stance=stance_of(by.actor), face=face)
        record_position(session, taken, paragraph=there[key], by=by)
    return len(chosen)


def _ground(reading: Reading, paragraph: Paragraph, actor: Actor) -> Ground | None:
    state = reading.state_of(paragraph)
    has_agreed = agreed_earlier(reading, paragraph, by=actor.side) is not None
    return ground(state, by=actor.side, as_head=actor.is_head, agreed_earlier=has_agreed)


def _confirmable(reading: Reading, placed: Placed, actor: Actor, why: Ground) -> Confirmable:
    paragraph, governing = placed.paragraph, placed.governing
    face = reading.faces[paragraph.id]
    text = paragraph.wordings[-1].text
    agreed = agreed_earlier(reading, paragraph, by=actor.side)
    before = paragraph.wordings[agreed.wording - 1] if agreed else None
    return Confirmable(
        row=row(reading, paragraph, actor=actor),
        ground=why,
        text=text,
        governing=governing.text if governing else None,
        agreed=before,
        redline=bilingual_redline(before.text, text, words_of(reading.agreement)) if before else None,
        had_statement=any(
            one.delegation.code == actor.side and one.stance is Stance.AGREE_WITH_STATEMENT
            for one in paragraph.positions
        ),
        refusals=_refusals(reading, paragraph, actor, face),
    )


def agreed_earlier(reading: Reading, paragraph: Paragraph, *, by: str) -> Agreed | None:
    """Return the last text of `paragraph` other than the present that delegation `by` agreed to; ``None`` if none."""
    present = (len(paragraph.wordings), reading.faces[paragraph.id], reading.governors[paragraph.id])
    said = [(one.wording_number, one.taken) for one in paragraph.positions if not one.is_given_to(*present)]
    return last_agreed(said, by=by, stances=AGREEMENT)


def _refusals(reading: Reading, paragraph: Paragraph, actor: Actor, face: str) -> tuple[Refusal, ...]:
    move = Move(act=ACT_OF[stance_of(actor)], by=actor.side, as_head=actor.is_head, member=actor.membership, face=face)
    return refusals(reading.state_of(paragraph), move)


def _since_shown(paragraph: Paragraph, face: str, shown: Row) -> Redline | None:
    """Return what changed since the wording whose hash was `face`, where the record still knows which that was."""
    known = next((one for one in paragraph.wordings if one.content_hash == face), None)
    if known is None or known.text == shown.text:
        return None
    return bilingual_redline(known.text, shown.text, words_of(paragraph.agreement))
