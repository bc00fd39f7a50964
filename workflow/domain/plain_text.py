"""A text typed or pasted, one paragraph a line, as paragraphs: what each is, told from how it looks.

A guess, shown to a person who confirms or corrects it. No word is changed: only the
marks that print before an item, and blanks around a line, are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workflow.domain.bilingual import Bilingual, is_blank
from workflow.domain.text import ParagraphKind
from workflow.domain.words import has_han

MOST_PARAGRAPHS: Final = 150
"""More than any agreement of a dialogue had; a form with more could not be sent."""

_BULLET: Final = re.compile(r"[\s\u3000]*[•●▪·*–-][\s\u3000]+(?=\S)")
_NUMBER: Final = re.compile(r"[\s\u3000]*(?:[(（][0-9]{1,2}[)）]|[0-9]{1,2}[．、]|[0-9]{1,2}\.(?=\s))[\s\u3000]*(?=\S)")
_LONGEST_HEADING: Final = 80
_STOPS: Final = tuple(".;,?!。；，？！…")


class Layout(StrEnum):
    """How the two languages stand in what was typed."""

    APART = "apart"
    """English in one place, Chinese in another, paragraph for paragraph."""
    IN_TURN = "in_turn"
    """Each English paragraph with its Chinese after it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as it was understood."""

    kind: ParagraphKind
    text: Bilingual


def understood(en: str, zh: str, layout: Layout) -> tuple[Line, ...]:
    """Return the paragraphs in what was typed; a language that has fewer lines is missing in the last ones."""
    pairs = _in_turn(_lines(en) + _lines(zh)) if layout is Layout.IN_TURN else _side_by_side(_lines(en), _lines(zh))
    return tuple(_understood(pair) for pair in pairs)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if not is_blank(line)]


def _side_by_side(en: Sequence[str], zh: Sequence[str]) -> list[Bilingual]:
    longest = max(len(en), len(zh))
    padded = ([*lines, *[""] * (longest - len(lines))] for lines in (en, zh))
    return [Bilingual(*pair) for pair in zip(*padded, strict=True)]


def _in_turn(lines: Sequence[str]) -> list[Bilingual]:
    """Pair each line with the next where that is of the other language."""
    pairs: list[Bilingual] = []
    for line in lines:
        last = pairs[-1] if pairs else None
        if has_han(line):
            if last is not None and not last.zh:
                pairs[-1] = Bilingual(last.en, line)
            else:
                pairs.append(Bilingual("", line))
        else:
            pairs.append(Bilingual(line, ""))
    return pairs


def _understood(pair: Bilingual) -> Line:
    said = pair.en or pair.zh
    if _BULLET.match(said):
        return Line(ParagraphKind.BULLET, _without(_BULLET, pair))
    if _NUMBER.match(said):
        return Line(ParagraphKind.NUMBERED_ITEM, _without(_NUMBER, pair))
    if said.endswith((":", "：")):
        return Line(ParagraphKind.LEAD_IN, pair)
    if len(said) <= _LONGEST_HEADING and not said.endswith(_STOPS) and (has_han(said) or said == said.upper()):
        return Line(ParagraphKind.HEADING, pair)
    return Line(ParagraphKind.NARRATIVE, pair)


def _without(mark: re.Pattern[str], pair: Bilingual) -> Bilingual:
    return Bilingual(mark.sub("", pair.en, count=1), mark.sub("", pair.zh, count=1))
