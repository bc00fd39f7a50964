"""Points: the changes of an amendment as its author groups them, each in both languages at once.

A point is what others answer: they accept it or leave it, in English and Chinese together.
Changes are kept by characters of the text they were made against, so that the record
means the same whatever cuts words tomorrow.

Source: the rules of the negotiation, 7, 10, 11 and 16.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, TypeAlias, cast

from workflow.domain.bilingual import Bilingual, Language, is_blank
from workflow.domain.redline import Kind, spans
from workflow.domain.words import Words


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """``base[start:end]``, counted in characters, gives way to `words`. Never empty on both sides."""

    start: int
    end: int
    words: str

    @property
    def growth(self) -> int:
        """How much longer it makes the text."""
        return len(self.words) - (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Point:
    """Changes that stand or fall together, in both languages."""

    en: tuple[Change, ...] = ()
    zh: tuple[Change, ...] = ()

    def __getitem__(self, language: Language) -> tuple[Change, ...]:
        """Return its changes in `language`, in the order of the text."""
        return self.en if language is Language.EN else self.zh

    @property
    def touches(self) -> tuple[Language, ...]:
        """The languages it changes."""
        return tuple(language for language in Language if self[language])


Stored: TypeAlias = Mapping[str, object]
"""A point as rows keep it: ``{"en": [[start, end, words], …], "zh": […]}``."""

NO_POINTS: Final[tuple[Point, ...]] = ()


def stored(point: Point) -> dict[str, object]:
    """Return `point` as rows keep it."""
    return {language.value: [[one.start, one.end, one.words] for one in point[language]] for language in Language}


def restored(written: Stored) -> Point:
    """Return the point that was `stored`."""
    changes = (
        tuple(
            Change(*cast("tuple[int, int, str]", tuple(one))) for one in cast("list[list[object]]", written[language])
        )
        for language in Language
    )
    return Point(*changes)


# -- finding and grouping ----------------------------------------------------------------


def changes(base: str, text: str, words: Words) -> tuple[Change, ...]:
    """Return what turns `base` into `text`, as the redline marks it; never touching each other."""
    found: list[Change] = []
    at = 0
    start, inserted = 0, ""
    for span in (*spans(base, text, words), None):
        if span is not None and span.kind is Kind.DELETED:
            at += len(span.text)
        elif span is not None and span.kind is Kind.INSERTED:
            inserted += span.text
        else:
            found += [Change(start, at, inserted)] if at > start or inserted else []
            at += len(span.text) if span else 0
            start, inserted = at, ""
    return tuple(found)


def whole(base: Bilingual, text: Bilingual, words: Words) -> tuple[Point, ...]:
    """Return all that turns `base` into `text` as one point; none where nothing does.

    A language not written yet changes nothing.
    """
    found = (() if is_blank(text[one]) else changes(base[one], text[one], words) for one in Language)
    point = Point(*found)
    return (point,) if point.touches else ()


def deletion(base: Bilingual) -> tuple[Point, ...]:
    """Return the point that strikes `base` out in both languages."""
    return (Point(*((Change(0, len(base[one]), ""),) if base[one] else () for one in Language)),)


def grouped(groups: Sequence[Point], base: Bilingual, text: Bilingual, words: Words) -> tuple[Point, ...]:
    """Return all that turns `base` into `text`, grouped as `groups` had it.

    A change stays in its point while it changes the same words of `base`, whatever they
    become. What `groups` does not know (the text was written on since) joins the point of
    the change before it in that language, else the first. Points that hold nothing any more
    are gone.
    """
    everything = whole(base, text, words)
    if not everything or not groups:
        return everything
    placed: dict[Language, list[int]] = {}
    for language in Language:
        number = 0
        placed[language] = []
        for change in everything[0][language]:
            number = _point_of(change, groups, language, otherwise=number)
            placed[language].append(number)
    return arranged(everything[0], placed)


def _point_of(change: Change, groups: Sequence[Point], language: Language, *, otherwise: int) -> int:
    """Return which of `groups` changes most of the words that `change` does, the first of several."""
    best, found = -1, otherwise
    for number, group in enumerate(groups):
        for one in group[language]:
            shared = min(one.end, change.end) - max(one.start, change.start)
            inserts = one.start == one.end or change.start == change.end
            if one == change:
                return number
            if shared > best and (shared > 0 or (shared == 0 and inserts)):
                best, found = shared, number
    return found


def arranged(everything: Point, placed: Mapping[Language, Sequence[int]]) -> tuple[Point, ...]:
    """Return `everything` parted into points: the n-th change of a language goes to the point `placed` there."""
    found: dict[int, dict[Language, list[Change]]] = {}
    for language in Language:
        for change, number in zip(everything[language], placed[language], strict=True):
            found.setdefault(number, {one: [] for one in Language})[language].append(change)
    return tuple(Point(*(tuple(found[number][language]) for language in Language)) for number in sorted(found))


def parted(point: Point) -> tuple[Point, ...]:
    """Return `point` as single changes, the first of one language beside the first of the other.

    Where one language has more of them, the last point takes what is left: people pair
    them anew where the order of words makes that wrong.
    """
    pairs = min(len(point.en), len(point.zh)) or max(len(point.en), len(point.zh))
    found = (Point(point.en[low:high], point.zh[low:high]) for low, high in pairwise((*range(pairs), None)))
    return tuple(one for one in found if one.touches)


def joined(points: Iterable[Point]) -> Point:
    """Return `points` as one."""
    every = tuple(points)
    return Point(*(tuple(sorted(change for one in every for change in one[language])) for language in Language))


# -- applying and rebasing ---------------------------------------------------------------


def applied(base: Bilingual, points: Iterable[Point]) -> Bilingual:
    """Return `base` with `points` taken up; with all points of an amendment, its text."""
    everything = joined(points)
    return Bilingual(*(replaced(base[language], everything[language]) for language in Language))


def replaced(base: str, found: Iterable[Change]) -> str:
    """Return `base` with the changes `found` made; they are in order and do not overlap."""
    pieces: list[str] = []
    at = 0
    for change in found:
        pieces += (base[at : change.start], change.words)
        at = change.end
    return "".join((*pieces, base[at:]))


def rest_of(points: Sequence[Point], taken: Sequence[Point]) -> tuple[Point, ...]:
    """Return the `points` not `taken`, as they read against the text that has taken up the others.

    All are of one author against one text, so none can collide with another.
    """
    gone = frozenset(taken)
    done = joined(taken)
    made = {language: _Made.of(done[language]) for language in Language}
    return tuple(
        Point(*(tuple(made[language].shifted(one) for one in point[language]) for language in Language))
        for point in points
        if point not in gone
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """Changes that were made to a text, in order and never overlapping: asked for each change that was not."""

    changes: tuple[Change, ...]
    starts: list[int]
    ends: list[int]
    growth: list[int]
    """How much longer the first none, one, two… of them make the text."""

    @classmethod
    def of(cls, made: tuple[Change, ...]) -> "_Made":
        """Return `made`, ready to be asked."""
        growth = [0, *accumulate(one.growth for one in made)]
        return cls(made, [one.start for one in made], [one.end for one in made], growth)

    def shifted(self, change: Change) -> Change:
        """Return `change`, which none of them overlaps, as it stands once they are made."""
        by = self.growth[bisect_right(self.ends, change.start)]
        return Change(change.start + by, change.end + by, change.words)

    def collides(self, change: Change) -> bool:
        """Whether one changes the same words, or touches with an insertion: which comes first is not ours."""
        touching = self.changes[bisect_left(self.ends, change.start) : bisect_right(self.starts, change.end)]
        return any(
            (change.start < one.end and one.start < change.end) or one.start == one.end or change.start == change.end
            for one in touching
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """How points made against one text read against the one that took its place."""

    points: tuple[Point, ...]
    """What carries over, against the new text."""
    colliding: tuple[Point, ...] = ()
    """What does not, as it was made: the same words were changed otherwise meanwhile."""
    taken_up: tuple[Point, ...] = ()
    """What the new text says already."""


def carried(points: Sequence[Point], *, base: Bilingual, current: Bilingual, words: Words) -> Carried:
    """Return how `points`, made against `base`, read against `current`.

    A suggestion: what does not collide may still be nonsense, so its author confirms (11).
    """
    meanwhile = joined(whole(base, current, words))
    known = {side: frozenset(meanwhile[side]) for side in Language}
    made = {side: _Made.of(meanwhile[side]) for side in Language}
    moved: list[Point] = []
    colliding: list[Point] = []
    taken_up: list[Point] = []
    for point in points:
        left = Point(*(tuple(one for one in point[side] if one not in known[side]) for side in Language))
        if not left.touches:
            taken_up.append(point)
        elif any(made[side].collides(one) for side in Language for one in left[side]):
            colliding.append(point)
        else:
            moved.append(Point(*(tuple(made[side].shifted(one) for one in left[side]) for side in Language)))
    return Carried(points=tuple(moved), colliding=tuple(colliding), taken_up=tuple(taken_up))
