"""Comments, open or within a delegation."""

from sqlalchemy import orm

from workflow.domain.negotiation import Act, Move
from workflow.models import SHARED, Comment, Entered, Membership, Paragraph, Scope
from workflow.services.acts import approach, seat
from workflow.services.clock import now
from workflow.services.journal import chain_of, enter


def write(session: orm.Session, *, paragraph: Paragraph, by: Membership, scope: Scope, text: str) -> Comment:
    """Say `text` of `paragraph` to whom `scope` names; return the comment, flushed.

    Raises:
        OutOfOrder: If the text is recorded as published: it is not under discussion here.
        ValueError: If `by` belongs to no delegation and `scope` is a delegation's.

    """
    internal = scope is Scope.DELEGATION
    if internal:
        seat(by)
    move = Move(act=Act.COMMENT, by=by.delegation.code if by.delegation else "")
    approach(session, paragraph, move)
    wording = paragraph.current_wording
    comment = Comment(
        paragraph=paragraph,
        delegation=by.delegation,
        membership=by,
        scope=scope,
        text=text,
        wording_number=wording.number if wording else None,
        at=now(session),
    )
    session.add(comment)
    session.flush()
    enter(
        session,
        Entered.COMMENTED_INTERNALLY if internal else Entered.COMMENTED,
        by=by,
        dialogue=paragraph.agreement.dialogue,
        agreement=paragraph.agreement,
        paragraph=paragraph,
        chain=chain_of(by) if internal else SHARED,
        comment=str(comment.id),
    )
    return comment
