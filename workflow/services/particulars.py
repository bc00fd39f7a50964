"""The particulars of a dialogue: what was said of it when it was opened, and saying that anew.

The letters of the delegations, and how many there are, stand from the first day: the record
names its chains by them. How a delegation is called, and in which order they stand, is
settled once a text of the dialogue has anything in it, and so is the short name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual
from workflow.domain.content import digest
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import Agreement, Dialogue, DialogueSession, Entered, Membership, Paragraph
from workflow.services import alterations
from workflow.services.alterations import Alteration
from workflow.services.dialogues import find
from workflow.services.journal import enter
from workflow.services.locks import lock_short_names
from workflow.services.openings import NameIsTaken, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is said of a dialogue."""

    short_name: str
    name: Bilingual
    cover: Bilingual
    file_name: str
    sides: Sequence[Side]
    """In their order."""


def said_of(dialogue: Dialogue) -> Particulars:
    """Return what is said of `dialogue` now."""
    return Particulars(
        short_name=dialogue.short_name,
        name=dialogue.name,
        cover=dialogue.cover,
        file_name=dialogue.file_name,
        sides=tuple(
            Side(
                code=one.code,
                name=one.name,
                adjective=one.adjective,
                colour=one.colour,
                named_first=one.named_first,
            )
            for one in dialogue.delegations
        ),
    )


def shown_hash(dialogue: Dialogue) -> str:
    """Return what names the particulars of `dialogue` exactly: whoever changes them says what the page showed."""
    said = _described(said_of(dialogue))
    return digest(["dialogue 1", *(part for field in said.items() for part in field)])


def are_settled(session: orm.Session, dialogue: Dialogue) -> bool:
    """Return whether a text of `dialogue` has anything in it that all sides read."""
    there = (
        sa.select(Paragraph.id)
        .join(Paragraph.agreement)
        .join(Agreement.session)
        .where(DialogueSession.dialogue_id == dialogue.id)
    )
    return bool(session.scalar(sa.select(there.exists())))


def altered(dialogue: Dialogue, wanted: Particulars) -> tuple[Alteration, ...]:
    """Return each field in which `wanted` differs from what is said of `dialogue`, as it is and as it would be."""
    return alterations.between(_described(said_of(dialogue)), _described(wanted))


def check(session: orm.Session, *, dialogue: Dialogue, wanted: Particulars, seen: str) -> tuple[Alteration, ...]:
    """Return what would be altered, if all of it can be.

    Raises:
        OutOfOrder: If it was changed since the page with the hash `seen`, if nothing changes, if other delegations
            are named than there are, or if what is settled would change.
        NameIsTaken: If another dialogue has that short name.

    """
    if shown_hash(dialogue) != seen:
        raise OutOfOrder((Refusal.TEXT_HAS_CHANGED,))
    if sorted(one.code for one in wanted.sides) != sorted(dialogue.sides):
        raise OutOfOrder((Refusal.SIDES_ARE_SETTLED,))
    found = altered(dialogue, wanted)
    if not found:
        raise OutOfOrder((Refusal.NOTHING_CHANGES,))
    if any(_is_settled_with_text(one) for one in found) and are_settled(session, dialogue):
        raise OutOfOrder((Refusal.SIDES_ARE_SETTLED,))
    if wanted.short_name != dialogue.short_name:
        lock_short_names(session)
        if find(session, wanted.short_name) is not None:
            raise NameIsTaken
    return found


def change(
    session: orm.Session, *, dialogue: Dialogue, by: Membership, wanted: Particulars, seen: str
) -> tuple[Alteration, ...]:
    """Let `wanted` be what is said of `dialogue`; return what that altered, which the journal keeps.

    Raises:
        OutOfOrder: As `check` says. Nothing is written.
        NameIsTaken: If another dialogue has that short name.

    """
    found = check(session, dialogue=dialogue, wanted=wanted, seen=seen)
    dialogue.short_name, dialogue.name = wanted.short_name, wanted.name
    dialogue.cover, dialogue.file_name = wanted.cover, wanted.file_name
    _rename(session, dialogue, wanted.sides)
    enter(
        session,
        Entered.DIALOGUE_CHANGED,
        by=by,
        dialogue=dialogue,
        agreement=None,
        paragraph=None,
        **alterations.as_details(found),
    )
    return found


def _rename(session: orm.Session, dialogue: Dialogue, sides: Sequence[Side]) -> None:
    there = {one.code: one for one in dialogue.delegations}
    if [one.code for one in sides] != list(dialogue.sides):
        for one in there.values():
            one.position = -one.position  # out of the way first: no two stand in one place
        session.flush()
    for position, side in enumerate(sides, start=1):
        row = there[side.code]
        row.name, row.adjective, row.named_first = side.name, side.adjective, side.named_first
        row.colour, row.position = side.colour, position
    session.flush()
    session.expire(dialogue, ["delegations"])  # in their order, which may be another now


def _is_settled_with_text(one: Alteration) -> bool:
    return bool(one.side) or one.what in {"short_name", "order"}


def _described(said: Particulars) -> Mapping[str, str]:
    fields = {
        "name.en": said.name.en,
        "name.zh": said.name.zh,
        "short_name": said.short_name,
        "cover.en": said.cover.en,
        "cover.zh": said.cover.zh,
        "file_name": said.file_name,
        "order": ", ".join(one.code for one in said.sides),
    }
    for one in sorted(said.sides, key=lambda side: side.code):
        fields |= {
            f"{one.code}/name.en": one.name.en,
            f"{one.code}/name.zh": one.name.zh,
            f"{one.code}/adjective.en": one.adjective.en,
            f"{one.code}/adjective.zh": one.adjective.zh,
            f"{one.code}/named_first.en": one.named_first.en,
            f"{one.code}/named_first.zh": one.named_first.zh,
            f"{one.code}/colour": str(one.colour),
        }
    return fields
