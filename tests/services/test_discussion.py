"""What stands in the margin of a text: unresolved threads, the own apart, in a constant number of statements."""

import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import Cast, a_comment, a_paragraph, a_thread, a_thread_event
from workflow.domain.discussion import ThreadAct
from workflow.models import Agreement, Membership, Scope
from workflow.services.discussion import in_the_margin


def statements(session: orm.Session, agreement: Agreement, by: Membership) -> int:
    """Return how many statements it takes to read the margin, and to say all that it says."""
    key, actor = agreement.id, by.actor
    session.flush()
    session.expunge_all()
    issued: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        issued.append(statement)

    sa.event.listen(session.get_bind(), "before_cursor_execute", listen)
    try:
        for notes in in_the_margin(session, key, actor).values():
            for thread in (*notes.internal, *notes.shared):
                first = thread.comments[0]
                _ = first.text, first.membership.account.name, first.is_withdrawn, thread.delegation, first.delegation
    finally:
        sa.event.remove(session.get_bind(), "before_cursor_execute", listen)
    return len(issued)


def test_unresolved_threads_stand_by_their_paragraph_the_own_ones_apart(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    one, other = a_paragraph(session, agreement), a_paragraph(session, agreement)
    shared = [a_thread(session, one, cast.us_drafter), a_thread(session, one, cast.cn_drafter)]
    own = a_thread(session, one, cast.us_drafter, scope=Scope.DELEGATION)
    a_thread(session, other, cast.cn_drafter, scope=Scope.DELEGATION)
    a_thread_event(session, a_thread(session, other, cast.us_drafter), cast.us_head)
    reopened = a_thread(session, other, cast.us_drafter)
    a_thread_event(session, reopened, cast.us_head)
    a_thread_event(session, reopened, cast.cn_head, ThreadAct.REOPENED)

    found = in_the_margin(session, agreement.id, cast.us_adviser.actor)

    assert (found[one.id].internal, found[one.id].shared) == ((own,), tuple(shared))
    assert (found[other.id].internal, found[other.id].shared) == ((), (reopened,))
    seen = in_the_margin(session, agreement.id, cast.observer.actor)
    assert [notes.internal for notes in seen.values()] == [(), ()]


def test_many_threads_take_as_many_statements_as_one(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph, us, cn = a_paragraph(session, agreement), cast.us_drafter, cast.cn_drafter
    a_comment(session, a_thread(session, paragraph, us), cn)
    one = statements(session, agreement, us)
    agreement, us, cn = session.merge(agreement), session.merge(us), session.merge(cn)
    for _ in range(4):
        for scope in Scope:
            a_comment(session, a_thread(session, a_paragraph(session, agreement), us, scope=scope), us)
        a_comment(session, a_thread(session, a_paragraph(session, agreement), cn), us)

    assert statements(session, agreement, us) == one
