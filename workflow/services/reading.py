"""An agreement read once: every paragraph's standing, number and label, worked out together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Final
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual
from workflow.domain.closing import AgreementState
from workflow.domain.motions import MotionKind, Voice
from workflow.domain.negotiation import OUT_OF_THE_TEXT, ParagraphState, Refusal, Stage, Standing, refusals_to_propose
from workflow.domain.numbering import labels_in, working_numbers
from workflow.domain.silence import SilenceState
from workflow.domain.silence import state as silence_state
from workflow.domain.text import ParagraphKind
from workflow.models import (
    AgendaItem,
    Agreement,
    Amendment,
    Dialogue,
    DialogueSession,
    Disposal,
    Motion,
    Paragraph,
    Placed,
)
from workflow.services.clock import now
from workflow.services.gathering import KEY, Gathering
from workflow.services.visible import whole_agreement

#: The agenda items of a dialogue with what decides whether they stand, in one statement.
_AGENDA: Final = Gathering(
    Dialogue,
    Dialogue.id == KEY,
    Dialogue.sessions,
    DialogueSession.agenda_items,
    AgendaItem.paragraph,
    Paragraph.agreement,
    Paragraph.wordings,
    Paragraph.amendments,
    Amendment.ending,
    Paragraph.deferral_voices,
    AgendaItem.disposals,
    Disposal.membership,
)

UNNUMBERED = frozenset({ParagraphKind.TITLE, ParagraphKind.HEADING})
"""Kinds that carry no working number."""


@dataclass(frozen=True)
class Reading:
    """An agreement as it stood at one moment. Nothing in it is asked of the database again."""

    agreement: Agreement
    carried: tuple[AgendaItem, ...] = ()
    """What stands on the agenda of its session."""
    moment: datetime | None = None
    """When it was read, where a silence procedure asks for it."""

    @cached_property
    def order(self) -> tuple[Placed, ...]:
        """Every paragraph ever tabled or recorded in it, in reading order."""
        return self.agreement.reading_order

    @cached_property
    def faces(self) -> Mapping[UUID, str]:
        """The content hash of each paragraph's present text."""
        return self.agreement.faces

    @cached_property
    def governors(self) -> Mapping[UUID, str]:
        """What names the lead-ins over each paragraph."""
        return self.agreement.governors

    @cached_property
    def listing(self) -> str:
        """The hash of the text as it would be adopted now."""
        return self.agreement.listing(dict(self.faces))

    @cached_property
    def stage(self) -> Stage:
        """Where the agreement stands; a silence that nobody broke has adopted it."""
        by_heads = self.agreement.stage(self.listing)
        ended = self.silence is not None and self.silence.state is SilenceState.ENDED
        return Stage.ADOPTED if by_heads is Stage.NEGOTIATION and ended else by_heads

    @cached_property
    def silence(self) -> "Silence | None":
        """The silence procedure that was opened last; ``None`` where none ever was."""
        opened = [one for one in self.agreement.motions if one.kind is MotionKind.SILENCE and one.is_carried]
        if not opened or opened[-1].ending is None or self.moment is None:
            return None
        motion, since = opened[-1], opened[-1].ending.at
        expires = datetime.fromisoformat(str(motion.details["expires_at"]))
        state = silence_state(
            opened=since,
            expires=expires,
            now=self.moment,
            disturbed=self._disturbances(motion),
            same_text=motion.stands_on == self.listing,
        )
        return Silence(motion=motion, expires=expires, state=state)

    @property
    def running_silence(self) -> "Silence | None":
        """The silence procedure that runs; ``None`` where none does."""
        return self.silence if self.silence is not None and self.silence.state is SilenceState.RUNNING else None

    def _disturbances(self, motion: Motion) -> Iterator[datetime]:
        """Yield when anybody objected, ended another motion, or changed anything of the text."""
        yield from (voice.at for voice in motion.voices if voice.says is Voice.OBJECTS)
        yield from (one.ending.at for one in self.agreement.motions if one is not motion and one.ending)
        yield from self.agreement.disturbances

    @cached_property
    def states(self) -> Mapping[UUID, ParagraphState]:
        """Every paragraph as the rules see it, in reading order."""
        sides = self.agreement.dialogue.sides
        return {
            placed.paragraph.id: placed.paragraph.state(
                stage=self.stage,
                sides=sides,
                face=self.faces[placed.paragraph.id],
                governed_by=self.governors[placed.paragraph.id],
            )
            for placed in self.order
        }

    @cached_property
    def standings(self) -> Mapping[UUID, Standing]:
        """Where each paragraph stands."""
        return {key: state.standing for key, state in self.states.items()}

    @cached_property
    def closing(self) -> AgreementState:
        """The agreement as the rules of closing see it."""
        last = self.agreement.issues[-1] if self.agreement.issues else None
        lists = self.agreement.session.participant_lists
        without = {code for code in self.agreement.dialogue.sides if code not in {one.delegation.code for one in lists}}
        return AgreementState(
            stage=self.stage,
            sides=self.agreement.dialogue.sides,
            paragraphs=self.states,
            listing_hash=self.listing,
            adopted_by=self._adopted_by,
            lists_confirmed_by=frozenset({one.delegation.code for one in lists if one.is_confirmed} | without),
            undisposed=self._undisposed,
            last_issued=last.state_hash if last else None,
            issuable=self.agreement.issuable,
            silence_runs=self.running_silence is not None,
        )

    @property
    def _undisposed(self) -> tuple[UUID, ...]:
        """Carried agenda items of its session without a disposition."""
        if self.agreement.is_recorded:
            return ()
        meeting = self.agreement.session_id
        return tuple(item.id for item in self.carried if item.disposal_at(meeting) is None)

    @property
    def without_silence(self) -> AgreementState:
        """The same, as if no silence ran."""
        return replace(self.closing, silence_runs=False)

    @property
    def _adopted_by(self) -> Mapping[str, str]:
        if self.silence is not None and self.silence.state is SilenceState.ENDED:
            return dict.fromkeys(self.agreement.dialogue.sides, self.listing)
        return self.agreement.adopted_by

    @cached_property
    def in_the_text(self) -> tuple[Placed, ...]:
        """The paragraphs that are in the text, tabled additions included, in reading order."""
        return tuple(placed for placed in self.order if self.standings[placed.paragraph.id] not in OUT_OF_THE_TEXT)

    @cached_property
    def numbers(self) -> Mapping[UUID, str]:
        """The working number of each paragraph that has one: that of the last Rev., or one in between."""
        numbered = [one.paragraph.id for one in self.in_the_text if one.paragraph.kind not in UNNUMBERED]
        return working_numbers(numbered, self._cited)

    @property
    def gone(self) -> Mapping[UUID, str]:
        """The working numbers of what has left the text since the last Rev.: they may have been cited."""
        there = {placed.paragraph.id for placed in self.in_the_text}
        return {key: number for key, number in self._cited.items() if key not in there}

    @cached_property
    def _cited(self) -> Mapping[UUID, str]:
        """Every working number given with the last Rev. or since."""
        last = self.agreement.issues[-1] if self.agreement.issues else None
        issued = {entry.paragraph_id: entry.number for entry in last.entries if entry.number} if last else {}
        given = {one.paragraph.id: one.paragraph.given_number for one in self.order if one.paragraph.given_number}
        return issued | given

    @cached_property
    def labels(self) -> Mapping[UUID, Bilingual]:
        """What prints before each paragraph of the text: ``•``, ``(1)`` and ``（1）``, ``1.`` or nothing."""
        placed = self.in_the_text
        labels = labels_in((one.depth, one.paragraph.label_style) for one in placed)
        return {
            one.paragraph.id: label if one.paragraph.label is None else Bilingual(*[one.paragraph.label] * 2)
            for one, label in zip(placed, labels, strict=True)
        }

    @property
    def rev(self) -> int | None:
        """The number of the last Rev.; ``None`` before the first."""
        return self.agreement.issues[-1].number if self.agreement.issues else None

    @cached_property
    def as_of(self) -> datetime:
        """The moment of the record this reading shows: that of the last act on the text.

        A text recorded as published is of the last day of its session, whenever it was loaded.
        """
        if self.stage is Stage.RECORDED:
            last = max((one.last_day for one in self.agreement.session.dates), default=date(1980, 1, 1))
            return datetime(last.year, last.month, last.day, tzinfo=UTC)
        moments = [*(one.at for one in self.agreement.issues), *(one.at for one in self.agreement.adoptions)]
        if self.silence is not None and self.silence.state is SilenceState.ENDED:
            moments.append(self.silence.expires)
        for placed in self.order:
            paragraph = placed.paragraph
            moments += [one.at for one in paragraph.wordings]
            moments += [one.at for one in paragraph.amendments]
            moments += [one.at for one in paragraph.deferral_voices]
            moments += [one.ending.at for one in paragraph.amendments if one.ending]
        return max(moments, default=datetime(1980, 1, 1, tzinfo=UTC))

    @property
    def has_changed_since_rev(self) -> bool:
        """Whether the text has moved on since the last Rev."""
        return self.closing.issuable != self.closing.last_issued

    def state_of(self, paragraph: Paragraph) -> ParagraphState:
        """Return `paragraph` as the rules see it."""
        return self.states[paragraph.id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A silence procedure that the heads of all sides opened."""

    motion: Motion
    expires: datetime
    state: SilenceState


def read(session: orm.Session, agreement_id: UUID, *, timed: bool = False) -> Reading:
    """Return the agreement `agreement_id`, read whole; with the present moment where it is asked for, or matters."""
    agreement = whole_agreement(session, agreement_id)
    carried = carried_items(session, agreement.session)
    if not timed:
        timed = any(one.kind is MotionKind.SILENCE and one.is_carried for one in agreement.motions)
    moment = now(session) if timed else None
    return Reading(agreement, carried=carried, moment=moment)


def open_for(reading: Reading, paragraph: Paragraph | None) -> tuple[Refusal, ...]:
    """Return what keeps anybody from proposing anything about `paragraph` of `reading`; empty when nothing does."""
    if paragraph is None or paragraph.id not in reading.states:
        return (Refusal.PARAGRAPH_IS_OUT,)
    return refusals_to_propose(reading.states[paragraph.id])


def closed_by(session: orm.Session, meeting: DialogueSession) -> Refusal | None:
    """Say why nothing of `meeting` can be changed any more; ``None`` while a text of it is, or may come, on the table.

    Source: RULES 6 and 29.

    """
    stages = {read(session, agreement.id).stage for agreement in meeting.agreements}
    if not stages or Stage.NEGOTIATION in stages:
        return None
    return Refusal.TEXT_IS_ADOPTED if Stage.ADOPTED in stages else Refusal.RECORDED_AS_PUBLISHED


def keep_numbers(session: orm.Session, agreement: Agreement) -> None:
    """Write down the working numbers given since the last Rev., so that none is given twice while it lasts.

    Before the first Rev. there is nothing to cite: numbers run, and move with each insertion.
    """
    if not agreement.issues:
        return
    listed = {entry.paragraph_id for entry in agreement.issues[-1].entries}
    reading = read(session, agreement.id)
    for placed in reading.order:
        number = reading.numbers.get(placed.paragraph.id)
        if number and placed.paragraph.id not in listed:
            placed.paragraph.given_number = number
    session.flush()


def carried_items(session: orm.Session, meeting: DialogueSession) -> tuple[AgendaItem, ...]:
    """Return what stands on the agenda of `meeting`, in order.

    That is what was recorded at the session before it, and what that session kept of its
    own agenda. What its side withdrew, or both deleted, is gone.

    Source: RULES 27.

    """
    [dialogue] = _AGENDA.of(session, meeting.dialogue_id)
    before = [one for one in dialogue.sessions if one.ordinal < meeting.ordinal]
    return _items_after(before[-1]) if before else ()


def items_after(session: orm.Session, meeting: DialogueSession) -> tuple[AgendaItem, ...]:
    """Return what `meeting` puts on the agenda of the session after it: what it kept, then its own items in order."""
    _AGENDA.of(session, meeting.dialogue_id)
    return _items_after(meeting)


def _items_after(meeting: DialogueSession) -> tuple[AgendaItem, ...]:
    sessions = [one for one in meeting.dialogue.sessions if one.ordinal <= meeting.ordinal]
    items = [item for one in sessions for item in one.agenda_items]
    return tuple(item for item in items if _has_text(item) and _kept_until(item, meeting))


def _kept_until(item: AgendaItem, meeting: DialogueSession) -> bool:
    """Whether every session that had `item` on its agenda, up to `meeting`, kept it."""
    since = [one for one in meeting.dialogue.sessions if item.session.ordinal < one.ordinal <= meeting.ordinal]
    return all(item.is_kept_at(one.id) for one in since)


def _has_text(item: AgendaItem) -> bool:
    """Whether there is still something to discuss: a deferral can be revoked, a text withdrawn or deleted."""
    if item.is_deferred_text:
        return item.paragraph.is_deferred_by_all
    return item.paragraph.text is not None and not item.paragraph.text.is_empty
