"""An agreement, its paragraphs and their wordings, and how they show themselves to the rules."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, Words, new_key
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.brackets import placeholders
from workflow.domain.closing import in_effect, is_adopted
from workflow.domain.content import ListedParagraph, content_hash, digest, listing_hash
from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import ParagraphState, Stage
from workflow.domain.order import Governor, Node, Place, governed_by, reading_order, turns
from workflow.domain.positions import PositionInForce, Stance, in_force
from workflow.domain.text import AgreementKind, LabelStyle, ParagraphKind, Tag
from workflow.models.dialogue import Dialogue, DialogueSession

if TYPE_CHECKING:
    from workflow.models.amendment import Amendment
    from workflow.models.closing import Adoption, Issue
    from workflow.models.consent import Certificate, DeferralVoice, Position
    from workflow.models.motion import Motion


class Agreement(Base, kw_only=True):
    """One text in two languages, of one session."""

    __tablename__ = "agreement"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    session_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue_session.id"), index=True, init=False)
    short_name: orm.Mapped[str] = orm.mapped_column(unique=True)
    """What names it on the command line and in files, e.g. ``march-2019``."""
    name: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("name_en"), orm.mapped_column("name_zh"))
    """What it is called on screens. Its title, if it has one, is a paragraph of it."""
    kind: orm.Mapped[AgreementKind]
    unofficial: orm.Mapped[frozenset[str]] = orm.mapped_column(Words, default=frozenset())
    """The languages whose text is an unofficial working translation, which is never agreed language."""
    authentic: orm.Mapped[frozenset[str]] = orm.mapped_column(Words, default=frozenset(Language))
    """The languages whose text is the agreement's own."""
    source: orm.Mapped[Bilingual] = orm.composite(
        orm.mapped_column("source_en"), orm.mapped_column("source_zh"), default=NOTHING
    )
    """Where a recorded text was published."""

    session: orm.Mapped[DialogueSession] = orm.relationship(back_populates="agreements")
    paragraphs: orm.Mapped[list["Paragraph"]] = orm.relationship(
        order_by="Paragraph.position", back_populates="agreement", default_factory=list, init=False
    )
    issues: orm.Mapped[list["Issue"]] = orm.relationship(
        order_by="Issue.number", back_populates="agreement", default_factory=list, init=False
    )
    motions: orm.Mapped[list["Motion"]] = orm.relationship(
        order_by="Motion.number", back_populates="agreement", default_factory=list, init=False
    )
    adoptions: orm.Mapped[list["Adoption"]] = orm.relationship(
        order_by="Adoption.at", back_populates="agreement", default_factory=list, init=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.session.dialogue_id

    @property
    def dialogue(self) -> Dialogue:
        """The dialogue it belongs to."""
        return self.session.dialogue

    @property
    def is_recorded(self) -> bool:
        """Whether it is recorded as published, so that nothing in it is negotiated here (6)."""
        return self.kind is AgreementKind.RECORDED

    @property
    def unofficial_languages(self) -> tuple[Language, ...]:
        """The languages that are an unofficial working translation."""
        return tuple(language for language in Language if language in self.unofficial)

    @property
    def reading_order(self) -> tuple["Placed", ...]:
        """Every paragraph as a reader comes to it, with how deep it stands and which lead-in governs it."""
        known = {paragraph.id: paragraph for paragraph in self.paragraphs}
        return tuple(
            Placed(
                paragraph=known[place.key],
                depth=place.depth,
                governing=known[place.governing] if place.governing else None,
            )
            for place in self._order
        )

    @property
    def _order(self) -> tuple[Place, ...]:
        children: dict[UUID | None, list[Node]] = {}
        for paragraph in sorted(self.paragraphs, key=lambda one: one.position):  # one just tabled was loaded last
            node = Node(key=paragraph.id, kind=paragraph.kind, is_common=bool(paragraph.wordings))
            children.setdefault(paragraph.parent_id, []).append(node)
        return reading_order(children)

    @property
    def faces(self) -> dict[UUID, str]:
        """The content hash of every paragraph's present text, by its key; empty where there is none."""
        found: dict[UUID, str] = {}
        for placed in self.reading_order:
            text = placed.paragraph.text
            governing = _governing_hash(placed, found)
            found[placed.paragraph.id] = "" if text is None else placed.paragraph.hash_of(text, governing)
        return found

    @property
    def governors(self) -> Mapping[UUID, str]:
        """What names the lead-ins over each paragraph, by its key: see :func:`workflow.domain.order.governed_by`."""
        return governed_by(self._order, {paragraph.id: paragraph.as_governor for paragraph in self.paragraphs})

    def governing_hash(self, placed: "Placed") -> str | None:
        """Return the content hash of the lead-in that `placed` stands under; ``None`` if it stands under none."""
        return _governing_hash(placed, self.faces)

    def listing(self, faces: dict[UUID, str]) -> str:
        """Return the hash of the text as it would be adopted now."""
        sides = self.dialogue.sides
        listed = [
            ListedParagraph(
                depth=placed.depth,
                label_style=placed.paragraph.label_style,
                wording=len(placed.paragraph.wordings),
                content_hash=faces[placed.paragraph.id],
            )
            for placed in self.reading_order
            if placed.paragraph.is_in_the_text(sides)
        ]
        return listing_hash(listed, [one.content_hash for one in self.session.participant_lists])

    @property
    def adopted_by(self) -> dict[str, str]:
        """The listing each delegation adopted last, by its code; empty where the text changed since (28)."""
        adopted = [(one.delegation.code, one.listing_hash, one.at) for one in self.adoptions]
        return dict(in_effect(adopted, disturbed=self.disturbances)) if adopted else {}

    @property
    def disturbances(self) -> Iterator[dt.datetime]:
        """Yield when anybody amended the text, moved anything in it, reserved, took a word back or asked to defer."""
        yield from (
            one.ending.at for one in self.motions if one.ending and one.is_carried and one.kind is MotionKind.MOVE
        )
        for paragraph in self.paragraphs:
            for rows in (paragraph.wordings, paragraph.amendments, paragraph.deferral_voices):
                yield from (one.at for one in rows)
            yield from (one.at for one in paragraph.positions if one.stance in {Stance.RESERVE, Stance.WITHDRAWN})

    def stage(self, listing: str) -> Stage:
        """Return where it stands, given the hash of its present listing."""
        if self.is_recorded:
            return Stage.RECORDED
        adopted = is_adopted(sides=self.dialogue.sides, adopted_by=self.adopted_by, listing=listing)
        return Stage.ADOPTED if adopted else Stage.NEGOTIATION

    @property
    def states(self) -> dict[UUID, ParagraphState]:
        """Every paragraph as the rules see it, by its key, in reading order."""
        faces = self.faces
        governors = self.governors
        stage = self.stage(self.listing(faces))
        sides = self.dialogue.sides
        return {
            placed.paragraph.id: placed.paragraph.state(
                stage=stage,
                sides=sides,
                face=faces[placed.paragraph.id],
                governed_by=governors[placed.paragraph.id],
            )
            for placed in self.reading_order
        }

    @property
    def issuable(self) -> str:
        """The hash of what would be issued now: every text that stands, tabled amendments included."""
        fields = ["issue 1"]
        for placed in self.reading_order:
            fields += [str(placed.depth), str(placed.paragraph.id)]
            fields += [str(placed.paragraph.current_wording.id) if placed.paragraph.current_wording else ""]
            fields += [str(amendment.id) for amendment in placed.paragraph.live_amendments]
            fields += [*sorted(placed.paragraph.deferred_by)]
        return digest(fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A paragraph where it stands."""

    paragraph: "Paragraph"
    depth: int
    governing: "Paragraph | None"
    """The lead-in it stands under, directly or not."""


class Paragraph(Base, kw_only=True):
    """The unit that is negotiated."""

    __tablename__ = "paragraph"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    agreement_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("agreement.id"), index=True, init=False)
    parent_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("paragraph.id"), default=None)
    position: orm.Mapped[int]
    """Its place among those under the same parent; gaps are of no meaning."""
    kind: orm.Mapped[ParagraphKind]
    tags: orm.Mapped[frozenset[str]] = orm.mapped_column(Words, default=frozenset())
    speaker: orm.Mapped[str | None] = orm.mapped_column(default=None)
    """The delegation whose statement it is; ``None`` for both sides."""
    addressee: orm.Mapped[str | None] = orm.mapped_column(default=None)
    label_style: orm.Mapped[LabelStyle] = orm.mapped_column(default=LabelStyle.NONE)
    label: orm.Mapped[str | None] = orm.mapped_column(default=None)
    """What prints before a recorded text, literally, where it is not what its style would give."""
    drafted_in: orm.Mapped[Language] = orm.mapped_column(default=Language.EN)
    """The language it was first written in; the other is its counterpart, and no less authentic."""
    working_title: orm.Mapped[Bilingual] = orm.composite(
        orm.mapped_column("working_title_en"), orm.mapped_column("working_title_zh"), default=NOTHING
    )
    """One line to speak of it by; not part of the text."""
    key: orm.Mapped[str | None] = orm.mapped_column(default=None)
    """What names it in files, where something refers to it."""
    given_number: orm.Mapped[str | None] = orm.mapped_column(default=None)
    """The working number given to it since the last Rev.; ``None`` where that Rev. numbers it, or nothing does yet."""
    regoverned: orm.Mapped[int] = orm.mapped_column(default=0, server_default="0")
    """How often a move has put it under another lead-in, or under none."""

    agreement: orm.Mapped[Agreement] = orm.relationship(back_populates="paragraphs")
    wordings: orm.Mapped[list["Wording"]] = orm.relationship(
        order_by="Wording.number", back_populates="paragraph", default_factory=list, init=False
    )
    amendments: orm.Mapped[list["Amendment"]] = orm.relationship(
        order_by="Amendment.number", back_populates="paragraph", default_factory=list, init=False
    )
    positions: orm.Mapped[list["Position"]] = orm.relationship(
        order_by="Position.number", back_populates="paragraph", default_factory=list, init=False
    )
    certificates: orm.Mapped[list["Certificate"]] = orm.relationship(
        order_by="Certificate.at", back_populates="paragraph", default_factory=list, init=False
    )
    deferral_voices: orm.Mapped[list["DeferralVoice"]] = orm.relationship(
        order_by="DeferralVoice.number", back_populates="paragraph", default_factory=list, init=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.agreement.dialogue_key

    @property
    def is_agenda_item(self) -> bool:
        """Whether it is proposed for the next session."""
        return Tag.AGENDA_ITEM in self.tags

    @property
    def current_wording(self) -> "Wording | None":
        """The wording all sides have made common; ``None`` before there is one."""
        return self.wordings[-1] if self.wordings else None

    @property
    def live_amendments(self) -> tuple["Amendment", ...]:
        """What is before the other side, neither settled nor withdrawn, in the order it was tabled."""
        return tuple(amendment for amendment in self.amendments if amendment.outcome is None)

    @property
    def addition(self) -> "Amendment | None":
        """The tabled addition this paragraph still is, if it is not common text yet."""
        return next((one for one in self.live_amendments if one.is_addition), None)

    @property
    def text(self) -> Bilingual | None:
        """What a person reads as the text in question: the common wording, or the addition as tabled."""
        if self.current_wording:
            return self.current_wording.text
        return self.addition.text if self.addition else None

    @property
    def last_text(self) -> Bilingual:
        """What it said last, when it says nothing now: for lists and the record."""
        if self.text is not None and not self.text.is_empty:
            return self.text
        wording = next((one for one in reversed(self.wordings) if not one.is_deletion), None)
        if wording:
            return wording.text
        return self.amendments[-1].text if self.amendments else NOTHING

    @property
    def base(self) -> UUID | None:
        """What an amendment is made against: the current wording, or the addition as tabled."""
        if self.current_wording:
            return self.current_wording.id
        return self.addition.id if self.addition else None

    @property
    def deferred_by(self) -> frozenset[str]:
        """The delegations that want it carried to the next session, as each said last.

        What was said before the present wording was made was said of another text.
        """
        present = len(self.wordings)
        voices = [voice for voice in self.deferral_voices if voice.wording_number == present]
        last = {voice.delegation.code: voice.consents for voice in voices}
        return frozenset(code for code, consents in last.items() if consents)

    @property
    def is_deferred_by_all(self) -> bool:
        """Whether every delegation wants it carried to the next session, so that it is (26)."""
        return self.deferred_by == frozenset(self.agreement.dialogue.sides)

    @property
    def heads_on_deferral(self) -> frozenset[str]:
        """The delegations whose last word on carrying the present wording over is a head's (19)."""
        voices = [voice for voice in self.deferral_voices if voice.wording_number == len(self.wordings)]
        last = {voice.delegation.code: voice.as_head for voice in voices}
        return frozenset(code for code, as_head in last.items() if as_head)

    @property
    def as_governor(self) -> Governor:
        """What this paragraph is to those it may govern, and what has become of it under others."""
        voices = ((voice.delegation.code, voice.wording_number, voice.consents) for voice in self.deferral_voices)
        return Governor(
            wordings=len(self.wordings),
            turns=turns(voices, sides=self.agreement.dialogue.sides) if self.deferral_voices else 0,
            is_carried=bool(self.deferral_voices) and self.is_deferred_by_all,
            regoverned=self.regoverned,
        )

    def is_in_the_text(self, sides: tuple[str, ...]) -> bool:
        """Whether an adoption now would adopt it."""
        wording = self.current_wording
        return wording is not None and not wording.is_deletion and self.deferred_by != frozenset(sides)

    def hash_of(self, text: Bilingual, governing: str | None) -> str:
        """Return the content hash `text` has, or would have, as the text of this paragraph."""
        return content_hash(
            text,
            kind=self.kind,
            tags=frozenset(Tag(tag) for tag in self.tags),
            speaker=self.speaker,
            governing=governing,
        )

    def state(self, *, stage: Stage, sides: tuple[str, ...], face: str, governed_by: str) -> ParagraphState:
        """Return this paragraph as the rules see it.

        A wording that says again what an earlier one said is a new one: what was held of the
        earlier one, and certified of it, does not come back to life (9, 12, 24). Nor does it
        when the lead-in over it does so.

        Args:
            stage: Of its agreement.
            sides: Of its dialogue, in their fixed order.
            face: The content hash of its present text.
            governed_by: What names the lead-ins over it.

        """
        wording = self.current_wording
        present = (len(self.wordings), face)
        said = [one for one in self.positions if one.wording_number == present[0]]
        given = [one for one in said if one.is_given_to(*present, governed_by)]
        taken = [one.taken for one in given]
        certificates = [one for one in self.certificates if one.is_given_to(*present, governed_by)]
        positions: dict[str, PositionInForce] = {}
        if wording is not None:
            positions = {side: one for side in sides if (one := in_force(taken, by=side, on=face))}
        return ParagraphState(
            stage=stage,
            sides=sides,
            kind=self.kind,
            current=wording.text if wording else None,
            base=self.base,
            face=face,
            live=tuple(amendment.as_live for amendment in self.live_amendments),
            positions=positions,
            said={one.member: one.stance for one in taken},
            certified_by=frozenset(one.delegation.code for one in certificates),
            lapsed_under=frozenset(one.delegation.code for one in said if one not in given) - positions.keys(),
            deferred_by=self.deferred_by,
            heads_on_deferral=self.heads_on_deferral,
            is_deleted=wording is not None and wording.is_deletion,
            has_placeholder=wording is not None and _has_placeholder(wording.text),
        )


class Wording(Base, kw_only=True):
    """One immutable, numbered pair of texts of one paragraph.

    What the hash covers besides the texts is kept with them as it was, so that the record
    can be checked without knowing what the paragraph has become since.
    """

    __tablename__ = "wording"
    __table_args__ = (
        sa.UniqueConstraint("paragraph_id", "number"),
        sa.CheckConstraint("number >= 1", name="number_positive"),
    )

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    paragraph_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("paragraph.id"), init=False)
    number: orm.Mapped[int]
    text: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("text_en"), orm.mapped_column("text_zh"))
    is_deletion: orm.Mapped[bool] = orm.mapped_column(default=False)
    """Whether it says that the paragraph is gone."""
    kind: orm.Mapped[ParagraphKind]
    tags: orm.Mapped[frozenset[str]] = orm.mapped_column(Words)
    speaker: orm.Mapped[str | None]
    governing_hash: orm.Mapped[str | None]
    """The content hash of its lead-in when it was made."""
    content_hash: orm.Mapped[str]
    amendment_id: orm.Mapped[UUID | None] = orm.mapped_column(sa.ForeignKey("amendment.id"), default=None)
    """The amendment whose acceptance made it; ``None`` where the text was recorded or brought in."""
    at: orm.Mapped[dt.datetime]

    paragraph: orm.Mapped[Paragraph] = orm.relationship(back_populates="wordings")

    @property
    def recomputed_hash(self) -> str:
        """The content hash as it must be; anything else in `content_hash` means the row was changed."""
        return content_hash(
            self.text,
            kind=self.kind,
            tags=frozenset(Tag(tag) for tag in self.tags),
            speaker=self.speaker,
            governing=self.governing_hash,
        )


def _governing_hash(placed: Placed, faces: dict[UUID, str]) -> str | None:
    """Return the content hash of the lead-in over `placed`; one carried to the next session governs nothing here."""
    if placed.governing is None or placed.governing.is_deferred_by_all:
        return None
    return faces[placed.governing.id]


def _has_placeholder(text: Bilingual) -> bool:
    return any(placeholders(text[language]) for language in Language)
