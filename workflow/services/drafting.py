"""The pages one writes on: what stands beside the text areas, and what the other side would see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.concordance import Sign
from workflow.domain.merging import Piece, Whose, forks, merge, resolved
from workflow.domain.negotiation import Act, AmendmentKind, Move, Refusal, refusals
from workflow.domain.redline import Redline, bilingual_redline
from workflow.models import Amendment, Draft, DraftPresence, DraftState, Paragraph
from workflow.permissions import Actor, Permission, is_left_to_heads, permits
from workflow.services import draft_presences, draft_states, drafts, hand_overs, outlines, points, previews
from workflow.services.draft_states import Said
from workflow.services.drafts import other_stands, points_of
from workflow.services.hand_overs import HandOverShown
from workflow.services.naming import author_of
from workflow.services.points import PointShown
from workflow.services.previews import Preview
from workflow.services.reading import Reading, read
from workflow.services.rows import Row, row
from workflow.services.terms import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A draft, and everything one must know before it is tabled."""

    draft: Draft
    row: Row | None
    """The paragraph it amends; ``None`` for an addition."""
    preview: Preview
    """Exactly what the other side would see, as it was saved."""
    is_against_current: bool
    """Whether the text has stood still since it was begun."""
    author: str | None
    is_own: bool
    """Whether the reader is its author."""
    tabling: tuple[Refusal, ...] | None
    """What keeps the reader from tabling it; ``None`` without the right."""
    can_edit: bool
    sharing: tuple[Refusal, ...]
    """What keeps it from being shared in the delegation."""
    points: tuple[PointShown, ...]
    """What it changes, in the points its author made of it; none for additions and deletions."""
    answers: Amendment | None
    """The other side's amendment it is a counter-proposal to."""
    supersedes: int | None
    """The number of the own side's live amendment it would take the place of."""
    said_to_stand: DraftState | None
    """When it was last said that the other language stands, and by whom."""
    editing: tuple[DraftPresence, ...]
    """The colleagues who have it open now."""
    handed_over: tuple[HandOverShown, ...]
    """What is asked for over it, the most pressing first."""
    states: int
    """How many of its states the reader can see."""

    @property
    def redline(self) -> Redline:
        """What it changes."""
        return self.preview.redline

    @property
    def pending(self) -> tuple[Language, ...]:
        """The languages not written yet."""
        return self.preview.pending

    @property
    def signs(self) -> tuple[Sign, ...]:
        """What software finds odd between the languages."""
        return self.preview.signs


def page(session: orm.Session, draft: Draft, actor: Actor, *, reading: Reading | None = None) -> DraftPage:
    """Return `draft` as `actor`, who may read it, sees it; `reading` spares reading its agreement again."""
    reading = reading or read(session, draft.agreement_id)
    here = row(reading, draft.paragraph, actor=actor) if draft.paragraph else None
    asked = points_of(draft)
    own = None
    if draft.paragraph:
        own = next((one for one in draft.paragraph.live_amendments if one.delegation_id == draft.delegation_id), None)
    return DraftPage(
        draft=draft,
        row=here,
        preview=previews.of_draft(draft),
        is_against_current=here is None or draft.against == here.state.base,
        author=author_of(draft, actor),
        is_own=draft.membership_id == actor.membership,
        tabling=_tabling(session, draft, here, actor),
        can_edit=draft.is_open and permits(actor, Permission.EDIT_DRAFT, draft),
        sharing=drafts.sharing(session, draft),
        points=points.shown(asked, draft.against_text),
        answers=session.get(Amendment, draft.answers) if draft.answers else None,
        supersedes=own.number if own else None,
        said_to_stand=draft_states.said_to_stand(session, draft, actor),
        editing=draft_presences.others(session, draft, actor),
        handed_over=hand_overs.of_draft(session, draft, actor),
        states=draft_states.count(session, draft, actor),
    )


def beside(session: orm.Session, paragraph: Paragraph, actor: Actor) -> Row:
    """Return the paragraph an amendment is being written to, as it stands."""
    return row(read(session, paragraph.agreement_id), paragraph, actor=actor)


def amendment_of(paragraph: Paragraph, key: str | None) -> Amendment | None:
    """Return the live amendment `key` of `paragraph`; ``None`` if there is no such, or `key` is none."""
    return next((one for one in paragraph.live_amendments if str(one.id) == key), None)


def _tabling(session: orm.Session, draft: Draft, here: Row | None, actor: Actor) -> tuple[Refusal, ...] | None:
    if not permits(actor, Permission.TABLE, draft):
        return (Refusal.ONLY_HEADS_TABLE,) if is_left_to_heads(actor, draft) else None
    if not draft.is_open:
        return (Refusal.DRAFT_IS_CLOSED,)
    if here is None:
        empty = (Refusal.NOTHING_WRITTEN,) if draft.text.is_empty else ()
        return (*empty, Refusal.STANDS_UNDER_A_DRAFT) if outlines.waits_for_its_parent(session, draft, actor) else empty
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Collision:
    """Two texts of one draft, written from the same one: what differs, passage by passage."""

    base: Said | None
    """What both were written from, as far as the reader may read it."""
    passages: Mapping[str, tuple[Piece, ...]]
    """The pieces of ``en``, ``zh`` and ``rationale``."""
    redline: Redline
    """From what stands to what was typed."""

    @property
    def forks(self) -> int:
        """How many places a person has to choose."""
        return sum(len(forks(pieces)) for pieces in self.passages.values())

    def resolved(self, choices: Mapping[str, Sequence[Whose]]) -> tuple[Bilingual, str]:
        """Return both texts and the rationale with every fork as chosen.

        Raises:
            ValueError: If there are not as many choices as forks in each passage.

        """
        done = {name: resolved(pieces, choices[name]) for name, pieces in self.passages.items()}
        return Bilingual(en=done["en"], zh=done["zh"]), done["rationale"]


def collision(
    session: orm.Session, draft: Draft, *, typed: Bilingual, rationale: str, version: int, actor: Actor
) -> Collision:
    """Return how what was `typed` into `draft`, from its `version`, differs from what it says now."""
    base = draft_states.base_of(session, draft, version, actor)
    words = words_of(draft.agreement)
    was = base.text if base else NOTHING
    return Collision(
        base=base,
        passages={
            **{one.value: merge(was[one], typed[one], draft.text[one], words) for one in Language},
            "rationale": merge(base.rationale if base else "", rationale, draft.rationale, words),
        },
        redline=bilingual_redline(draft.text, typed, words),
    )
