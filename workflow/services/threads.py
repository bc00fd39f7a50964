"""Threads: begun in one scope for good, replied to, resolved and reopened."""

from uuid import UUID

from sqlalchemy import orm

from workflow.domain.discussion import Quotation, ThreadAct, check_thread
from workflow.domain.negotiation import Act, Move, OutOfOrder, Refusal
from workflow.models import Amendment, Comment, Entered, Membership, Paragraph, Scope, Thread, ThreadEvent, Wording
from workflow.services import comments
from workflow.services.acts import approach, seat
from workflow.services.clock import now


def begin(
    session: orm.Session,
    *,
    paragraph: Paragraph,
    by: Membership,
    scope: Scope,
    text: str,
    amendment: Amendment | None = None,
    quotation: Quotation | None = None,
    base: UUID | None = None,
) -> Thread:
    """Begin a thread with `text`, read by whom `scope` names; return it, flushed, with its first comment.

    Args:
        session: Writing.
        paragraph: What it is about, as a whole unless the following say otherwise.
        by: The author.
        scope: Who reads it, now and for good.
        text: What is said.
        amendment: The amendment to `paragraph` that it is about.
        quotation: The words it is about.
        base: The wording, or addition, that the page showed as the text.

    Raises:
        OutOfOrder: If the text is recorded as published: it is not under discussion here. If the words
            quoted do not stand there any more. If all sides would read the name of a colleague of `by`.
        ValueError: If `by` belongs to no delegation and `scope` is a delegation's.

    """
    if scope is Scope.DELEGATION:
        seat(by)
    approach(session, paragraph, Move(act=Act.COMMENT, by=by.delegation.code if by.delegation else ""))
    if amendment is not None and amendment.paragraph_id != paragraph.id:
        raise OutOfOrder((Refusal.AMENDMENT_IS_CLOSED,))
    quoted_from = wording_of(paragraph, quotation.wording) if quotation is not None else None
    if quotation is not None:
        _still_quoted(paragraph, quotation, base, quoted_from)
    comments.refuse_names(session, text, by=by, is_internal=scope is Scope.DELEGATION)
    about = quoted_from or paragraph.current_wording
    thread = Thread(
        paragraph=paragraph,
        amendment=amendment,
        delegation=by.delegation,
        membership=by,
        scope=scope,
        language=quotation.language if quotation else None,
        start=quotation.start if quotation else None,
        quoted=quotation.words if quotation else "",
        base=quoted_from.id if quoted_from else paragraph.base,
        wording_number=about.number if about else None,
        at=now(session),
    )
    session.add(thread)
    session.flush()
    comments.write(session, thread=thread, by=by, text=text)
    return thread


def reply(session: orm.Session, *, thread: Thread, by: Membership, text: str) -> Comment:
    """Say `text` in `thread`, to those who read it; return the comment, flushed.

    Raises:
        OutOfOrder: If it is resolved, or `text` would name a colleague of `by` to the other side.

    """
    if thread.is_resolved:
        raise OutOfOrder((Refusal.THREAD_IS_RESOLVED,))
    return comments.write(session, thread=thread, by=by, text=text)


def resolve(session: orm.Session, *, thread: Thread, by: Membership) -> None:
    """Record that `by` takes `thread` for resolved.

    Raises:
        OutOfOrder: If it is.

    """
    _mark(session, thread, ThreadAct.RESOLVED, by)


def reopen(session: orm.Session, *, thread: Thread, by: Membership) -> None:
    """Record that `by` has reopened `thread`.

    Raises:
        OutOfOrder: If it is open.

    """
    _mark(session, thread, ThreadAct.REOPENED, by)


_ENTERED = {ThreadAct.RESOLVED: Entered.THREAD_RESOLVED, ThreadAct.REOPENED: Entered.THREAD_REOPENED}


def _mark(session: orm.Session, thread: Thread, act: ThreadAct, by: Membership) -> None:
    check_thread(act, is_resolved=thread.is_resolved)
    event = ThreadEvent(
        thread=thread,
        delegation=by.delegation,
        membership=by,
        number=len(thread.events) + 1,
        act=act,
        at=now(session),
    )
    session.add(event)
    session.flush()
    comments.enter_in_scope(session, _ENTERED[act], thread, by=by)


def wording_of(paragraph: Paragraph, number: int | None) -> Wording | None:
    """Return the wording of `paragraph` with that number; ``None`` where none is named, or there is no such."""
    return next((one for one in paragraph.wordings if one.number == number), None)


def _still_quoted(paragraph: Paragraph, quotation: Quotation, base: UUID | None, wording: Wording | None) -> None:
    """Return if the words stand in `wording`, which stays as it is, or else in the text the page showed, if it stands.

    Raises:
        OutOfOrder: If they do not, or the text has changed since.

    """
    if wording is None and (paragraph.base is None or paragraph.base != base):
        raise OutOfOrder((Refusal.TEXT_HAS_CHANGED,))
    text = wording.text if wording else paragraph.text
    if text is None or not quotation.stands_at_its_place(text):
        raise OutOfOrder((Refusal.WORDS_NOT_IN_TEXT,))
