"""Points as a page shows them: each change with a few words around it, both languages side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.points import Change, Point, joined
from workflow.domain.redline import Kind, Span

#: How many characters around a change tell where it stands.
AROUND: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class PointShown:
    """A point, numbered as its author numbered it."""

    number: int
    en: tuple["ChangeShown", ...]
    zh: tuple["ChangeShown", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeShown:
    """One change in one language."""

    at: int
    """Its place among all changes of the amendment in that language, from 0, in the order of the text."""
    spans: tuple[Span, ...]
    """As a redline, with what stands around it."""


def shown(points: Sequence[Point], base: Bilingual) -> tuple[PointShown, ...]:
    """Return `points`, which are made against `base`, for a page to show; in their order, from 1."""
    everything = joined(points)

    def changes(point: Point, language: Language) -> tuple[ChangeShown, ...]:
        return tuple(
            ChangeShown(at=everything[language].index(one), spans=_around(one, base[language]))
            for one in point[language]
        )

    return tuple(
        PointShown(number=number, en=changes(point, Language.EN), zh=changes(point, Language.ZH))
        for number, point in enumerate(points, 1)
    )


def _around(change: Change, base: str) -> tuple[Span, ...]:
    low, high = max(0, change.start - AROUND), min(len(base), change.end + AROUND)
    before = f"{'…' if low else ''}{base[low : change.start]}"
    after = f"{base[change.end : high]}{'…' if high < len(base) else ''}"
    pieces = (
        Span(Kind.EQUAL, before),
        Span(Kind.DELETED, base[change.start : change.end]),
        Span(Kind.INSERTED, change.words),
        Span(Kind.EQUAL, after),
    )
    return tuple(one for one in pieces if one.text)
