"""The pages one writes on: what stands beside the text areas, and what the other side would see."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.concordance import Sign, signs
from workflow.domain.negotiation import Act, AmendmentKind, Move, Refusal, refusals
from workflow.domain.points import Point
from workflow.domain.redline import Redline, bilingual_redline
from workflow.domain.text import ParagraphKind
from workflow.models import Amendment, Draft, Paragraph
from workflow.permissions import Actor, Permission, permits
from workflow.services import points
from workflow.services.drafts import other_stands, points_of
from workflow.services.paragraphs import author_of
from workflow.services.points import PointShown
from workflow.services.reading import read
from workflow.services.rows import Row, quoted, row
from workflow.services.terms import counterparts, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A draft, and everything one must know before it is tabled."""

    draft: Draft
    row: Row | None
    """The paragraph it amends; ``None`` for an addition."""
    redline: Redline
    """Exactly what the other side would see."""
    is_against_current: bool
    """Whether the text has stood still since it was begun."""
    author: str | None
    tabling: tuple[Refusal, ...] | None
    """What keeps the reader from tabling it; ``None`` without the right."""
    can_edit: bool
    pending: tuple[Language, ...]
    """The languages not written yet: it can be tabled without them, but not accepted."""
    signs: tuple[Sign, ...]
    points: tuple[PointShown, ...]
    """What it changes, in the points its author made of it; none for additions and deletions."""
    one_language: tuple[Language, ...]
    """The languages changed alone in some point, while its author has not said that the other stands."""
    answers: Amendment | None
    """The other side's amendment it is a counter-proposal to."""
    supersedes: int | None
    """The number of the own side's live amendment it would take the place of."""


def page(session: orm.Session, draft: Draft, actor: Actor) -> DraftPage:
    """Return `draft` as `actor`, who may read it, sees it."""
    reading = read(session, draft.agreement_id)
    here = row(reading, draft.paragraph, actor=actor) if draft.paragraph else None
    deletes = draft.kind is AmendmentKind.SUP
    asked = points_of(draft)
    own = None
    if draft.paragraph:
        own = next((one for one in draft.paragraph.live_amendments if one.delegation_id == draft.delegation_id), None)
    return DraftPage(
        draft=draft,
        row=here,
        redline=bilingual_redline(draft.against_text, draft.text, words_of(reading.agreement)),
        is_against_current=here is None or draft.against == here.state.base,
        author=author_of(draft.membership, actor),
        tabling=_tabling(draft, here, actor),
        can_edit=draft.is_open and permits(actor, Permission.EDIT_DRAFT, draft),
        pending=() if deletes or draft.text.is_empty else draft.text.pending,
        signs=signs(draft.text, words_of(reading.agreement), terms=counterparts(reading.agreement)),
        points=points.shown(asked, draft.against_text),
        one_language=_alone(asked) if draft.text.is_complete and not other_stands(draft) else (),
        answers=session.get(Amendment, draft.answers) if draft.answers else None,
        supersedes=own.number if own else None,
    )


def _alone(points: tuple[Point, ...]) -> tuple[Language, ...]:
    return tuple(dict.fromkeys(point.touches[0] for point in points if len(point.touches) == 1))


def beside(session: orm.Session, paragraph: Paragraph, actor: Actor) -> Row:
    """Return the paragraph an amendment is being written to, as it stands."""
    return row(read(session, paragraph.agreement_id), paragraph, actor=actor)


def amendment_of(paragraph: Paragraph, key: str | None) -> Amendment | None:
    """Return the live amendment `key` of `paragraph`; ``None`` if there is no such, or `key` is none."""
    return next((one for one in paragraph.live_amendments if str(one.id) == key), None)


def places(session: orm.Session, agreement_id: UUID) -> list[tuple[str, Bilingual, str]]:
    """Return where a paragraph can be added, in reading order.

    Shape:
        ``(value, words of the place in both languages, working number)``; the value is
        ``under:<key>`` for the end of a section or list, ``after:<key>`` a paragraph, and
        ``end`` for the end of the text.

    """
    reading = read(session, agreement_id)
    found: list[tuple[str, Bilingual, str]] = []
    for placed in reading.in_the_text:
        paragraph = placed.paragraph
        text = paragraph.last_text
        words = quoted(text)
        if paragraph.kind in {ParagraphKind.HEADING, ParagraphKind.LEAD_IN}:
            found.append((f"under:{paragraph.id}", words, ""))
        if paragraph.kind is not ParagraphKind.HEADING:
            found.append((f"after:{paragraph.id}", words, reading.numbers.get(paragraph.id, "")))
    return [*found, ("end", Bilingual("", ""), "")]


def _tabling(draft: Draft, here: Row | None, actor: Actor) -> tuple[Refusal, ...] | None:
    if not permits(actor, Permission.TABLE, draft):
        return None
    if not draft.is_open:
        return (Refusal.DRAFT_IS_CLOSED,)
    if here is None:
        return (Refusal.NOTHING_WRITTEN,) if draft.text.is_empty else ()
    deletes = draft.kind is AmendmentKind.SUP
    wanted = None if deletes else draft.text
    move = Move(
        act=Act.TABLE_AMENDMENT,
        by=actor.delegation or "",
        base=draft.against,
        wanted=wanted,
        deletes=deletes,
        points=points_of(draft),
        is_severable=draft.is_severable,
        other_stands=other_stands(draft),
    )
    return refusals(here.state, move)
