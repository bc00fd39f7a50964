"""An agreement as its page shows it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.brackets import placeholders
from workflow.domain.closing import Obstacle, obstacles, refusals_to_adopt, refusals_to_issue
from workflow.domain.finalising import Planned
from workflow.domain.negotiation import OUT_OF_THE_TEXT, Refusal, Stage, Standing
from workflow.domain.numbering import are_in_order
from workflow.models import Comment, CommentVersion, Motion, Paragraph, Thread
from workflow.permissions import Actor, Permission, permits
from workflow.services import finalising, silences
from workflow.services.confirmations import grounds
from workflow.services.finalising import Lapsing
from workflow.services.motion_pages import MotionShown, about, waiting
from workflow.services.reading import Reading
from workflow.services.rows import Row, row
from workflow.services.visible import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it, for the outline. The first may have no heading."""

    heading: Row | None
    rows: tuple[Row, ...]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Where each paragraph of it stands."""
        return tuple(one.standing for one in self.rows)

    @property
    def open_brackets(self) -> int:
        """How many brackets are open in it, its heading included."""
        return sum(one.open_brackets for one in (self.heading, *self.rows) if one)


def sections(rows: Iterable[Row]) -> tuple[Section, ...]:
    """Return `rows` by the headings among them."""
    found: list[tuple[Row | None, list[Row]]] = [(None, [])]
    for one in rows:
        if one.is_heading:
            found.append((one, []))
        else:
            found[-1][1].append(one)
    return tuple(Section(heading=heading, rows=tuple(under)) for heading, under in found if heading or under)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage:
    """Everything the page of an agreement shows one reader."""

    reading: Reading
    rows: tuple[Row, ...]
    """What is in the text, in reading order."""
    left_out: tuple[Row, ...]
    """What was deferred, withdrawn or deleted."""
    confirmable: int
    """How many paragraphs the reader can confirm in one reading; 0 for who may confirm none."""
    motions: tuple[Motion, ...]
    """What is put to all sides and waits for the reader's answer."""
    silence_ends: tuple[datetime, ...]
    """When the silence that runs ends, as `silences.moments` gives it; empty where none runs."""

    @property
    def counts(self) -> Mapping[Standing, int]:
        """How many paragraphs stand where, weakest last, headings included: they too are agreed or not."""
        found = Counter(one.standing for one in self.rows)
        order = reversed([standing for standing in Standing if standing not in OUT_OF_THE_TEXT])
        return {standing: found[standing] for standing in order if found[standing]}

    @property
    def agreed(self) -> int:
        """How many paragraphs are agreed."""
        return sum(one.standing is Standing.AGREED for one in self.rows)

    @property
    def open_brackets(self) -> int:
        """How many brackets are open: the headline measure of how far there is to go."""
        return sum(one.open_brackets for one in self.rows)

    @property
    def numbers_wait(self) -> bool:
        """Whether working numbers stand out of order, until the next Rev. gives new ones."""
        return not are_in_order(one.number for one in self.rows if one.number)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The text by headings."""
        return sections(self.rows)

    @property
    def placeholders(self) -> tuple[tuple[Row, tuple[str, ...]], ...]:
        """What people typed in square brackets and nobody has filled in yet, with where it stands."""
        found = (
            (one, tuple(dict.fromkeys((*placeholders(one.text.en), *placeholders(one.text.zh))))) for one in self.rows
        )
        return tuple((one, typed) for one, typed in found if typed)

    @property
    def waiting(self) -> tuple[Row, ...]:
        """What waits for the reader."""
        return tuple(one for one in self.rows if one.waits)

    @property
    def is_recorded(self) -> bool:
        """Whether the text is recorded as published."""
        return self.reading.stage is Stage.RECORDED

    @property
    def is_adopted(self) -> bool:
        """Whether the text is adopted, and so frozen."""
        return self.reading.stage is Stage.ADOPTED

    @property
    def is_open(self) -> bool:
        """Whether the text is under negotiation."""
        return self.reading.stage is Stage.NEGOTIATION


def page(session: orm.Session, reading: Reading, actor: Actor) -> AgreementPage:
    """Return the agreement of `reading` as `actor` reads it."""
    comments = comment_counts(session, reading.agreement.id, actor)
    rows = tuple(
        row(reading, placed.paragraph, actor=actor, depth=placed.depth, comments=comments.get(placed.paragraph.id, 0))
        for placed in reading.order
    )
    return AgreementPage(
        reading=reading,
        rows=tuple(one for one in rows if one.standing not in OUT_OF_THE_TEXT),
        left_out=tuple(one for one in rows if one.standing in OUT_OF_THE_TEXT),
        confirmable=len(grounds(reading, actor)),
        motions=waiting(reading, actor),
        silence_ends=silences.moments(reading, running.expires) if (running := reading.running_silence) else (),
    )


def comment_counts(session: orm.Session, agreement_id: UUID, actor: Actor) -> Mapping[UUID, int]:
    """Return how many comments `actor` may read on each paragraph that has any; what was withdrawn does not count."""
    withdrawn = sa.select(CommentVersion.comment_id).where(CommentVersion.withdraws)
    readable = visible(actor).comments().where(Paragraph.agreement_id == agreement_id, Comment.id.not_in(withdrawn))
    counted = readable.with_only_columns(Thread.paragraph_id, sa.func.count()).order_by(None)
    rows = session.execute(counted.group_by(Thread.paragraph_id)).all()
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingPage:
    """What stands between a text and its adoption, and what the reader may do about it."""

    reading: Reading
    rows: tuple[Row, ...]
    """The text that would be adopted, in full."""
    obstacles: tuple[Obstacle, ...]
    adopting: tuple[Refusal, ...] | None
    """What keeps the reader's side from adopting; ``None`` if the reader has no right to."""
    last_adoption: bool
    """Whether the reader's side is the only one that has not adopted the text."""
    issuing: tuple[Refusal, ...] | None
    """The same for issuing the next Rev."""
    row_of: Mapping[UUID, Row]
    planned: tuple[Planned, ...]
    """What finalising would do to what is not agreed."""
    plan: str
    """What names that list exactly."""
    lapsing: Mapping[UUID, tuple[Lapsing, ...]]
    """The changes that would lapse with it, by their paragraph."""
    left_open: tuple[Obstacle, ...]
    """What it would not settle."""
    finalising: tuple[Refusal, ...] | None
    """What keeps the reader from proposing to finalise; ``None`` without the right."""
    motions: tuple[MotionShown, ...]
    """What is put to all sides about the whole text."""
    silence: tuple[Refusal, ...] | None
    """What keeps the reader from proposing a silence procedure; ``None`` without the right."""
    silence_ends: tuple[datetime, ...]
    """The moment of the one opened last, in the time zones of the sides and UTC."""
    can_break: bool
    """Whether one runs that the reader may break."""

    @property
    def is_recorded(self) -> bool:
        """Whether the text is recorded as published."""
        return self.reading.stage is Stage.RECORDED

    @property
    def is_adopted(self) -> bool:
        """Whether the text is adopted, and so frozen."""
        return self.reading.stage is Stage.ADOPTED


def closing(session: orm.Session, reading: Reading, actor: Actor) -> ClosingPage:
    """Return what `actor` must know to close the agreement of `reading`."""
    whole = page(session, reading, actor)
    state = reading.closing
    agreement = reading.agreement
    planned = finalising.listed(reading)
    adopting = None
    if permits(actor, Permission.ADOPT, agreement):
        adopting = refusals_to_adopt(state, by=actor.side, listing_hash=state.listing_hash)
    return ClosingPage(
        reading=reading,
        rows=whole.rows,
        obstacles=() if whole.is_recorded or whole.is_adopted else obstacles(state),
        adopting=adopting,
        last_adoption=actor.delegation is not None and state.is_last_to_adopt(actor.delegation),
        issuing=refusals_to_issue(state) if permits(actor, Permission.ISSUE, agreement) else None,
        row_of={one.key: one for one in (*whole.rows, *whole.left_out)},
        planned=planned,
        lapsing=finalising.lapsing(reading, planned),
        left_open=finalising.left_open(reading, planned),
        plan=finalising.stands_on(reading, None),
        finalising=finalising.refusals(reading, None, {})
        if permits(actor, Permission.PUT_AS_HEAD, agreement)
        else None,
        motions=about(reading, None, actor),
        silence=silences.refusals_now(reading) if permits(actor, Permission.PUT_AS_HEAD, agreement) else None,
        silence_ends=silences.moments(reading, last.expires) if (last := reading.silence) else (),
        can_break=state.silence_runs and permits(actor, Permission.BREAK_SILENCE, agreement),
    )
