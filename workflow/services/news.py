"""What is new to a reader since a page was made. Open pages ask every other second, so it must cost next to nothing.

A mark names the last act of each chain the reader reads: the shared one and, for members of a
delegation, their own. It says nothing of what anybody does alone, or of another side's own acts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.models import ALONE, SHARED, Entered, JournalEntry, Membership
from workflow.permissions import Actor
from workflow.services.naming import colleague
from workflow.services.reading import Reading, read
from workflow.services.visible import visible

#: What nobody needs to be told of while reading something else.
QUIET: Final = ALONE | {Entered.DOCUMENT_MADE, Entered.INVITED, Entered.INVITATION_WITHDRAWN}
#: After these a text is another, or no longer open to the same acts.
OF_THE_TEXT: Final = frozenset(
    {
        Entered.ADDITION_TABLED,
        Entered.AMENDMENT_TABLED,
        Entered.AMENDMENT_ACCEPTED,
        Entered.AMENDMENT_ACCEPTED_IN_PART,
        Entered.AMENDMENT_CARRIED_OVER,
        Entered.AMENDMENT_WITHDRAWN,
        Entered.AMENDMENT_ENDED,
        Entered.WORDING_MADE,
        Entered.DEFERRED,
        Entered.DEFERRAL_REVOKED,
        Entered.MOTION_CARRIED,
        Entered.FROZEN,
    }
)
#: How many are told one by one; of more it is said how many.
TOLD: Final = 4
#: How many are looked at, at the most: who left a page open over night reads the history.
MOST: Final = 99
_PARTED: Final = "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that was done."""

    entry: JournalEntry
    number: str
    """The working number of the paragraph it was done to; empty where there is none."""
    author: str | None
    """The person, for the own side; ``None`` for everybody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What others did since a mark, as far as the reader may know."""

    items: tuple[Item, ...]
    """Newest first, at most `TOLD`."""
    more: int
    """How many there are besides."""
    changes_text: bool
    """Whether what the page offers to decide was offered on a text that is another by now."""


def mark(session: orm.Session, actors: Sequence[Actor]) -> str:
    """Return what names all that `actors`, one person in each capacity, can have read up to now; one statement."""
    if not actors:
        return ""
    return _PARTED.join(str(key or "") for key in session.execute(_heads(tuple(actors))).one())


@lru_cache(maxsize=512)
def _heads(actors: tuple[Actor, ...]) -> sa.Executable:
    """Select the last act of each chain; made once for each reader, since to make it takes longer than to ask."""
    heads = [_acts(actor, chain).with_only_columns(JournalEntry.id).limit(1) for actor, chain in _chains(actors)]
    return sa.select(*[one.scalar_subquery() for one in heads])


def since(
    session: orm.Session,
    actors: Sequence[Actor],
    marked: str,
    *,
    agreement: UUID | None = None,
    paragraph: UUID | None = None,
) -> News:
    """Return what others did since `marked`; nothing where that is no mark of `actors`.

    Args:
        session: To read from.
        actors: One person, in each capacity.
        marked: What `mark` returned when the page was made.
        agreement: Only what is of this one, or of none.
        paragraph: The one that the page decides on; otherwise any of `agreement`.

    """
    found = [
        (entry, actor)
        for actor, chain, key in _marked(actors, marked)
        for entry in _later(session, actor, chain, key)
        if agreement is None or entry.agreement_id in {None, agreement}
    ]
    found.sort(key=lambda one: (one[0].at, one[0].number), reverse=True)
    keys = {entry.agreement_id for entry, _ in found if entry.paragraph_id and entry.agreement_id}
    readings = {key: read(session, key) for key in keys}
    return News(
        items=tuple(
            Item(
                entry=entry,
                number=_number(readings, entry),
                author=colleague(entry.membership, actor) if entry.membership else None,
            )
            for entry, actor in found[:TOLD]
        ),
        more=max(len(found) - TOLD, 0),
        changes_text=any(_changes(entry, readings, paragraph) for entry, _ in found),
    )


def _chains(actors: Sequence[Actor]) -> Iterator[tuple[Actor, str]]:
    for actor in actors:
        yield actor, SHARED
        if actor.delegation is not None:
            yield actor, actor.delegation


def _acts(actor: Actor, chain: str) -> sa.Select[Any]:
    """Select the acts in `chain` that `actor` may be told of, the last one first."""
    return (
        visible(actor)
        .journal()
        .where(JournalEntry.chain == chain, JournalEntry.act.not_in(QUIET))
        .order_by(None)
        .order_by(JournalEntry.number.desc())
    )


def _marked(actors: Sequence[Actor], marked: str) -> Iterator[tuple[Actor, str, UUID | None]]:
    """Yield each chain with the last act that the page knew; nothing at all where `marked` cannot be read."""
    chains, parts = list(_chains(actors)), marked.split(_PARTED)
    try:
        keys = [UUID(part) if part else None for part in parts]
    except ValueError:
        return
    if len(keys) == len(chains):
        yield from ((actor, chain, key) for (actor, chain), key in zip(chains, keys, strict=True))


def _later(session: orm.Session, actor: Actor, chain: str, key: UUID | None) -> Iterator[JournalEntry]:
    """Yield what others did in `chain` after the act `key`; nothing where the reader may not know of such an act."""
    later = _acts(actor, chain).where(JournalEntry.membership_id.is_distinct_from(actor.membership))
    if key is not None:
        known = orm.aliased(JournalEntry)
        place = sa.select(known.number).where(
            known.id == key, known.dialogue_id == actor.dialogue, known.chain == chain
        )
        later = later.where(JournalEntry.number > place.scalar_subquery())
    who = orm.joinedload(JournalEntry.membership).options(
        orm.joinedload(Membership.account), orm.joinedload(Membership.delegation)
    )
    yield from session.scalars(later.options(who).limit(MOST))


def _number(readings: Mapping[UUID, Reading], entry: JournalEntry) -> str:
    if entry.agreement_id is None or entry.paragraph_id is None:
        return ""
    return readings[entry.agreement_id].numbers.get(entry.paragraph_id, "")


def _changes(entry: JournalEntry, readings: Mapping[UUID, Reading], paragraph: UUID | None) -> bool:
    """Whether `entry` made the text of `paragraph` another; one under a changed lead-in says something else, too."""
    if entry.act not in OF_THE_TEXT:
        return False
    if paragraph is None or entry.paragraph_id is None or entry.agreement_id is None:
        return True
    governing = {
        placed.paragraph.id: placed.governing.id if placed.governing else None
        for placed in readings[entry.agreement_id].order
    }
    above: UUID | None = paragraph
    while above is not None and above != entry.paragraph_id:
        above = governing.get(above)
    return above is not None
