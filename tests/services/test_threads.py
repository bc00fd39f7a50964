"""Threads: in one scope for good, about a paragraph, an amendment or words; replied to, resolved, reopened."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import Cast, a_paragraph, an_amendment
from tests.services.moves import CHANGED, TEXT, accepted, amended, common, refusals, tabled
from workflow.domain.bilingual import Language
from workflow.domain.content import digest
from workflow.domain.discussion import Bearing, Quotation, quote
from workflow.domain.negotiation import AmendmentKind, Refusal, Standing
from workflow.models import SHARED, Agreement, Entered, JournalEntry, Membership, Paragraph, Scope, Thread
from workflow.services import agreements, amendments, deferrals, desk, discussion, looks, threads
from workflow.services.discussion import Filter
from workflow.services.reading import read


@pytest.fixture
def paragraph(session: orm.Session, cast: Cast, agreement: Agreement) -> Paragraph:
    """A text in common."""
    return common(session, agreement, cast)


def entries(session: orm.Session, chain: str, act: Entered) -> Sequence[JournalEntry]:
    found = sa.select(JournalEntry).where(JournalEntry.chain == chain, JournalEntry.act == act)
    return session.scalars(found.order_by(JournalEntry.number)).all()


def begun(
    session: orm.Session,
    paragraph: Paragraph,
    by: Membership,
    text: str = "A remark.",
    *,
    scope: Scope = Scope.SHARED,
    quotation: Quotation | None = None,
) -> Thread:
    return threads.begin(
        session, paragraph=paragraph, by=by, scope=scope, text=text, quotation=quotation, base=paragraph.base
    )


def shown(session: orm.Session, thread: Thread, reader: Membership) -> discussion.ThreadShown:
    return discussion.thread_page(session, thread, reader.actor).shown


def found(session: orm.Session, agreement: Agreement, reader: Membership, show: Filter) -> set[Thread]:
    page = discussion.page(session, agreement.id, reader.actor, show=show)
    return {one.thread for one in (*page.internal, *page.shared)}


@pytest.mark.parametrize(
    ("scope", "chain", "act"),
    [(Scope.SHARED, SHARED, Entered.COMMENTED), (Scope.DELEGATION, "US", Entered.COMMENTED_INTERNALLY)],
)
def test_a_thread_is_entered_in_the_chain_of_those_who_read_it_without_its_words(
    session: orm.Session, cast: Cast, paragraph: Paragraph, scope: Scope, chain: str, act: Entered
) -> None:
    thread = begun(session, paragraph, cast.us_adviser, "Our red line.", scope=scope)

    [entry] = entries(session, chain, act)
    said = thread.comments[0]
    assert entry.said == {"thread": str(thread.id), "comment": str(said.id), "hash": digest(["Our red line."])}
    assert (said.text, said.wording_number, thread.wording_number) == ("Our red line.", 1, 1)


@pytest.mark.parametrize(("scope", "chain"), [(Scope.SHARED, SHARED), (Scope.DELEGATION, "US")])
def test_replies_and_ends_are_entered_where_the_thread_is_read(
    session: orm.Session, cast: Cast, paragraph: Paragraph, scope: Scope, chain: str
) -> None:
    thread = begun(session, paragraph, cast.us_adviser, scope=scope)
    threads.reply(session, thread=thread, by=cast.us_head, text="Noted.")
    threads.resolve(session, thread=thread, by=cast.us_head)
    threads.reopen(session, thread=thread, by=cast.us_drafter)

    assert [one.number for one in thread.comments] == [1, 2]
    assert [(one.membership, one.act) for one in thread.events] == [
        (cast.us_head, "resolved"),
        (cast.us_drafter, "reopened"),
    ]
    for act in (Entered.THREAD_RESOLVED, Entered.THREAD_REOPENED):
        assert [one.said for one in entries(session, chain, act)] == [{"thread": str(thread.id)}]


def test_a_resolved_thread_is_reopened_before_more_is_said(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    thread = begun(session, paragraph, cast.us_adviser)
    threads.resolve(session, thread=thread, by=cast.cn_head)

    assert refusals(lambda: threads.resolve(session, thread=thread, by=cast.us_head)) == (Refusal.THREAD_IS_RESOLVED,)
    assert refusals(lambda: threads.reply(session, thread=thread, by=cast.us_head, text="But.")) == (
        Refusal.THREAD_IS_RESOLVED,
    )
    threads.reopen(session, thread=thread, by=cast.us_head)
    assert refusals(lambda: threads.reopen(session, thread=thread, by=cast.us_head)) == (Refusal.THREAD_IS_OPEN,)
    threads.reply(session, thread=thread, by=cast.us_head, text="But.")


def test_a_thread_on_an_addition_is_about_no_wording(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    thread = begun(session, tabled(session, agreement, cast.us_drafter), cast.secretariat, "Typing error.")

    assert thread.wording_number is None
    assert thread.comments[0].wording_number is None
    assert thread.delegation is None


def test_who_belongs_to_no_delegation_has_nobody_to_speak_to_alone(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    with pytest.raises(ValueError, match="acts for no delegation"):
        begun(session, paragraph, cast.secretariat, "Psst.", scope=Scope.DELEGATION)


def test_a_published_text_is_not_under_discussion(session: orm.Session, cast: Cast, published: Agreement) -> None:
    recorded = a_paragraph(session, published)

    assert refusals(lambda: begun(session, recorded, cast.us_head)) == (Refusal.RECORDED_AS_PUBLISHED,)


def test_a_thread_is_about_an_amendment_of_its_own_paragraph(
    session: orm.Session, cast: Cast, agreement: Agreement, paragraph: Paragraph
) -> None:
    amendment = amended(session, paragraph, cast.us_drafter)
    other = an_amendment(session, common(session, agreement, cast), cast.us_drafter)
    thread = threads.begin(
        session, paragraph=paragraph, by=cast.cn_head, scope=Scope.SHARED, text="Why?", amendment=amendment
    )
    assert not shown(session, thread, cast.us_head).is_orphan

    amendments.withdraw(session, amendment=amendment, by=cast.us_drafter)

    assert shown(session, thread, cast.us_head).is_orphan
    assert thread in found(session, agreement, cast.us_head, Filter.OPEN)
    assert refusals(
        lambda: threads.begin(
            session, paragraph=paragraph, by=cast.cn_head, scope=Scope.SHARED, text="Why?", amendment=other
        )
    ) == (Refusal.AMENDMENT_IS_CLOSED,)


def test_words_quoted_stay_and_say_when_they_are_gone(session: orm.Session, cast: Cast, paragraph: Paragraph) -> None:
    stays = begun(session, paragraph, cast.us_head, quotation=quote(TEXT, "规则", language=Language.ZH, which=None))
    goes = begun(
        session,
        paragraph,
        cast.us_head,
        quotation=quote(TEXT, "publish procurement", language=Language.EN, which=None),
        scope=Scope.DELEGATION,
    )
    assert [shown(session, one, cast.us_head).bearing for one in (stays, goes)] == [Bearing.STANDS, Bearing.STANDS]

    accepted(session, amended(session, paragraph, cast.us_drafter, CHANGED), cast.cn_drafter)

    assert [shown(session, one, cast.us_head).bearing for one in (stays, goes)] == [Bearing.STANDS, Bearing.GONE]
    assert (goes.quoted, goes.wording_number) == ("publish procurement", 1)


def test_words_are_quoted_from_the_text_the_page_showed(session: orm.Session, cast: Cast, paragraph: Paragraph) -> None:
    before, words = paragraph.base, quote(TEXT, "publish", language=Language.EN, which=None)
    accepted(session, amended(session, paragraph, cast.us_drafter, CHANGED), cast.cn_drafter)

    def begin(base: object, quotation: Quotation) -> Thread:
        return threads.begin(
            session,
            paragraph=paragraph,
            by=cast.us_head,
            scope=Scope.SHARED,
            text="So.",
            quotation=quotation,
            base=base,  # type: ignore[arg-type]  # a key
        )

    assert refusals(lambda: begin(before, words)) == (Refusal.TEXT_HAS_CHANGED,)
    elsewhere = Quotation(language=Language.EN, start=0, words="publish")
    assert refusals(lambda: begin(paragraph.base, elsewhere)) == (Refusal.WORDS_NOT_IN_TEXT,)
    assert begin(paragraph.base, words).quotation == words


def test_words_are_quoted_from_an_earlier_wording(session: orm.Session, cast: Cast, paragraph: Paragraph) -> None:
    words = quote(TEXT, "publish procurement", language=Language.EN, which=None, wording=1)
    accepted(session, amended(session, paragraph, cast.us_drafter, CHANGED), cast.cn_drafter)

    def begin(quotation: Quotation | None) -> Thread:
        return threads.begin(
            session,
            paragraph=paragraph,
            by=cast.us_head,
            scope=Scope.SHARED,
            text="Better.",
            quotation=quotation,
            base=paragraph.base,
        )

    thread = begin(words)
    assert (thread.base, thread.wording_number) == (paragraph.wordings[0].id, 1)
    assert thread.comments[0].wording_number == 2
    assert shown(session, thread, cast.us_head).bearing is Bearing.GONE
    kept = begin(quote(TEXT, "规则", language=Language.ZH, which=None, wording=1))
    assert shown(session, kept, cast.us_head).bearing is Bearing.STANDS
    for wording in (2, 3):
        assert refusals(partial(begin, replace(words, wording=wording))) == (Refusal.WORDS_NOT_IN_TEXT,)
    assert (begin(None).base, begin(None).wording_number) == (paragraph.base, 2)


@pytest.mark.parametrize("how", ["deleted", "deferred", "withdrawn"])
def test_what_is_said_of_a_paragraph_that_is_out_of_the_text_stays_visible(
    session: orm.Session, cast: Cast, agreement: Agreement, how: str
) -> None:
    tables = how == "withdrawn"
    paragraph = tabled(session, agreement, cast.us_drafter) if tables else common(session, agreement, cast)
    thread = begun(session, paragraph, cast.cn_head, quotation=quote(TEXT, "publish", language=Language.EN, which=None))
    if how == "deleted":
        gone = amended(session, paragraph, cast.us_drafter, kind=AmendmentKind.SUP)
        accepted(session, gone, cast.cn_drafter)
    elif how == "withdrawn":
        amendments.withdraw(session, amendment=paragraph.amendments[0], by=cast.us_drafter)
    else:
        for drafter in (cast.us_drafter, cast.cn_drafter):
            face = read(session, agreement.id).faces[paragraph.id]
            deferrals.consent(session, paragraph=paragraph, by=drafter, face=face)

    one = shown(session, thread, cast.us_head)

    assert (one.standing, one.is_orphan, one.bearing) == (Standing(how), True, Bearing.GONE)
    for show in (Filter.OPEN, Filter.SHARED, Filter.ALL):
        assert found(session, agreement, cast.us_head, show) == {thread}


def test_each_filter_shows_what_it_says(
    session: orm.Session, cast: Cast, agreement: Agreement, paragraph: Paragraph
) -> None:
    other = common(session, agreement, cast)
    ours = begun(session, paragraph, cast.us_adviser, "@US head, please.", scope=Scope.DELEGATION)
    shared = begun(session, other, cast.cn_head)
    theirs = begun(session, other, cast.cn_head, scope=Scope.DELEGATION)
    threads.resolve(session, thread=shared, by=cast.cn_head)

    assert found(session, agreement, cast.us_head, Filter.ALL) == {ours, shared}
    assert found(session, agreement, cast.us_head, Filter.OPEN) == {ours}
    assert found(session, agreement, cast.us_head, Filter.INTERNAL) == {ours}
    assert found(session, agreement, cast.us_head, Filter.SHARED) == {shared}
    assert found(session, agreement, cast.us_head, Filter.MINE) == {ours}, "it names the head"
    assert found(session, agreement, cast.us_adviser, Filter.MINE) == {ours}
    assert found(session, agreement, cast.us_translator, Filter.MINE) == set()
    assert found(session, agreement, cast.cn_head, Filter.MINE) == {shared, theirs}
    for who in (cast.secretariat, cast.observer):
        assert found(session, agreement, who, Filter.ALL) == {shared}
    about = discussion.page(session, agreement.id, cast.us_head.actor, show=Filter.ALL, paragraph=paragraph.id)
    assert [one.thread for one in (*about.internal, *about.shared)] == [ours]
    assert about.paragraph is paragraph
    of_another = discussion.page(session, agreement.id, cast.us_head.actor, show=Filter.ALL, paragraph=ours.id)
    assert of_another.paragraph is None


def test_since_i_looked_begins_with_the_look(
    session: orm.Session, cast: Cast, agreement: Agreement, paragraph: Paragraph
) -> None:
    old = begun(session, paragraph, cast.cn_head)
    quiet = begun(session, paragraph, cast.cn_head)
    assert found(session, agreement, cast.us_head, Filter.LOOKED) == {old, quiet}

    looks.look(session, agreement=agreement, by=cast.us_head, seen=agreement.issuable)
    assert found(session, agreement, cast.us_head, Filter.LOOKED) == set()

    threads.reply(session, thread=old, by=cast.cn_head, text="And yet.")
    assert found(session, agreement, cast.us_head, Filter.LOOKED) == {old}
    threads.resolve(session, thread=quiet, by=cast.cn_head)
    assert found(session, agreement, cast.us_head, Filter.LOOKED) == {old, quiet}


def test_pages_take_as_many_statements_for_many_threads_as_for_one(
    session: orm.Session, cast: Cast, agreement: Agreement, paragraph: Paragraph
) -> None:
    counted: list[str] = []

    def statements() -> tuple[int, int, int]:
        session.flush()
        numbers = []
        for look in (
            lambda: agreements.page(session, read(session, agreement.id), cast.us_head.actor),
            lambda: discussion.page(session, agreement.id, cast.us_head.actor, show=Filter.ALL),
            lambda: desk.desk(session, session.get_one(Membership, cast.us_head.id)),
        ):
            session.expire_all()
            cast.us_head.actor  # noqa: B018 -- read before, as the gate does
            counted.clear()
            look()
            numbers.append(len(counted))
        return tuple(numbers)  # type: ignore[return-value]  # three of them

    sa.event.listen(session.get_bind(), "before_cursor_execute", lambda *said: counted.append(str(said[2])))
    begun(session, paragraph, cast.us_adviser, "@US head", scope=Scope.DELEGATION)
    once = statements()
    for number in range(6):
        thread = begun(session, paragraph, cast.us_adviser, f"@US head {number}", scope=Scope.DELEGATION)
        threads.reply(session, thread=thread, by=cast.us_drafter, text="@US head")
        threads.resolve(session, thread=thread, by=cast.us_drafter)

    assert statements() == once
