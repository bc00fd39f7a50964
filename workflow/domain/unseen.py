"""What stands in a text and is not seen, or looks like something else: said before anybody consents to it.

Nothing is mended: a no-break space can be meant. It is only shown.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workflow.domain.redline import Kind, Span


class Unseen(StrEnum):
    """A character, or a row of them, that a reader cannot see or tell from another."""

    EDGE_SPACE = "edge_space"
    """A space at the beginning or the end of a line."""
    DOUBLE_SPACE = "double_space"
    TAB = "tab"
    NO_BREAK_SPACE = "no_break_space"
    WIDE_SPACE = "wide_space"
    """As wide as a Chinese character."""
    OTHER_SPACE = "other_space"
    ZERO_WIDTH = "zero_width"
    SOFT_HYPHEN = "soft_hyphen"


_KINDS: Final = (
    (Unseen.EDGE_SPACE, r"^\x20+|\x20+$"),
    (Unseen.DOUBLE_SPACE, r"\x20{2,}"),
    (Unseen.TAB, r"\t+"),
    (Unseen.NO_BREAK_SPACE, r"[\u00a0\u202f]"),
    (Unseen.WIDE_SPACE, r"\u3000"),
    (Unseen.OTHER_SPACE, r"[\u1680\u2000-\u200a\u205f]"),
    (Unseen.ZERO_WIDTH, r"[\u200b-\u200d\u2060\ufeff]"),
    (Unseen.SOFT_HYPHEN, r"\u00ad"),
)
_UNSEEN: Final = re.compile("|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in _KINDS), re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text. Never empty."""

    text: str
    unseen: Unseen | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a redline, in which what is not seen is told apart."""

    kind: Kind
    pieces: tuple[Piece, ...]


def found(text: str) -> Mapping[Unseen, int]:
    """Return how often each kind occurs in `text`, in a fixed order; only those that do."""
    counts = Counter(kind for _, _, kind in _places(text))
    return {kind: counts[kind] for kind in Unseen if counts[kind]}


def shown(spans: Sequence[Span]) -> tuple[Shown, ...]:
    """Return the redline `spans` with what is not seen told apart in the text that comes; what goes stays whole."""
    places = list(_places("".join(span.text for span in spans if span.kind is not Kind.DELETED)))
    made: list[Shown] = []
    at = 0
    for span in spans:
        if span.kind is Kind.DELETED:
            made.append(Shown(span.kind, (Piece(span.text),)))
            continue
        made.append(Shown(span.kind, tuple(_cut(span.text, at, places))))
        at += len(span.text)
    return tuple(made)


def _places(text: str) -> Iterator[tuple[int, int, Unseen]]:
    for match in _UNSEEN.finditer(text):
        yield match.start(), match.end(), Unseen[str(match.lastgroup)]


def _cut(text: str, start: int, places: Sequence[tuple[int, int, Unseen]]) -> Iterator[Piece]:
    """Yield `text`, which stands at `start` of the whole, in pieces."""
    at = 0
    for first, last, kind in places:
        left, right = max(first - start, at), min(last - start, len(text))
        if left >= right:
            continue
        if at < left:
            yield Piece(text[at:left])
        yield Piece(text[left:right], kind)
        at = right
    if at < len(text):
        yield Piece(text[at:])
