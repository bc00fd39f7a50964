"""The order of a text, and which lead-in governs what: worked out from places alone, for the record and its replay.

A lead-in governs what stands under it; one with nothing under it governs the sections that
follow on its level, until a paragraph that is no section. Only common text does either:
what one side has merely tabled changes nothing of what the others have said.

Source: RULES 1, 3 and 4.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from workflow.domain.content import digest
from workflow.domain.text import ParagraphKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A paragraph reduced to what its place says."""

    key: UUID
    kind: ParagraphKind
    is_common: bool
    """Whether it has a wording; only then does it govern, or end what another governs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a paragraph stands in reading order."""

    key: UUID
    depth: int
    governing: UUID | None
    """The lead-in it stands under, directly or not."""


def reading_order(children: Mapping[UUID | None, Sequence[Node]]) -> tuple[Place, ...]:
    """Return every paragraph as a reader comes to it.

    Args:
        children: What stands under each paragraph, and under none, in order.

    """
    return tuple(_below(children, None, 0, None))


def _below(
    children: Mapping[UUID | None, Sequence[Node]], parent: UUID | None, depth: int, governing: UUID | None
) -> Iterator[Place]:
    opener: UUID | None = None
    for node in children.get(parent, ()):
        is_section = node.kind is ParagraphKind.HEADING
        if node.is_common and not is_section:
            opener = None
        over = (opener or governing) if is_section else governing
        yield Place(key=node.key, depth=depth, governing=over)
        if node.is_common and node.kind is ParagraphKind.LEAD_IN:
            yield from _below(children, node.key, depth + 1, node.key)
            opener = None if any(one.is_common for one in children.get(node.key, ())) else node.key
        else:
            yield from _below(children, node.key, depth + 1, over)


@dataclass(frozen=True, slots=True, kw_only=True)
class Governor:
    """What a paragraph has been as a lead-in over others, and as one under another."""

    wordings: int
    """How many it has had."""
    turns: int
    """How often it was carried to the next session, or brought back: see :func:`turns`."""
    is_carried: bool
    """Whether it is carried to the next session now, so that it governs nothing here."""
    regoverned: int
    """How often a move has put it under another lead-in, or under none."""


def governed_by(order: Iterable[Place], known: Mapping[UUID, Governor]) -> Mapping[UUID, str]:
    """Return what names the lead-ins over each paragraph, each in exactly one wording; empty where there is none.

    Consent and certificates keep it beside the number of the wording they were given to: a
    lead-in that is changed and changed back, carried over and brought back, or come under
    again, is another text over the paragraph, of which nobody has said anything yet.

    Args:
        order: In reading order.
        known: Every paragraph of it.

    """
    found: dict[UUID, str] = {}
    for place in order:
        fields = []
        if place.governing is not None:
            over = known[place.governing]
            fields = [str(place.governing), str(over.wordings), str(over.turns)]
            fields += [] if over.is_carried else [found[place.governing]]
        again = known[place.key].regoverned
        found[place.key] = digest(["governed 1", str(again), *fields]) if again or fields else ""
    return found


def turns(voices: Iterable[tuple[str, int, bool]], *, sides: Iterable[str]) -> int:
    """Return how often a paragraph was carried over or brought back.

    Args:
        voices: Delegation, number of the wording it spoke of, whether it consents; in the order in which they spoke.
        sides: Whose consent it takes.

    """
    everybody = frozenset(sides)
    count, was_carried, last = 0, False, {}
    for side, wording, consents in voices:
        last[side] = (wording, consents)
        is_carried = {one for one, said in last.items() if said == (wording, True)} == everybody
        count += is_carried is not was_carried
        was_carried = is_carried
    return count
