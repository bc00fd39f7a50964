"""One paragraph as a list shows it: its text, number, standing, and what it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias
from uuid import UUID

from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.brackets import Side
from workflow.domain.negotiating import Negotiating, Proposal
from workflow.domain.negotiation import AmendmentKind, LiveAmendment, ParagraphState, Stage, Standing
from workflow.domain.points import deletion, whole
from workflow.domain.text import ParagraphKind
from workflow.domain.waiting import Wait, waits
from workflow.domain.words import Words, beginning
from workflow.models import Paragraph
from workflow.permissions import Actor, Permission, permits
from workflow.segmenter import words_for
from workflow.services.reading import Reading
from workflow.services.terms import words_of

#: Who can do what a text waits for; nobody else is told that it waits for them.
OWED_BY: Final[Mapping[Wait, Permission]] = {
    Wait.ANSWER_AMENDMENT: Permission.ANSWER,
    Wait.COMPLETE_COUNTERPART: Permission.DRAFT,
    Wait.CONFIRM_AGAINST_NEW_TEXT: Permission.WITHDRAW,
    Wait.ANSWER_DEFERRAL: Permission.DEFER,
    Wait.TAKE_POSITION: Permission.TAKE_POSITION,
    Wait.CONFIRM_AD_REFERENDUM: Permission.AGREE,
    Wait.CERTIFY: Permission.CERTIFY,
}


_Amended: TypeAlias = tuple[tuple[Side, Proposal], ...]

#: Cuts Chinese into words with no dialogue's terms.
NO_TERMS: Final = words_for()

#: How much of a paragraph a list of places quotes.
QUOTED: Final = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A paragraph of an agreement, ready for a page."""

    paragraph: Paragraph
    depth: int
    number: str
    """Its working number; empty for headings and the title."""
    label: Bilingual
    """What prints before it."""
    state: ParagraphState
    standing: Standing
    text: Bilingual
    """The common wording, or the addition as tabled; for what is out of the text, what it said last."""
    negotiating: Negotiating | None
    """The text in square brackets; ``None`` where nobody proposes anything else."""
    waits: tuple[Wait, ...]
    """What it waits for from the reader."""
    awaited: tuple[Wait, ...] = ()
    """What it waits for from the reader's side, whoever of it can do that."""
    open_comments: int = 0

    @property
    def key(self) -> UUID:
        """The paragraph's key."""
        return self.paragraph.id

    @property
    def is_common(self) -> bool:
        """Whether all sides have made it common text; what is merely tabled reads as nothing (14, 16)."""
        return self.state.current is not None

    @property
    def is_heading(self) -> bool:
        """Whether it opens a section."""
        return self.paragraph.kind is ParagraphKind.HEADING

    @property
    def open_brackets(self) -> int:
        """How many brackets are open in it; the same in both languages."""
        return self.negotiating.open_brackets if self.negotiating else 0


def row(reading: Reading, paragraph: Paragraph, *, actor: Actor, depth: int = 0, comments: int = 0) -> Row:
    """Return `paragraph` of `reading` as `actor` sees it."""
    state = reading.state_of(paragraph)
    awaited = _awaited(state, actor)
    return Row(
        paragraph=paragraph,
        depth=depth,
        number=reading.numbers.get(paragraph.id, ""),
        label=reading.labels.get(paragraph.id, NOTHING),
        state=state,
        standing=reading.standings[paragraph.id],
        text=paragraph.last_text,
        negotiating=negotiating(state, words_of(paragraph.agreement)),
        waits=tuple(wait for wait in awaited if permits(actor, OWED_BY[wait], paragraph)),
        awaited=awaited,
        open_comments=comments,
    )


def owed(state: ParagraphState, actor: Actor, paragraph: Paragraph) -> tuple[Wait, ...]:
    """Return what `paragraph` waits for that `actor` can do; nothing for who acts for no delegation."""
    return tuple(wait for wait in _awaited(state, actor) if permits(actor, OWED_BY[wait], paragraph))


def _awaited(state: ParagraphState, actor: Actor) -> tuple[Wait, ...]:
    return waits(state, actor.delegation) if actor.delegation else ()


def quoted(text: Bilingual) -> Bilingual:
    """Return the beginning of `text` in each language, for a list of places."""
    return Bilingual(en=beginning(text.en, QUOTED), zh=beginning(text.zh, QUOTED))


def negotiating(state: ParagraphState, words: Words = NO_TERMS) -> Negotiating | None:
    """Return the negotiating text of a paragraph: the current wording with each side's live amendment in brackets.

    An amendment made against an earlier text stays out of the brackets until its author
    confirms it against this one (RULES 11).

    Args:
        state: The paragraph as the rules see it.
        words: What finds the changes of an amendment that was tabled before there were points.

    """
    if state.stage is not Stage.NEGOTIATION or not state.live:
        return None
    amended = {
        one.by: _proposal(state, one, words)
        for one in state.live
        if one.kind is not AmendmentKind.ADD and one.against == state.base
    }
    addition = state.addition
    if state.current is not None:
        return _of(state.current, tuple(amended.items()), state.sides) if amended else None
    if addition is None:
        return None
    gone = {one.by for one in state.live if one.kind is AmendmentKind.SUP and one.against == state.base}
    asked = tuple((side, one) for side, one in amended.items() if side not in gone)
    return _of_addition(
        addition.text,
        by=addition.by,
        accepted_by=addition.accepted_by,
        amended=asked,
        given_up=frozenset(gone),
        sides=state.sides,
    )


# Every page of a text asks for the same brackets until somebody proposes something else.
@lru_cache(maxsize=1024)
def _of(current: Bilingual, amended: _Amended, sides: tuple[Side, ...]) -> Negotiating:
    return Negotiating.of(current, dict(amended), sides=sides)


@lru_cache(maxsize=1024)
def _of_addition(
    text: Bilingual,
    *,
    by: Side,
    accepted_by: frozenset[Side],
    amended: _Amended,
    given_up: frozenset[Side],
    sides: tuple[Side, ...],
) -> Negotiating:
    return Negotiating.of_addition(
        text, by=by, sides=sides, accepted_by=tuple(accepted_by), amended=dict(amended), given_up=given_up
    )


def _proposal(state: ParagraphState, amendment: LiveAmendment, words: Words) -> Proposal:
    """Return what `amendment` asks for; one tabled before there were points is one point."""
    base = state.text or NOTHING
    if amendment.kind is AmendmentKind.SUP:
        return Proposal(points=deletion(base), other_stands=True)
    return Proposal(
        points=amendment.points or whole(base, amendment.text, words),
        pending=amendment.text.pending,
        other_stands=amendment.other_stands,
    )
