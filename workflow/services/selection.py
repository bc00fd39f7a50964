"""The paragraphs of a text that a reader asks to see, and how many each other choice would show."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from workflow.domain.negotiation import Standing
from workflow.services.agreements import Section, sections
from workflow.services.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What of a text is shown, in its order."""

    rows: tuple[Row, ...]
    """What was asked for, and what it stands under: without its heading a paragraph has no place."""
    fitting: int
    """How many were asked for."""
    hidden: int
    """How many are not shown."""
    standings: Mapping[Standing, int]
    """How many would be shown of each standing, the other choice as it is; those that occur, weakest first."""
    any_standing: int
    """How many would be shown of whatever standing, the other choice as it is."""
    waiting: int
    """How many would be shown of what waits for the reader's side, the standing as chosen."""
    anybody: int
    """How many would be shown whomever they wait for, the standing as chosen."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """What is shown, by headings."""
        return sections(self.rows)


def everything(rows: Sequence[Row], *, standing: Standing | None) -> Selection:
    """Return what of `rows` stands at `standing`, or anywhere."""
    return _selected(rows, {one.key for one in rows}, standing)


def waiting(rows: Sequence[Row], *, standing: Standing | None) -> Selection:
    """Return what of `rows` waits for the reader's side, and stands at `standing`, or anywhere."""
    return _selected(rows, {one.key for one in rows if one.awaited}, standing)


def _selected(rows: Sequence[Row], asked: set[UUID], standing: Standing | None) -> Selection:
    waits = {one.key for one in rows if one.awaited}
    standing_so = {one.key for one in rows if standing in {None, one.standing}}
    fitting = asked & standing_so
    shown = fitting | _over(rows, fitting)
    found = Counter(one.standing for one in rows if one.key in asked)
    occurring = {one.standing for one in rows}
    return Selection(
        rows=tuple(one for one in rows if one.key in shown),
        fitting=len(fitting),
        hidden=len(rows) - len(shown),
        standings={one: found[one] for one in Standing if one in occurring},
        any_standing=len(asked),
        waiting=len(waits & standing_so),
        anybody=len(standing_so),
    )


def _over(rows: Iterable[Row], wanted: set[UUID]) -> set[UUID]:
    """Return what stands over `wanted`: lead-ins and headings."""
    parents = {one.key: one.paragraph.parent_id for one in rows}
    return {key for one in wanted for key in _up(parents, one)}


def _up(parents: Mapping[UUID, UUID | None], key: UUID) -> Iterator[UUID]:
    above = parents.get(key)
    while above is not None and above in parents:
        yield above
        above = parents[above]
