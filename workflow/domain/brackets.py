"""One bracketed negotiating text from the current wording and what each side proposes instead.

Whoever reads a negotiating text as one side reads that side's text to the letter; whoever
reads it as nobody reads the text in common. Brackets are computed, never typed: a bracket
a person types is a *placeholder* and belongs to no side.

Source: the rules of the negotiation, 14 to 17.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.redline import Edit, edits
from workflow.domain.words import Words, tokens

Side: TypeAlias = str
NOBODY: Final[Side] = ""
"""Reads the text in common: the current wording, and nothing where there is none yet."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A wording in brackets, and who reads the text that way; `NOBODY` among them marks the current wording."""

    held_by: frozenset[Side]
    parts: "tuple[Part, ...]"
    is_base: bool = False
    """Whether this is what the other alternatives were proposed against: the current wording, or
    the author's own inside an addition."""

    @property
    def is_current(self) -> bool:
        """Whether this is the text in common, or its absence."""
        return NOBODY in self.held_by

    @property
    def attributed_to(self) -> frozenset[Side]:
        """The sides to name beside it: none beside the text in common, which needs no proposer."""
        return frozenset() if self.is_current else self.held_by


@dataclass(frozen=True, slots=True)
class Bracket:
    """Competing wordings of one place, the base first. Every side that reads this far holds exactly one of them."""

    alternatives: tuple[Alternative, ...]

    @property
    def proposed_by(self) -> frozenset[Side]:
        """The sides that ask for something else than the base."""
        return frozenset().union(*(one.held_by for one in self.alternatives if not one.is_base))

    @property
    def deleted_by(self) -> frozenset[Side]:
        """The sides for which what the base says here goes, and nothing comes in its place."""
        return frozenset().union(*(one.held_by for one in self.alternatives if not one.parts and not one.is_base))


Part: TypeAlias = "str | Bracket"
NO_AMENDMENTS: Final[Mapping[Side, str]] = MappingProxyType({})


# -- compiling -------------------------------------------------------------------------


def compile_text(
    current: str, proposals: Mapping[Side, str], words: Words, *, sides: Collection[Side]
) -> tuple[Part, ...]:
    """Return the negotiating text. `read` by a side it is that side's proposal exactly; by NOBODY, `current`.

    Args:
        current: The wording in common.
        proposals: What each side that has a live amendment wants instead; ``""`` to delete it all.
        words: The segmenter, with the dialogue's terms.
        sides: Everybody at the table. Those without a proposal stand by `current`.

    """
    silent = frozenset({NOBODY, *sides}).difference(proposals)
    return _compiled(current, {silent: current} | {frozenset({side}): text for side, text in proposals.items()}, words)


def compile_addition(
    text: str,
    words: Words,
    *,
    by: Side,
    sides: Collection[Side],
    accepted_by: Collection[Side] = (),
    amended: Mapping[Side, str] = NO_AMENDMENTS,
) -> tuple[Part, ...]:
    """Return text that `by` has tabled and not everybody has accepted, in an outer bracket.

    Its author and those who accepted it read it; those who amended it read their own
    text; everybody else, NOBODY among them, reads nothing. Amending does not remove the
    outer bracket. Whoever wants it gone amends it to ``""``.
    """
    amending = {side: wanted for side, wanted in amended.items() if wanted and side != by}
    holding = frozenset({by, *(side for side in accepted_by if side not in amended)})
    reading = holding.union(amending)
    inner = _compiled(text, {holding: text} | {frozenset({side}): wanted for side, wanted in amending.items()}, words)
    if not inner:
        return ()
    nothing = Alternative(frozenset({NOBODY, *sides, *amended, *accepted_by}) - reading, (), is_base=True)
    return (Bracket((nothing, Alternative(reading, inner))),)


_Group: TypeAlias = frozenset[Side]
"""Sides that want one and the same text."""
_Wanted: TypeAlias = Mapping[_Group, Sequence[Edit]]


def _compiled(base: str, texts: Mapping[_Group, str], words: Words) -> tuple[Part, ...]:
    cut = tokens(base, words)
    wanted = {group: edits(cut, tokens(text, words)) if text != base else () for group, text in texts.items()}
    return _between(cut, 0, len(cut), wanted)


def _between(base: Sequence[str], start: int, end: int, wanted: _Wanted) -> tuple[Part, ...]:
    parts: list[Part] = []
    at = start
    for low, high, here in _places(wanted):
        parts += [plain] if (plain := "".join(base[at:low])) else []
        parts.append(_bracket(base, low, high, here))
        at = high
    parts += [plain] if (plain := "".join(base[at:end])) else []
    return tuple(parts)


def _places(wanted: _Wanted) -> Iterator[tuple[int, int, _Wanted]]:
    """Yield the stretches of the base in dispute: edits that overlap, and insertions that touch, are one place.

    An insertion at the edge of another side's change must join it: their order would
    otherwise be ours to invent.
    """
    every = sorted(
        ((edit, group) for group, found in wanted.items() for edit in found),
        key=lambda one: (one[0].start, one[0].end),
    )
    index = 0
    while index < len(every):
        low, high = every[index][0].start, every[index][0].end
        here: dict[_Group, list[Edit]] = {group: [] for group in wanted}
        inserts_at_edge = False
        while index < len(every):
            edit, group = every[index]
            inserts = edit.start == edit.end
            if edit.start > high or (edit.start == high and not inserts and not inserts_at_edge):
                break
            here[group].append(edit)
            inserts_at_edge = (inserts_at_edge and edit.end <= high) or (inserts and edit.end >= high)
            high = max(high, edit.end)
            index += 1
        yield low, high, here


def _bracket(base: Sequence[str], low: int, high: int, here: _Wanted) -> Bracket:
    whole = {
        group: found[0].tokens
        for group, found in here.items()
        if len(found) == 1 and (found[0].start, found[0].end) == (low, high)
    }
    inner = {group: found for group, found in here.items() if group not in whole}
    nested: tuple[Alternative, ...] = ()
    if whole and any(inner.values()):  # one side replaces or deletes the whole stretch, others change words inside it
        nested = (Alternative(frozenset().union(*inner), _between(base, low, high, inner), is_base=True),)
    else:  # nothing nests: write each reading out
        whole |= {group: _applied(base, low, high, found) for group, found in inner.items()}
    by_wording: dict[str, _Group] = {}
    for group, wording in whole.items():
        text = "".join(wording)
        by_wording[text] = by_wording.get(text, frozenset()) | group
    before = "".join(base[low:high])
    written = (
        Alternative(group, (text,) if text else (), is_base=text == before) for text, group in by_wording.items()
    )
    return Bracket(tuple(sorted((*nested, *written), key=lambda one: (not one.is_base, sorted(one.held_by)))))


def _applied(base: Sequence[str], low: int, high: int, found: Sequence[Edit]) -> tuple[str, ...]:
    result: list[str] = []
    at = low
    for edit in found:
        result += [*base[at : edit.start], *edit.tokens]
        at = edit.end
    return (*result, *base[at:high])


# -- reading ---------------------------------------------------------------------------


def read(parts: Sequence[Part], side: Side) -> str:
    """Return the text as `side` wants it; a side that proposes nothing reads as NOBODY does."""
    return "".join(part if isinstance(part, str) else read(_of(part, side).parts, side) for part in parts)


def _of(bracket: Bracket, side: Side) -> Alternative:
    """The alternative `side` holds; the base stands first, and is what is read by whoever holds none."""
    return next((one for one in bracket.alternatives if side in one.held_by), bracket.alternatives[0])


def open_brackets(parts: Sequence[Part]) -> int:
    """Return how many places are in dispute, brackets within brackets included."""
    return sum(
        1 + sum(open_brackets(one.parts) for one in part.alternatives) for part in parts if not isinstance(part, str)
    )


def placeholders(text: str) -> tuple[str, ...]:
    """Return what people have typed in square brackets, outermost first to last: blanks still to be filled.

    A bracket that never closes, or never opened, is one too: no text may go out with it.
    """
    found: list[str] = []
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign in "[［":
            opened.append(at)
        elif sign in "]］":
            start = opened.pop() if opened else at
            if not opened:
                found.append(text[start : at + 1])
    return (*found, *(text[at] for at in opened))


# -- both languages --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Negotiating:
    """The negotiating text of one paragraph in both languages."""

    en: tuple[Part, ...]
    zh: tuple[Part, ...]
    pending: tuple[tuple[Side, Language], ...] = ()
    """Whose proposal still lacks which language; there it is shown to stand by what it amends."""
    in_one_language: tuple[tuple[Side, Language], ...] = ()
    """Which side asks for a change in which language only: a fault, unless it said that the other stands."""

    def __getitem__(self, language: Language) -> tuple[Part, ...]:
        """Return the negotiating text in `language`."""
        return self.en if language is Language.EN else self.zh

    @classmethod
    def of(
        cls, current: Bilingual, proposals: Mapping[Side, Bilingual], words: Words, *, sides: Collection[Side]
    ) -> "Negotiating":
        """Return the text compiled from the current wording and each side's live proposal.

        ``NOTHING`` proposes to delete the paragraph.
        """
        en, zh = (
            compile_text(current[language], _in(language, proposals, current), words, sides=sides)
            for language in Language
        )
        return cls(en, zh, _pending(proposals), _in_one_language(current, proposals))

    @classmethod
    def of_addition(
        cls,
        text: Bilingual,
        words: Words,
        *,
        by: Side,
        sides: Collection[Side],
        accepted_by: Collection[Side] = (),
        amended: Mapping[Side, Bilingual] = MappingProxyType({}),
    ) -> "Negotiating":
        """Return the text of a paragraph that `by` has tabled and that is not yet in common."""
        en, zh = (
            compile_addition(
                text[language], words, by=by, sides=sides, accepted_by=accepted_by, amended=_in(language, amended, text)
            )
            for language in Language
        )
        return cls(en, zh, _pending({by: text, **amended}), _in_one_language(text, amended))

    @property
    def open_brackets(self) -> int:
        """How many brackets are open: the same number whichever language is read.

        For now the greater of the two. Word order may make one change of sense two changes
        of words in one language only; when an author groups changes into points that span
        both languages, points are what is counted.
        """
        return max(open_brackets(self.en), open_brackets(self.zh))

    def read(self, side: Side) -> Bilingual:
        """Return the text as `side` wants it, in both languages."""
        return Bilingual(read(self.en, side), read(self.zh, side))


def _in(language: Language, proposals: Mapping[Side, Bilingual], base: Bilingual) -> dict[Side, str]:
    """What is proposed in `language`; where a counterpart has not been written yet, what it amends."""
    return {
        side: base[language] if not text.is_empty and language in text.pending else text[language]
        for side, text in proposals.items()
    }


def _pending(proposals: Mapping[Side, Bilingual]) -> tuple[tuple[Side, Language], ...]:
    return tuple((side, language) for side, text in proposals.items() if not text.is_empty for language in text.pending)


def _in_one_language(base: Bilingual, proposals: Mapping[Side, Bilingual]) -> tuple[tuple[Side, Language], ...]:
    changed = {
        side: [language for language in Language if text[language] != base[language]]
        for side, text in proposals.items()
        if text.is_complete
    }
    return tuple((side, languages[0]) for side, languages in changed.items() if len(languages) == 1)


# -- carrying over ---------------------------------------------------------------------


def carried(base: str, *, current: str, proposal: str, words: Words) -> str | None:
    """Return `proposal`, made against `base`, as it reads against `current`; None where the two collide."""
    merged = ""
    now, wanted = frozenset({"current"}), frozenset({"proposal"})
    for part in _compiled(base, {frozenset({NOBODY}): base, now: current, wanted: proposal}, words):
        before, theirs, ours = (read((part,), side) for side in (NOBODY, "current", "proposal"))
        if ours not in (before, theirs) and theirs != before:
            return None
        merged += ours if theirs == before else theirs
    return merged


def carried_pair(base: Bilingual, *, current: Bilingual, proposal: Bilingual, words: Words) -> Bilingual | None:
    """Return `proposal` as it reads against `current`; None where either language collides.

    A suggestion: what merges without a collision may still be nonsense, so its author confirms.
    """
    en, zh = (
        carried(base[language], current=current[language], proposal=proposal[language], words=words)
        for language in Language
    )
    return None if en is None or zh is None else Bilingual(en, zh)
