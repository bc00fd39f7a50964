"""What is discussed about an agreement, as its pages show it: the own delegation's apart from what all read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.discussion import Bearing, Quotation, bearing
from workflow.domain.negotiation import OUT_OF_THE_TEXT, Standing
from workflow.models import Amendment, Comment, Paragraph, Task, Thread
from workflow.permissions import Actor
from workflow.services.clock import now
from workflow.services.looks import last_look
from workflow.services.reading import Reading, read
from workflow.services.visible import visible


class Filter(StrEnum):
    """Which threads are shown."""

    OPEN = "open"
    MINE = "mine"
    """In which the reader said something, is named, or has something to do."""
    INTERNAL = "internal"
    SHARED = "shared"
    LOOKED = "looked"
    """In which something was said or done since the reader looked at the text."""
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadShown:
    """A thread with all that its page says about it."""

    thread: Thread
    number: str
    """The working number of its paragraph; empty where it has none."""
    standing: Standing
    """Of its paragraph."""
    bearing: Bearing | None
    """How the words it quotes relate to the text as it stands; ``None`` where it quotes none."""
    tasks: tuple[Task, ...]
    """What the own delegation made of its comments; nobody else's."""
    is_mine: bool
    moved_at: datetime
    """When something was said or done in it last."""

    @property
    def is_orphan(self) -> bool:
        """Whether what it is about is out of the text, or was an amendment that has ended."""
        ended = self.thread.amendment is not None and self.thread.amendment.outcome is not None
        return ended or self.standing in OUT_OF_THE_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionPage:
    """What is discussed about an agreement, or about one paragraph of it."""

    reading: Reading
    paragraph: Paragraph | None
    internal: tuple[ThreadShown, ...]
    shared: tuple[ThreadShown, ...]
    looked: datetime | None
    """When the reader said last to have looked at the text; ``None`` if never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """One thread, and what the reader can do in it."""

    reading: Reading
    shown: ThreadShown
    names: tuple[str, ...]
    """What can be named in it with an ``@``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What all sides would read around a comment that somebody is about to share."""

    at: datetime
    amendment: Amendment | None
    out_of_the_text: Standing | None
    """Where the paragraph stands, if that is out of the text."""
    bearing: Bearing | None
    """How the words quoted relate to the text; ``None`` where none are."""


def preview(
    session: orm.Session, paragraph: Paragraph, *, amendment: Amendment | None, quotation: Quotation | None
) -> Preview:
    """Return what a thread begun now about `paragraph`, `amendment` or `quotation` would say beside its comment."""
    standing = read(session, paragraph.agreement_id).standings[paragraph.id]
    is_out = standing in OUT_OF_THE_TEXT
    text = None if is_out else paragraph.text
    return Preview(
        at=now(session),
        amendment=amendment,
        out_of_the_text=standing if is_out else None,
        bearing=bearing(quotation, text, same_text=True) if quotation else None,
    )


def page(
    session: orm.Session, agreement_id: UUID, actor: Actor, *, show: Filter, paragraph: UUID | None = None
) -> DiscussionPage:
    """Return the threads about the agreement `agreement_id` that `actor` reads and `show` names.

    Args:
        session: Reading.
        agreement_id: Whose threads.
        actor: Who reads.
        show: Which of them.
        paragraph: Only those about this paragraph, where it is one of the agreement.

    """
    reading = read(session, agreement_id)
    about = next((one.paragraph for one in reading.order if one.paragraph.id == paragraph), None)
    looked = last_look(session, agreement_id, actor)
    found = tuple(one for one in shown(session, reading, actor, about) if _fits(one, show, looked))
    return DiscussionPage(
        reading=reading,
        paragraph=about,
        internal=tuple(one for one in found if one.thread.is_internal),
        shared=tuple(one for one in found if not one.thread.is_internal),
        looked=looked,
    )


def shown(
    session: orm.Session, reading: Reading, actor: Actor, paragraph: Paragraph | None = None
) -> tuple[ThreadShown, ...]:
    """Return every thread about `paragraph`, or about any of `reading`, that `actor` reads; oldest first."""
    about = Paragraph.agreement_id == reading.agreement.id if paragraph is None else Thread.paragraph_id == paragraph.id
    threads = session.scalars(visible(actor).threads().where(about)).all()
    return _shown(session, reading, threads, actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginNotes:
    """The unresolved threads about one paragraph, as they stand beside it: the own delegation's apart, oldest first."""

    internal: tuple[Thread, ...]
    shared: tuple[Thread, ...]


def in_the_margin(session: orm.Session, agreement_id: UUID, actor: Actor) -> Mapping[UUID, MarginNotes]:
    """Return the unresolved threads about the agreement `agreement_id` that `actor` reads, by their paragraphs."""
    about = visible(actor).threads().where(Paragraph.agreement_id == agreement_id)
    found: dict[UUID, list[Thread]] = {}
    for one in session.scalars(about):
        if not one.is_resolved:
            found.setdefault(one.paragraph_id, []).append(one)
    return {
        key: MarginNotes(
            internal=tuple(one for one in threads if one.is_internal),
            shared=tuple(one for one in threads if not one.is_internal),
        )
        for key, threads in found.items()
    }


def thread_page(session: orm.Session, thread: Thread, actor: Actor) -> ThreadPage:
    """Return `thread`, which `actor` reads, with its tasks and who can be named in it."""
    reading = read(session, thread.paragraph.agreement_id)
    whole = session.scalars(visible(actor).threads().where(Thread.id == thread.id)).all()
    [found] = _shown(session, reading, whole, actor)
    return ThreadPage(
        reading=reading,
        shown=found,
        names=colleague_names(session, actor) if thread.is_internal else delegation_names(reading),
    )


def colleague_names(session: orm.Session, actor: Actor) -> tuple[str, ...]:
    """Return how the colleagues of `actor` are named within the own delegation: ``@name`` each."""
    return tuple(f"@{one.account.name}" for one in session.scalars(visible(actor).colleagues()))


def delegation_names(reading: Reading) -> tuple[str, ...]:
    """Return how the delegations are named before all sides: ``@code`` each."""
    return tuple(f"@{code}" for code in reading.agreement.dialogue.sides)


def _shown(session: orm.Session, reading: Reading, threads: Sequence[Thread], actor: Actor) -> tuple[ThreadShown, ...]:
    tasks = _tasks_of(session, [said.id for thread in threads for said in thread.comments], actor)
    return tuple(_thread(reading, thread, tasks, actor) for thread in threads)


def _tasks_of(session: orm.Session, comments: Sequence[UUID], actor: Actor) -> Mapping[UUID, tuple[Task, ...]]:
    found: dict[UUID, tuple[Task, ...]] = {}
    if comments:
        for task in session.scalars(visible(actor).tasks().where(Task.comment_id.in_(comments))):
            found[task.comment_id] = (*found.get(task.comment_id, ()), task)
    return found


def _thread(reading: Reading, thread: Thread, tasks: Mapping[UUID, tuple[Task, ...]], actor: Actor) -> ThreadShown:
    paragraph, quotation = thread.paragraph, thread.quotation
    standing = reading.standings[paragraph.id]
    text = None if standing in OUT_OF_THE_TEXT else paragraph.text
    own_tasks = tuple(task for said in thread.comments for task in tasks.get(said.id, ()))
    return ThreadShown(
        thread=thread,
        number=reading.numbers.get(paragraph.id, ""),
        standing=standing,
        bearing=bearing(quotation, text, same_text=thread.base == paragraph.base) if quotation else None,
        tasks=own_tasks,
        is_mine=_is_mine(thread, own_tasks, actor),
        moved_at=max((*_moments(thread.comments), *(one.at for one in thread.events))),
    )


def _moments(comments: Iterable[Comment]) -> Iterable[datetime]:
    return (version.at for said in comments for version in said.versions)


def _is_mine(thread: Thread, tasks: Iterable[Task], actor: Actor) -> bool:
    said = any(one.membership_id == actor.membership for one in thread.comments)
    named = any(mention.membership_id == actor.membership for one in thread.comments for mention in one.mentions)
    return said or named or any(task.assignee_id == actor.membership for task in tasks)


def _fits(shown: ThreadShown, show: Filter, looked: datetime | None) -> bool:
    return {
        Filter.OPEN: not shown.thread.is_resolved,
        Filter.MINE: shown.is_mine,
        Filter.INTERNAL: shown.thread.is_internal,
        Filter.SHARED: not shown.thread.is_internal,
        Filter.LOOKED: looked is None or shown.moved_at > looked,
        Filter.ALL: True,
    }[show]
