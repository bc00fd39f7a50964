"""Statements for the record: a side's own, attached to its agreement; printed only if all sides consent (RULES 18)."""

from collections.abc import Mapping

from sqlalchemy import orm

from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import Refusal
from workflow.domain.positions import Stance
from workflow.models import Membership, Motion, MotionOutcome, Paragraph, Position
from workflow.services.reading import Reading, open_for


def stands_on(reading: Reading, paragraph: Paragraph | None) -> str:
    """Return what names the text the statement was made on: its content hash and the number of its wording."""
    return f"{len(paragraph.wordings)} {reading.faces[paragraph.id]}" if paragraph else ""


def asked(position: Position) -> dict[str, object]:
    """Return what a motion asks for: that the statement given with `position` is printed."""
    return {"position": str(position.id)}


def refusals(reading: Reading, paragraph: Paragraph | None, details: Mapping[str, object]) -> tuple[Refusal, ...]:
    """Return what keeps anybody from asking: the statement must be in force on the present text."""
    if closed := open_for(reading, paragraph):
        return closed
    assert paragraph is not None  # noqa: S101 -- told above; for the type checker
    in_force = {str(one.id) for one in made(reading, paragraph)}
    return () if details.get("position") in in_force else (Refusal.NO_STATEMENT_IN_FORCE,)


def nothing_more(_session: orm.Session, _motion: Motion, _by: Membership) -> None:
    """Change nothing in the text: that all consent is what `printed` looks for."""


def made(reading: Reading, paragraph: Paragraph) -> tuple[Position, ...]:
    """Return the positions in force on the text of `paragraph` that carry a statement, in the order of sides."""
    state = reading.state_of(paragraph)
    found: dict[str, Position] = {}
    for one in paragraph.positions:
        in_force = state.positions.get(one.delegation.code)
        speaks = one.wording_number == len(paragraph.wordings) and one.content_hash == state.face
        if speaks and in_force and one.stance is in_force.stance is Stance.AGREE_WITH_STATEMENT:
            found[one.delegation.code] = one
    return tuple(found[side] for side in state.sides if side in found)


def printed(reading: Reading, paragraph: Paragraph) -> tuple[Position, ...]:
    """Return the statements that print with `paragraph`: in force, and all sides consent to printing them."""
    carried = {
        str(one.details["position"])
        for one in reading.agreement.motions
        if one.kind is MotionKind.STATEMENT and one.outcome is MotionOutcome.CARRIED
    }
    return tuple(one for one in made(reading, paragraph) if str(one.id) in carried)
