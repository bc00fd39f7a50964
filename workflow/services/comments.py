"""Comments: what is said in a thread, edited and withdrawn within the record."""

from collections.abc import Sequence

from sqlalchemy import orm

from workflow.domain.content import digest
from workflow.domain.discussion import named
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import (
    SHARED,
    Comment,
    CommentVersion,
    Delegation,
    Entered,
    Membership,
    Mention,
    MentionSeen,
    Thread,
)
from workflow.services.clock import now
from workflow.services.journal import chain_of, enter
from workflow.services.visible import visible


def write(session: orm.Session, *, thread: Thread, by: Membership, text: str) -> Comment:
    """Append `text` to `thread`; return the comment, flushed, with whom it names.

    Raises:
        OutOfOrder: If the thread is shared and `text` names a colleague of `by`.

    """
    refuse_names(session, text, by=by, is_internal=thread.is_internal)
    wording = thread.paragraph.current_wording
    comment = Comment(
        thread=thread,
        delegation=by.delegation,
        membership=by,
        number=len(thread.comments) + 1,
        wording_number=wording.number if wording else None,
        at=now(session),
    )
    session.add(comment)
    _say(session, comment, text)
    enter_in_scope(session, _commented(thread), comment.thread, by=by, comment=comment, hash=digest([text]))
    return comment


def edit(session: orm.Session, *, comment: Comment, by: Membership, text: str, version: int) -> None:
    """Let `comment` say `text` from now on; what it said stays on record.

    Raises:
        OutOfOrder: If it is withdrawn, was edited since `version`, would say the same, or would name a
            colleague to the other side. Nothing is written.

    """
    _as_seen(comment, version)
    if text == comment.text:
        raise OutOfOrder((Refusal.NOTHING_CHANGES,))
    refuse_names(session, text, by=by, is_internal=comment.thread.is_internal)
    _say(session, comment, text)
    enter_in_scope(session, Entered.COMMENT_EDITED, comment.thread, by=by, comment=comment, hash=digest([text]))


def withdraw(session: orm.Session, *, comment: Comment, by: Membership, version: int) -> None:
    """Withdraw `comment`; it stays on record, and names nobody any more.

    Raises:
        OutOfOrder: If it is withdrawn already, or was edited since `version`.

    """
    _as_seen(comment, version)
    session.add(CommentVersion(comment=comment, number=comment.version + 1, withdraws=True, at=now(session)))
    session.flush()
    enter_in_scope(session, Entered.COMMENT_WITHDRAWN, comment.thread, by=by, comment=comment)


def see(session: orm.Session, *, mention: Mention, by: Membership) -> None:
    """Record that `by` has seen `mention`, so that the desk no longer shows it; nobody else learns of it."""
    here = visible(by.actor).mentions().where(Mention.id == mention.id)
    if session.scalars(here).first() is not None:
        session.add(MentionSeen(mention=mention, membership=by, at=now(session)))
        session.flush()


def colleagues_named(session: orm.Session, text: str, *, by: Membership) -> tuple[Membership, ...]:
    """Return which members of the delegation of `by` are named in `text`; nobody for who belongs to none."""
    colleagues = session.scalars(visible(by.actor).colleagues()).all()
    called = {name.casefold() for name in named(text, (one.account.name for one in colleagues))}
    return tuple(one for one in colleagues if one.account.name.casefold() in called)


def refuse_names(session: orm.Session, text: str, *, by: Membership, is_internal: bool) -> None:
    """Return if `text` can be read by those who read the thread: the other side never reads who within one acts.

    Before all sides the letters of a delegation mean the delegation, whoever is called the same.

    Raises:
        OutOfOrder: If all sides would read it, and it names a colleague of `by`.

    """
    if is_internal:
        return
    sides = {side.casefold() for side in by.dialogue.sides}
    if any(one.account.name.casefold() not in sides for one in colleagues_named(session, text, by=by)):
        raise OutOfOrder((Refusal.NAMES_A_COLLEAGUE,))


def enter_in_scope(
    session: orm.Session, act: Entered, thread: Thread, *, by: Membership, comment: Comment | None = None, **more: str
) -> None:
    """Enter `act` in the chain of those who read `thread`."""
    paragraph = thread.paragraph
    details = {"thread": str(thread.id), **more} | ({"comment": str(comment.id)} if comment else {})
    enter(
        session,
        act,
        by=by,
        dialogue=paragraph.agreement.dialogue,
        agreement=paragraph.agreement,
        paragraph=paragraph,
        chain=chain_of(by) if thread.is_internal else SHARED,
        **details,
    )


def _commented(thread: Thread) -> Entered:
    return Entered.COMMENTED_INTERNALLY if thread.is_internal else Entered.COMMENTED


def _as_seen(comment: Comment, version: int) -> None:
    if comment.is_withdrawn:
        raise OutOfOrder((Refusal.COMMENT_IS_WITHDRAWN,))
    if comment.version != version:
        raise OutOfOrder((Refusal.COMMENT_HAS_CHANGED,))


def _say(session: orm.Session, comment: Comment, text: str) -> None:
    """Give `comment` the words `text`, and record whom they name that it has not named before."""
    at = now(session)
    session.add(CommentVersion(comment=comment, number=len(comment.versions) + 1, text=text, at=at))
    before = {one.membership_id or one.delegation_id for one in comment.mentions}
    for one in _called(session, comment, text):
        if one.id not in before:
            person = one if isinstance(one, Membership) else None
            delegation = one if isinstance(one, Delegation) else None
            number = len(comment.mentions) + 1
            session.add(Mention(comment=comment, membership=person, delegation=delegation, number=number, at=at))
    session.flush()


def _called(session: orm.Session, comment: Comment, text: str) -> Sequence[Membership | Delegation]:
    """Return whom `text` names: colleagues among themselves, delegations before all sides."""
    if comment.thread.is_internal:
        return colleagues_named(session, text, by=comment.membership)
    delegations = comment.thread.paragraph.agreement.dialogue.delegations
    called = named(text, (one.code for one in delegations))
    return tuple(one for one in delegations if one.code in called)
