"""A negotiating text as people are shown it: which alternatives stand in a bracket, and where blanks go.

The record keeps every alternative; a page or a document shows those that somebody at the
table holds. Whether the sides are named is for the page to say.

Source: the rules of the negotiation, 15 and 16.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from workflow.domain.brackets import Alternative, Bracket, Part, Side

_FULL_WIDTH: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A bracket as it is put before a reader: ``before[one][other]after``."""

    before: str
    """Blanks that would otherwise open the bracket."""
    alternatives: tuple[Alternative, ...]
    """At least one, none of them empty."""
    deleted_by: frozenset[Side]
    """The sides for which what stands in the bracket goes."""
    separator: str
    """What parts two alternatives: a blank in English, nothing in Chinese."""
    after: str
    """Blanks that would otherwise close it."""


def shown_alternatives(bracket: Bracket) -> tuple[Alternative, ...]:
    """Return the alternatives to put before a reader, the text in common first.

    Where two sides replace the same words, wording that nobody holds any more is left out;
    where one side alone proposes, the others hold the text in common, and it is shown. An
    alternative that reads nothing shows nothing. Where all who are left read nothing, the
    text to be deleted is shown.
    """
    worded = [one for one in bracket.alternatives if one.parts]
    held = [one for one in worded if not one.is_current or len(one.held_by) > 1]
    return tuple(held or worded)


def shown(bracket: Bracket) -> Shown:
    """Return `bracket` with the alternatives to show and the blanks around them set outside."""
    left, middle, right = zip(*(_parted(one) for one in shown_alternatives(bracket)), strict=True)
    return Shown(
        before=max(left, key=len),
        alternatives=middle,
        deleted_by=bracket.deleted_by,
        separator="" if any(_FULL_WIDTH.search(_plain(one.parts)) for one in middle) else " ",
        after=max(right, key=len),
    )


def written(parts: Sequence[Part]) -> str:
    """Return `parts` as plain text with half-width brackets, naming nobody."""
    return _written(parts, lambda _sides: "")


def attributed(parts: Sequence[Part], sides: Sequence[Side]) -> str:
    """Return `parts` as plain text in which each bracket names who wants it, in the order of `sides`.

    *Shape*: ``[could] [US: should]``; a deletion is ``[US: SUP]`` beside what would go.
    """
    return _written(parts, lambda named: "".join((", ".join(side for side in sides if side in named), ": ")))


def _written(parts: Sequence[Part], names: Callable[[frozenset[Side]], str]) -> str:
    return "".join(part if isinstance(part, str) else _bracketed(shown(part), names) for part in parts)


def _bracketed(bracket: Shown, names: Callable[[frozenset[Side]], str]) -> str:
    alternatives = [
        f"[{names(one.attributed_to) if one.attributed_to else ''}{_written(one.parts, names)}]"
        for one in bracket.alternatives
    ]
    if bracket.deleted_by and (name := names(bracket.deleted_by)):
        alternatives.append(f"[{name}SUP]")
    return f"{bracket.before}{bracket.separator.join(alternatives)}{bracket.after}"


def _plain(parts: Sequence[Part]) -> str:
    return "".join(part for part in parts if isinstance(part, str))


def _parted(one: Alternative) -> tuple[str, Alternative, str]:
    """Return the blanks `one` begins with, the rest, and the blanks it ends with; blanks alone stay as they are."""
    first, last = one.parts[0], one.parts[-1]
    if one.parts == (first,) and isinstance(first, str) and not first.strip():
        return "", one, ""
    left = first[: len(first) - len(first.lstrip())] if isinstance(first, str) else ""
    right = last[len(last.rstrip()) :] if isinstance(last, str) else ""
    parts = list(one.parts)
    if isinstance(first, str):
        parts[0] = first.lstrip()
    if isinstance(last := parts[-1], str):
        parts[-1] = last.rstrip()
    return left, replace(one, parts=tuple(part for part in parts if part)), right
