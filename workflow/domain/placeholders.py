"""Where in a text the placeholders stand: brackets that people typed, for what is still to be filled in.

A placeholder belongs to no side, unlike the brackets that are computed; no text is adopted with one in it.

Source: RULES 16 and 28.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_OPENS: Final = "[［"
_CLOSES: Final = "]］"
_SIGNS: Final = frozenset(_OPENS + _CLOSES)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text. Never empty."""

    text: str
    is_placeholder: bool


def pieces(text: str) -> tuple[Piece, ...]:
    """Return `text` cut at its placeholders; joined, the pieces are `text` again.

    A bracket that never closes, or never opened, is one too, as in :func:`workflow.domain.brackets.placeholders`.
    """
    found: list[Piece] = []
    at = 0
    for start, end in _places(text):
        found += [Piece(text[at:start], is_placeholder=False)] if start > at else []
        found.append(Piece(text[start:end], is_placeholder=True))
        at = end
    return (*found, *([Piece(text[at:], is_placeholder=False)] if at < len(text) else []))


def _places(text: str) -> Iterator[tuple[int, int]]:
    if _SIGNS.isdisjoint(text):
        return
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign in _OPENS:
            opened.append(at)
        elif sign in _CLOSES:
            start = opened.pop() if opened else at
            if not opened:
                yield start, at + 1
    yield from ((at, at + 1) for at in opened)
