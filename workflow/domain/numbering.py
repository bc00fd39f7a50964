"""Working numbers while a text is negotiated, and the labels that print when it is adopted.

A working number names a paragraph for as long as a Rev. lasts, so a number once given
never changes until the next Rev. is issued; then all are numbered afresh, with a table of
old and new. Titles and headings carry none. Nothing of this prints in an adopted text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Generic, TypeVar

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.text import LabelStyle, ParagraphKind

KeyT = TypeVar("KeyT")

#: What the second, third, … paragraph of one number is called.
ADVERBS: Final = (
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "decies",
    "undecies",
    "duodecies",
    "terdecies",
    "quaterdecies",
    "quindecies",
    "sexdecies",
    "septendecies",
    "octodecies",
    "novodecies",
    "vicies",
)

#: The number that insertions before the first paragraph follow: 0, 0 bis, 0 ter.
BEFORE_THE_FIRST: Final = "0"


@dataclass(frozen=True, slots=True)
class Renumbering(Generic[KeyT]):
    """One row of the table of old and new numbers."""

    key: KeyT
    old: str | None
    """``None`` for what had no number before."""
    new: str | None
    """``None`` for what is no longer there."""

    @property
    def is_same(self) -> bool:
        """Whether the paragraph keeps its number."""
        return self.old == self.new


def carries_number(kind: ParagraphKind) -> bool:
    """Whether a paragraph of `kind` has a working number."""
    return kind not in (ParagraphKind.TITLE, ParagraphKind.HEADING)


def working_numbers(order: Sequence[KeyT], issued: Mapping[KeyT, str]) -> dict[KeyT, str]:
    """Return the working number of every paragraph in `order`.

    Args:
        order: The paragraphs that carry numbers, in reading order.
        issued: Every number given since the last Rev., to paragraphs since gone or moved
            too: what has been cited once is never given again. Empty before the first Rev.

    A paragraph without a number takes the next free one after the paragraph before it:
    4 bis, 4 ter. One that is put between 4 and a 4 bis already given becomes 4 ter, out of
    its turn, because the 4 bis has been cited. Before the first paragraph: 0, then 0 bis;
    a number that no text had, so nobody takes it for the paragraph it stands before.

    """
    if not issued:
        return renumbered(order)
    numbers: dict[KeyT, str] = {}
    taken = set(issued.values())
    base = BEFORE_THE_FIRST
    for key in order:
        if key in issued:
            numbers[key] = issued[key]
            base = issued[key].partition(" ")[0]
        else:
            numbers[key] = _free(base, taken)
            taken.add(numbers[key])
    return numbers


def are_in_order(numbers: Iterable[str]) -> bool:
    """Whether working `numbers` rise as one reads: no more, once a paragraph has moved since the last Rev."""
    return all(one < other for one, other in pairwise(map(_rank, numbers)))


def _rank(number: str) -> tuple[int, int]:
    """Return where `number` stands among all: 4, 4 bis, 4 ter."""
    base, _, named = number.partition(" ")
    if named in ADVERBS:
        return int(base), ADVERBS.index(named) + 2
    return int(base), int(named.strip("()") or 1)


def _free(base: str, taken: set[str]) -> str:
    """Return the first number after `base` that nothing has."""
    if base not in taken:
        return base
    named = (f"{base} {adverb}" for adverb in ADVERBS)
    counted = (f"{base} ({number})" for number in range(len(ADVERBS) + 2, len(ADVERBS) + len(taken) + 3))
    return next(number for numbers in (named, counted) for number in numbers if number not in taken)


def renumbered(order: Sequence[KeyT]) -> dict[KeyT, str]:
    """Return running numbers for the paragraphs in `order`, as a new Rev. gives them."""
    return {key: str(number) for number, key in enumerate(order, 1)}


def old_to_new(old: Mapping[KeyT, str], new: Mapping[KeyT, str]) -> tuple[Renumbering[KeyT], ...]:
    """Return the table of old and new numbers: in the new order, then what is no longer there."""
    standing = (Renumbering(key, old.get(key), number) for key, number in new.items())
    gone = (Renumbering(key, number, None) for key, number in old.items() if key not in new)
    return (*standing, *gone)


def printed_label(style: LabelStyle, index: int, language: Language = Language.EN) -> str:
    """Return the label that prints before the `index`-th item of its list, counted from one.

    Where both languages share one label, it is the half-width one; a text in Chinese alone
    has its own.

    Source: GB/T 9704-2012, 7.3.3, for the full-width parentheses in Chinese.

    """
    match style:
        case LabelStyle.NONE:
            return ""
        case LabelStyle.BULLET:
            return "•"
        case LabelStyle.DECIMAL:
            return f"{index}."
        case _:  # parenthesised
            return f"({index})" if language is Language.EN else f"（{index}）"


def labels_in(order: Iterable[tuple[int, LabelStyle]]) -> list[Bilingual]:
    """Return what prints before each paragraph of a text: the items of each list counted from one.

    Args:
        order: How deep each paragraph stands and how it is labelled, in reading order.

    """
    seen: list[dict[LabelStyle, int]] = []
    found = []
    for depth, style in order:
        del seen[depth + 1 :]  # what stood under another paragraph was another list
        seen += [{} for _ in range(depth + 1 - len(seen))]
        seen[depth][style] = seen[depth].get(style, 0) + 1
        found.append(Bilingual(*(printed_label(style, seen[depth][style], language) for language in Language)))
    return found
