"""Word-level differences between two wordings, in English, Chinese or both mixed.

A redline is a view: the record keeps whole texts, and both can be read back from it to
the last blank. What it marks is what a careful editor would mark: whole words, whole
clauses where a clause moves, and no islands of "the" between two changes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final, TypeVar
from zlib import crc32

from rapidfuzz.distance import Indel

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.words import Words, tokens

_WORD: Final = re.compile(r"\w")
_SMALL_WORDS: Final = frozenset(
    {"the", "a", "an", "this", "that", "its", "their", "it", "is", "are", "be", "and", "or"}
    | {"of", "to", "in", "on", "for", "by", "with", "as", "at", *"的地得和与及或在对等了并以为就将其"}
)
_FULL_STOPS: Final = frozenset(".。；;!?！？\n\r\n")
_CLAUSE_MARKS: Final = frozenset(",，、:：—([（“‘《")
_LONG: Final = 4_000  # tokens; beyond, sentences first, so that cost stays near linear
_LONG_SENTENCE: Final = 200
_LONGEST_ISLAND: Final = 3  # a blank, a small word, a blank


class Kind(StrEnum):
    """What became of a piece of text."""

    EQUAL = "equal"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a redline. Never empty."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Redline:
    """What changed in a passage, in each of its two languages."""

    en: tuple[Span, ...]
    zh: tuple[Span, ...]

    def __getitem__(self, language: Language) -> tuple[Span, ...]:
        """Return the redline in `language`."""
        return self.en if language is Language.EN else self.zh

    @property
    def touches(self) -> tuple[Language, ...]:
        """The languages in which anything changed: the other one stands as it was."""
        return tuple(language for language in Language if any(span.kind is not Kind.EQUAL for span in self[language]))


@dataclass(frozen=True, slots=True)
class Edit:
    """`old[start:end]`, counted in tokens, gives way to `tokens`. Never empty on both sides."""

    start: int
    end: int
    tokens: tuple[str, ...]


def bilingual_redline(old: Bilingual, new: Bilingual, words: Words) -> Redline:
    """Return the redline from `old` to `new` in both languages."""
    return Redline(en=spans(old.en, new.en, words), zh=spans(old.zh, new.zh, words))


def spans(old: str, new: str, words: Words) -> tuple[Span, ...]:
    """Return the redline from `old` to `new`.

    *Shape*: equal and deleted spans joined are `old`; equal and inserted spans joined are
    `new`; what is struck out stands before what replaces it.
    """
    before, after = tokens(old, words), tokens(new, words)
    found: list[Span] = []
    at = 0
    for edit in edits(before, after):
        found += [
            Span(Kind.EQUAL, "".join(before[at : edit.start])),
            Span(Kind.DELETED, "".join(before[edit.start : edit.end])),
            Span(Kind.INSERTED, "".join(edit.tokens)),
        ]
        at = edit.end
    found.append(Span(Kind.EQUAL, "".join(before[at:])))
    return tuple(span for span in found if span.text)


def edits(old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """Return what turns `old` into `new`, tidied for a reader, in order, never touching each other."""
    rough = _long_edits(old, new) if len(old) + len(new) > 2 * _LONG else _edits(old, new)
    return _tidied(old, rough)


# -- finding ---------------------------------------------------------------------------

Item = TypeVar("Item", str, tuple[str, ...])


@dataclass(slots=True)
class _Code:
    """`old[start:end]` gives way to `new[new_start:new_end]`."""

    start: int
    end: int
    new_start: int
    new_end: int


def _edits(old: Sequence[str], new: Sequence[str], offset: int = 0) -> list[Edit]:
    return [
        Edit(offset + code.start, offset + code.end, tuple(new[code.new_start : code.new_end]))
        for code in _codes(old, new)
    ]


def _codes(old: Sequence[Item], new: Sequence[Item]) -> Iterator[_Code]:
    """Compare two sequences, piece by piece where both are so long that the square of it would tell."""
    pieces = max(1, -(-min(len(old), len(new)) // _LONG))
    if pieces == 1:
        return _joined(old, new, 0, 0)
    cuts = [(len(old) * i // pieces, len(new) * i // pieces) for i in range(pieces + 1)]
    return (
        code
        for (start, new_start), (end, new_end) in pairwise(cuts)
        for code in _joined(old[start:end], new[new_start:new_end], start, new_start)
    )


def _joined(old: Sequence[Item], new: Sequence[Item], offset: int, new_offset: int) -> Iterator[_Code]:
    """Indel opcodes with neighbouring deletions and insertions made into one."""
    last: _Code | None = None
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            continue
        start, end = offset + code.src_start, offset + code.src_end
        new_start, new_end = new_offset + code.dest_start, new_offset + code.dest_end
        if last and last.end == start and last.new_end == new_start:
            last.end, last.new_end = end, new_end
            continue
        if last:
            yield last
        last = _Code(start, end, new_start, new_end)
    if last:
        yield last


def _long_edits(old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """Sentences first, then words inside those that changed."""
    before, after = _sentences(old), _sentences(new)
    starts = [0]
    for sentence in before:
        starts.append(starts[-1] + len(sentence))
    found: list[Edit] = []
    for code in _codes(before, after):
        within_old = [token for sentence in before[code.start : code.end] for token in sentence]
        within_new = [token for sentence in after[code.new_start : code.new_end] for token in sentence]
        found += _edits(within_old, within_new, starts[code.start])
    return found


def _sentences(cut: Sequence[str]) -> list[tuple[str, ...]]:
    """Cut into sentences, and those that never end at places that depend on nothing but the words there."""
    sentences: list[tuple[str, ...]] = []
    start = 0
    stops = [index for index, token in enumerate(cut, 1) if token in _FULL_STOPS]
    for stop in (*stops, len(cut)):
        while stop - start > _LONG_SENTENCE:
            end = next((at for at in range(start + _LONG_SENTENCE, stop) if _is_landmark(cut[at - 1])), stop)
            sentences.append(tuple(cut[start:end]))
            start = end
        if start < stop:
            sentences.append(tuple(cut[start:stop]))
            start = stop
    return sentences


def _is_landmark(token: str) -> bool:
    return crc32(token.encode(errors="replace")) % 16 == 0


# -- tidying ---------------------------------------------------------------------------


def _tidied(old: Sequence[str], rough: Sequence[Edit]) -> list[Edit]:
    tidy = (_trimmed(old, edit) for edit in _bridged(old, _slid(old, rough)))
    return [edit for edit in tidy if edit.start < edit.end or edit.tokens]


def _slid(old: Sequence[str], found: Sequence[Edit]) -> Iterator[Edit]:
    floor = 0
    for index, edit in enumerate(found):
        ceiling = found[index + 1].start if index + 1 < len(found) else len(old)
        moved = _slide(old, edit, floor, ceiling)
        floor = moved.end
        yield moved


def _slide(old: Sequence[str], edit: Edit, floor: int, ceiling: int) -> Edit:
    """Move a pure deletion or insertion to where a reader expects it: whole sentences, clauses, words.

    "a b [b ]c" and "a [b ]b c" say the same; so may "data. [The data. ]" and "[data. The ]data.".
    """
    moving = edit.tokens or old[edit.start : edit.end]
    if edit.tokens and edit.start < edit.end:
        return edit
    size = len(moving)
    left = right = 0
    while edit.start - left > floor and old[edit.start - left - 1] == moving[(-left - 1) % size]:
        left += 1
    while edit.end + right < ceiling and old[edit.end + right] == moving[right % size]:
        right += 1
    if not left and not right:
        return edit
    step = max(
        range(-left, right + 1), key=lambda step: (_fits(old, edit.start + step, moving, step), -abs(step), step)
    )
    turn = step % size
    turned = (*moving[turn:], *moving[:turn]) if edit.tokens else ()
    return Edit(edit.start + step, edit.end + step, turned)


def _fits(old: Sequence[str], at: int, moving: Sequence[str], step: int) -> int:
    """How natural it is to mark at `at` what `moving` is when turned by `step`."""
    size = len(moving)
    before = old[at - 1] if at else "\n", old[at - 2] if at > 1 else "\n"
    last = moving[(step - 1) % size], moving[(step - 2) % size] if size > 1 else before[0]
    return _rest(*before) + _rest(*last)


def _rest(token: str, one_before: str) -> int:
    """How long a reader pauses after `token`."""
    if token in _FULL_STOPS:
        return 3
    if token in _CLAUSE_MARKS:
        return 2
    if token.isspace():
        return 4 if one_before in _FULL_STOPS else 3 if one_before in _CLAUSE_MARKS else 1
    return 0


def _bridged(old: Sequence[str], found: Iterable[Edit]) -> Iterator[Edit]:
    """Join edits parted only by blanks, marks or one small word: an island nobody can read."""
    group: list[Edit] = []
    for edit in found:
        if group and not _is_island(old[group[-1].end : edit.start], group, edit):
            yield _one(old, group)
            group = []
        group.append(edit)
    if group:
        yield _one(old, group)


def _one(old: Sequence[str], group: list[Edit]) -> Edit:
    """The edits of `group` and the text between them as one edit."""
    if len(group) == 1:
        return group[0]
    wording = list(group[0].tokens)
    for left, right in pairwise(group):
        wording += [*old[left.end : right.start], *right.tokens]
    return Edit(group[0].start, group[-1].end, tuple(wording))


def _is_island(island: Sequence[str], group: list[Edit], right: Edit) -> bool:
    """Whether `island` between the changes of `group` and `right` is too small to be worth keeping."""
    if not island:
        return True
    if any(token in _FULL_STOPS for token in island):
        return False
    meaningful = [token for token in island if _WORD.search(token)]
    if not meaningful:
        return (_replaces(group) and _replaces([right])) or (
            len(island) == 1 and (_replaces(group) or _replaces([right]))
        )
    return (
        _replaces(group)
        and _replaces([right])
        and len(island) <= _LONGEST_ISLAND
        and len(meaningful) == 1
        and meaningful[0].lower() in _SMALL_WORDS
    )


def _replaces(group: Sequence[Edit]) -> bool:
    """Whether `group` both strikes out and puts in, so that a reader weighs one wording against another."""
    return any(edit.start < edit.end for edit in group) and any(edit.tokens for edit in group)


def _trimmed(old: Sequence[str], edit: Edit) -> Edit:
    """Give back to the common text what an edit begins and ends with on both sides.

    A segmenter cuts the same characters differently beside different neighbours; what is
    the same text is no change, however it was cut.
    """
    gone, come = old[edit.start : edit.end], edit.tokens
    if not gone or not come:
        return edit
    at_end, new_at_end = _shared([t[::-1] for t in reversed(gone)], [t[::-1] for t in reversed(come)])
    gone, come = gone[: len(gone) - at_end], come[: len(come) - new_at_end]
    at_start, new_at_start = _shared(gone, come)
    return Edit(edit.start + at_start, edit.end - at_end, tuple(come[new_at_start:]))


def _shared(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """Return how many tokens of each spell the same text from the start, however it was cut."""
    i = j = 0
    shared = (0, 0)
    ahead = behind = ""  # what `one` and `other` have spelt beyond what both have
    while True:
        if len(ahead) <= len(behind):
            if i == len(one):
                return shared
            ahead, i = ahead + one[i], i + 1
        else:
            if j == len(other):
                return shared
            behind, j = behind + other[j], j + 1
        common = min(len(ahead), len(behind))
        if ahead[:common] != behind[:common]:
            return shared
        ahead, behind = ahead[common:], behind[common:]
        if not ahead and not behind:
            shared = (i, j)
