"""A dialogue, its delegations, its sessions, and the people on their public lists."""

import datetime as dt
from typing import TYPE_CHECKING, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base, Key, new_key
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.content import digest

if TYPE_CHECKING:
    from workflow.models.agenda import AgendaItem
    from workflow.models.agreement import Agreement

#: The journal as the last act is found in it; its model knows of dialogues, and so cannot be known here.
_JOURNAL: Final = sa.table(
    "journal_entry",
    sa.column("dialogue_id", sa.Uuid()),
    sa.column("chain", sa.Text()),
    sa.column("number", sa.Integer()),
    sa.column("entry_hash", sa.Text()),
)


def _last_act(dialogue: orm.Mapped[UUID]) -> sa.ScalarSelect[str | None]:
    """Select the hash of the last entry in the shared chain of `dialogue`."""
    entries = sa.select(_JOURNAL.c.entry_hash).where(_JOURNAL.c.dialogue_id == dialogue, _JOURNAL.c.chain == "")
    return entries.order_by(_JOURNAL.c.number.desc()).limit(1).correlate_except(_JOURNAL).scalar_subquery()


class Dialogue(Base, kw_only=True):
    """A series of sessions between the same delegations. Its row is the lock every act takes."""

    __tablename__ = "dialogue"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    short_name: orm.Mapped[str] = orm.mapped_column(unique=True)
    name: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("name_en"), orm.mapped_column("name_zh"))
    cover: orm.Mapped[Bilingual] = orm.composite(
        orm.mapped_column("cover_en", server_default=""),
        orm.mapped_column("cover_zh", server_default=""),
        default=NOTHING,
    )
    """What stands above the text of its documents, a line each, with fields in braces; empty for the usual."""
    file_name: orm.Mapped[str] = orm.mapped_column(default="", server_default="")
    """What the files of its documents are called, with fields in braces; empty for the usual."""
    names_since: orm.Mapped[dt.datetime | None] = orm.mapped_column(default=None)
    """Since when every delegation consents that persons are named to all sides; ``None`` while one does not."""

    delegations: orm.Mapped[list["Delegation"]] = orm.relationship(
        order_by="Delegation.position", back_populates="dialogue", default_factory=list, init=False
    )
    terms: orm.Mapped[list["Term"]] = orm.relationship(order_by="Term.position", default_factory=list)
    persons: orm.Mapped[list["Person"]] = orm.relationship(
        order_by="Person.position", back_populates="dialogue", default_factory=list, init=False
    )
    sessions: orm.Mapped[list["DialogueSession"]] = orm.relationship(
        order_by="DialogueSession.ordinal", back_populates="dialogue", default_factory=list, init=False
    )

    last_act: orm.Mapped[str | None] = orm.column_property(_last_act(id), deferred=True)  # noqa: A003 -- the column
    """The hash of the last act that all sides see, when the row was read: with it, all acts before it are named."""

    @property
    def dialogue_key(self) -> UUID:
        """Itself, for the policy."""
        return self.id

    @property
    def sides(self) -> tuple[str, ...]:
        """The codes of the delegations, in their fixed order."""
        return tuple(delegation.code for delegation in self.delegations)


class Delegation(Base, kw_only=True):
    """One side of a dialogue."""

    __tablename__ = "delegation"
    __table_args__ = (sa.UniqueConstraint("dialogue_id", "code"), sa.UniqueConstraint("dialogue_id", "position"))

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    dialogue_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue.id"), init=False)
    code: orm.Mapped[str]
    """The letters that stand for it in brackets and on flags, e.g. ``US``."""
    name: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("name_en"), orm.mapped_column("name_zh"))
    adjective: orm.Mapped[Bilingual] = orm.composite(
        orm.mapped_column("adjective_en"), orm.mapped_column("adjective_zh")
    )
    """As in "U.S. participants"."""
    colour: orm.Mapped[int]
    """Which of the sides' colours and underlines it has, from 1."""
    position: orm.Mapped[int]
    """Its place on shared screens, from 1."""
    named_first: orm.Mapped[Bilingual] = orm.composite(
        orm.mapped_column("named_first_en", server_default=""),
        orm.mapped_column("named_first_zh", server_default=""),
        default=NOTHING,
    )
    """How the sides are named together where its own comes first: "U.S.-China". For titles, never for agreed text."""

    drafters_table: orm.Mapped[bool] = orm.mapped_column(default=True, server_default=sa.true())
    """Whether its drafters may table text, and not its heads alone. Its own matter: no other side reads of it."""

    names_persons: orm.Mapped[bool] = orm.mapped_column(default=False, server_default=sa.false())
    """Whether it consents that persons are named to all sides; only the consent of all has an effect."""

    dialogue: orm.Mapped[Dialogue] = orm.relationship(back_populates="delegations")

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.dialogue_id

    @property
    def delegation_code(self) -> str:
        """Itself, for the policy."""
        return self.code

    @property
    def owner(self) -> None:
        """It is nobody's alone, for the policy."""
        return


class Term(Base, kw_only=True):
    """A term of the field whose counterpart in the other language the delegations agreed on."""

    __tablename__ = "term"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    dialogue_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue.id"), index=True, init=False)
    position: orm.Mapped[int]
    text: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("en"), orm.mapped_column("zh"))


class DialogueSession(Base, kw_only=True):
    """One meeting of a dialogue."""

    __tablename__ = "dialogue_session"
    __table_args__ = (sa.UniqueConstraint("dialogue_id", "ordinal"), sa.CheckConstraint("ordinal >= 1", name="ordinal"))

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    dialogue_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue.id"), init=False)
    ordinal: orm.Mapped[int]
    name: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("name_en"), orm.mapped_column("name_zh"))
    is_exercise: orm.Mapped[bool] = orm.mapped_column(default=False)
    """Whether it is fictional; then every page and document says so."""
    off_the_record: orm.Mapped[Bilingual] = orm.composite(
        orm.mapped_column("off_the_record_en"), orm.mapped_column("off_the_record_zh")
    )
    """The label under which it was held; empty if none."""
    note: orm.Mapped[Bilingual] = orm.composite(
        orm.mapped_column("note_en"), orm.mapped_column("note_zh"), default=NOTHING
    )
    """What a reader of the record should know, e.g. where sources differ."""

    dialogue: orm.Mapped[Dialogue] = orm.relationship(back_populates="sessions")
    places: orm.Mapped[list["Place"]] = orm.relationship(order_by="Place.position", default_factory=list)
    dates: orm.Mapped[list["SessionDates"]] = orm.relationship(order_by="SessionDates.position", default_factory=list)
    hosts: orm.Mapped[list["Host"]] = orm.relationship(order_by="Host.position", default_factory=list)
    participant_lists: orm.Mapped[list["ParticipantList"]] = orm.relationship(
        order_by="ParticipantList.position", back_populates="session", default_factory=list, init=False
    )
    agreements: orm.Mapped[list["Agreement"]] = orm.relationship(
        order_by="Agreement.short_name", back_populates="session", default_factory=list, init=False
    )
    agenda_items: orm.Mapped[list["AgendaItem"]] = orm.relationship(
        order_by="AgendaItem.number", back_populates="session", default_factory=list, init=False
    )
    """What was put on the agenda of the session after it."""

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.dialogue_id

    @property
    def details_hash(self) -> str:
        """Names what is said of it, where and when, exactly: whoever changes it says what the page showed."""
        fields = ["session 1", str(self.ordinal), self.name.en, self.name.zh, str(self.is_exercise)]
        fields += [self.off_the_record.en, self.off_the_record.zh, self.note.en, self.note.zh]
        for place in self.places:
            fields += ["place", place.name.en, place.name.zh]
        for dates in self.dates:
            days = dates.first_day.isoformat(), dates.last_day.isoformat()
            fields += ["dates", dates.side or "", *days, dates.time_zone]
        for host in self.hosts:
            fields += ["host", host.side or "", host.name.en, host.name.zh]
        return digest(fields)


class Place(Base, kw_only=True):
    """Where a session is held; one of several when it is held in several."""

    __tablename__ = "place"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    session_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue_session.id"), index=True, init=False)
    position: orm.Mapped[int]
    name: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("name_en"), orm.mapped_column("name_zh"))


class SessionDates(Base, kw_only=True):
    """First and last day of a session, as one side's calendar has them."""

    __tablename__ = "session_dates"
    __table_args__ = (sa.CheckConstraint("first_day <= last_day", name="in_order"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    session_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue_session.id"), index=True, init=False)
    position: orm.Mapped[int]
    side: orm.Mapped[str | None]
    """Whose calendar: a delegation's code, or ``None`` for both."""
    first_day: orm.Mapped[dt.date]
    last_day: orm.Mapped[dt.date]
    time_zone: orm.Mapped[str]
    """IANA name."""


class Host(Base, kw_only=True):
    """An institution that hosts a session."""

    __tablename__ = "host"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    session_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue_session.id"), index=True, init=False)
    position: orm.Mapped[int]
    name: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("name_en"), orm.mapped_column("name_zh"))
    side: orm.Mapped[str | None] = orm.mapped_column(default=None)
    """The delegation it belongs to, if to one."""


class Person(Base, kw_only=True):
    """Somebody named on public participant lists. Not an account, and nothing is attributed to a person."""

    __tablename__ = "person"
    __table_args__ = (sa.UniqueConstraint("dialogue_id", "key"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    dialogue_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue.id"), init=False)
    key: orm.Mapped[str]
    """What names the person in files."""
    name: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("name_en"), orm.mapped_column("name_zh"))
    """The Chinese name is empty unless it is attested."""
    sort_key: orm.Mapped[str] = orm.mapped_column(default="")
    position: orm.Mapped[int] = orm.mapped_column(default=0)
    """Its place among the persons of the dialogue, as the file lists them."""

    dialogue: orm.Mapped[Dialogue] = orm.relationship(back_populates="persons")


class ParticipantList(Base, kw_only=True):
    """One delegation's public list at one session."""

    __tablename__ = "participant_list"
    __table_args__ = (sa.UniqueConstraint("session_id", "delegation_id"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    session_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("dialogue_session.id"), init=False)
    delegation_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("delegation.id"), init=False)
    position: orm.Mapped[int]
    """Its place among the printed lists, from 1."""
    heading: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("heading_en"), orm.mapped_column("heading_zh"))

    session: orm.Mapped[DialogueSession] = orm.relationship(back_populates="participant_lists")
    delegation: orm.Mapped[Delegation] = orm.relationship()
    participations: orm.Mapped[list["Participation"]] = orm.relationship(
        order_by="Participation.position", default_factory=list, init=False
    )
    confirmations: orm.Mapped[list["ListConfirmation"]] = orm.relationship(
        order_by="ListConfirmation.at", back_populates="participant_list", default_factory=list, init=False
    )

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to, for the policy."""
        return self.session.dialogue_id

    @property
    def delegation_code(self) -> str:
        """Whose list it is."""
        return self.delegation.code

    @property
    def shown_hash(self) -> str:
        """Names the list with who leads and who is who, which do not print: what a page that edits it showed."""
        people = [field for one in self.participations for field in (str(one.person_id), str(one.is_leader))]
        return digest([self.content_hash, *people])

    @property
    def content_hash(self) -> str:
        """Names the list exactly as it prints: whoever confirmed another has confirmed nothing of this one."""
        fields = ["participants 1", self.delegation.code, self.heading.en, self.heading.zh]
        for one in self.participations:
            fields += [one.display.en, one.display.zh, one.separator, one.title.en, one.title.zh]
        return digest(fields)

    @property
    def confirmable_hash(self) -> str:
        """Names the list as its page shows it, who leads among it: what a head confirms."""
        return digest(
            ["participants confirmed 2", self.content_hash, *(str(one.is_leader) for one in self.participations)]
        )

    @property
    def is_confirmed(self) -> bool:
        """Whether the head of its delegation confirmed it as it now stands (28).

        A word given before it was asked for who leads names the list as it prints, and holds for that.
        """
        holds = {self.confirmable_hash, self.content_hash}
        return any(one.content_hash in holds for one in self.confirmations)


class Participation(Base, kw_only=True):
    """One person on one list: name and title as they were printed then."""

    __tablename__ = "participation"
    __table_args__ = (sa.UniqueConstraint("participant_list_id", "position"),)

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    participant_list_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("participant_list.id"), init=False)
    person_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("person.id"), init=False)
    position: orm.Mapped[int]
    display: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("display_en"), orm.mapped_column("display_zh"))
    """How the name prints; it wins over the person's name. The Chinese is empty where the Latin form serves."""
    separator: orm.Mapped[str]
    """What stands between name and title, to the byte."""
    title: orm.Mapped[Bilingual] = orm.composite(orm.mapped_column("title_en"), orm.mapped_column("title_zh"))
    is_leader: orm.Mapped[bool] = orm.mapped_column(default=False)

    person: orm.Mapped[Person] = orm.relationship()


class ListConfirmation(Base, kw_only=True):
    """A head's word that the own list is right as it stood."""

    __tablename__ = "list_confirmation"

    id: orm.Mapped[Key] = orm.mapped_column(default_factory=new_key, init=False)
    participant_list_id: orm.Mapped[UUID] = orm.mapped_column(
        sa.ForeignKey("participant_list.id"), index=True, init=False
    )
    membership_id: orm.Mapped[UUID] = orm.mapped_column(sa.ForeignKey("membership.id"))
    content_hash: orm.Mapped[str]
    at: orm.Mapped[dt.datetime]

    participant_list: orm.Mapped[ParticipantList] = orm.relationship(back_populates="confirmations")
