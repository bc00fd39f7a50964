"""Comments: edited and withdrawn within the record; whom they name, and until when that shows."""

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import common, refusals
from workflow.domain.negotiation import Refusal
from workflow.models import SHARED, Agreement, Comment, Entered, JournalEntry, Membership, Scope
from workflow.services import agreements, comments, desk, documents, threads
from workflow.services.documents import DocumentKind, Form, Making
from workflow.services.reading import read
from workflow.services.visible import visible


@pytest.fixture
def said(session: orm.Session, cast: Cast, agreement: Agreement) -> Comment:
    """What the U.S. adviser said to all sides."""
    return say(session, cast, agreement, "We could live with it.")


def say(
    session: orm.Session,
    cast: Cast,
    agreement: Agreement,
    text: str,
    *,
    by: Membership | None = None,
    scope: Scope = Scope.SHARED,
) -> Comment:
    paragraph = agreement.paragraphs[0] if agreement.paragraphs else common(session, agreement, cast)
    author = by or cast.us_adviser
    return threads.begin(session, paragraph=paragraph, by=author, scope=scope, text=text).comments[0]


def named_on_the_desk_of(session: orm.Session, member: Membership) -> list[str]:
    return [one.comment.text for one in desk.desk(session, member).mentions]


def test_an_edit_leaves_what_was_said_on_record_for_all_who_read_the_thread(
    session: orm.Session, cast: Cast, said: Comment
) -> None:
    comments.edit(session, comment=said, by=cast.us_adviser, text="We can live with it.", version=1)

    for member in cast.members:
        [read_by] = session.scalars(visible(member.actor).comments()).all()
        assert (read_by.text, [one.text for one in read_by.earlier]) == (
            "We can live with it.",
            ["We could live with it."],
        )
        assert read_by.edited_at == read_by.versions[1].at
    acts = session.scalars(sa.select(JournalEntry.act).where(JournalEntry.chain == SHARED)).all()
    assert acts.count(Entered.COMMENT_EDITED) == 1


def test_what_is_withdrawn_stays_on_record_and_counts_no_more(
    session: orm.Session, cast: Cast, agreement: Agreement, said: Comment
) -> None:
    before = agreements.comment_counts(session, agreement.id, cast.cn_head.actor)
    comments.withdraw(session, comment=said, by=cast.us_adviser, version=1)

    assert said.is_withdrawn
    assert said.edited_at is None
    assert [one.text for one in said.earlier] == [said.text] == ["We could live with it."]
    assert list(before.values()) == [1]
    assert agreements.comment_counts(session, agreement.id, cast.cn_head.actor) == {}
    assert refusals(
        lambda: comments.edit(session, comment=said, by=cast.us_adviser, text="No.", version=said.version)
    ) == (Refusal.COMMENT_IS_WITHDRAWN,)
    assert refusals(lambda: comments.withdraw(session, comment=said, by=cast.us_adviser, version=said.version)) == (
        Refusal.COMMENT_IS_WITHDRAWN,
    )


def test_an_edit_says_something_else_and_is_of_what_the_page_showed(
    session: orm.Session, cast: Cast, said: Comment
) -> None:
    assert refusals(lambda: comments.edit(session, comment=said, by=cast.us_adviser, text=said.text, version=1)) == (
        Refusal.NOTHING_CHANGES,
    )
    for act in (
        lambda: comments.edit(session, comment=said, by=cast.us_adviser, text="Other.", version=2),
        lambda: comments.withdraw(session, comment=said, by=cast.us_adviser, version=0),
    ):
        assert refusals(act) == (Refusal.COMMENT_HAS_CHANGED,)
    assert said.version == 1


def test_documents_print_what_is_said_openly_and_stands(
    session: orm.Session, cast: Cast, agreement: Agreement, said: Comment
) -> None:
    say(session, cast, agreement, "Ours alone.", scope=Scope.DELEGATION)
    gone = say(session, cast, agreement, "Taken back.")
    comments.withdraw(session, comment=gone, by=cast.us_adviser, version=1)
    threads.reply(session, thread=said.thread, by=cast.cn_head, text="同意。")
    comments.edit(session, comment=said, by=cast.us_adviser, text="We can live with it.", version=1)

    making = Making(kind=DocumentKind.WORKING_TABLE, form=Form.TEXT)
    printed = documents.make(session, read(session, agreement.id), making).decode()

    assert printed.index("We can live with it.") < printed.index("同意。")
    for hidden in ("Ours alone.", "Taken back.", "We could live with it."):
        assert hidden not in printed


def test_a_colleague_who_is_named_finds_it_on_the_desk_until_having_said_to_have_seen_it(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    text = "@US head and @US translator: can we?"
    say(session, cast, agreement, text, scope=Scope.DELEGATION)
    assert named_on_the_desk_of(session, cast.us_head) == named_on_the_desk_of(session, cast.us_translator) == [text]
    for other in (*cast.of("CN"), cast.us_drafter, cast.us_adviser, cast.secretariat, cast.observer):
        assert named_on_the_desk_of(session, other) == []

    [mention] = desk.desk(session, cast.us_head).mentions
    comments.see(session, mention=mention, by=cast.us_head)
    comments.see(session, mention=mention, by=cast.us_head)

    assert named_on_the_desk_of(session, cast.us_head) == []
    assert named_on_the_desk_of(session, cast.us_translator) == [text]


def test_who_is_not_named_has_nothing_to_see(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    said = say(session, cast, agreement, "@US head", scope=Scope.DELEGATION)

    comments.see(session, mention=said.mentions[0], by=cast.us_drafter)

    assert named_on_the_desk_of(session, cast.us_head) == ["@US head"]


def test_before_all_sides_delegations_are_named_and_each_of_its_members_finds_it(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    say(session, cast, agreement, "@CN, what do you think? @US")

    for member in cast.members:
        expected = (
            [] if member in {cast.us_adviser, cast.secretariat, cast.observer} else ["@CN, what do you think? @US"]
        )
        assert named_on_the_desk_of(session, member) == expected


def test_a_persons_name_does_not_reach_the_other_side(
    session: orm.Session, cast: Cast, agreement: Agreement, said: Comment
) -> None:
    for act in (
        lambda: say(session, cast, agreement, "Ask @US head."),
        lambda: threads.reply(session, thread=said.thread, by=cast.us_adviser, text="@US HEAD?"),
        lambda: comments.edit(session, comment=said, by=cast.us_adviser, text="@US head", version=1),
    ):
        assert refusals(act) == (Refusal.NAMES_A_COLLEAGUE,)
    # Whether somebody of that name sits on the other side, nobody learns.
    threads.reply(session, thread=said.thread, by=cast.cn_head, text="@US head")
    assert len(session.scalars(sa.select(Comment)).all()) == 2


def test_before_all_sides_the_letters_of_a_delegation_mean_it_whoever_is_called_the_same(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    cast.us_head.account.name = "cn"
    session.flush()
    said = say(session, cast, agreement, "@CN, what do you think?")
    assert [one.delegation_id for one in said.mentions] == [cast.cn.id]
    assert named_on_the_desk_of(session, cast.us_head) == []

    say(session, cast, agreement, "@CN, please look.", scope=Scope.DELEGATION)
    assert named_on_the_desk_of(session, cast.us_head) == ["@CN, please look."]
    named_as_well = lambda: say(session, cast, agreement, "@CN, ask @US drafter.")  # noqa: E731 -- one act
    assert refusals(named_as_well) == (Refusal.NAMES_A_COLLEAGUE,)


def test_an_edit_names_anew_only_whom_it_did_not_name_before_and_a_withdrawal_names_nobody(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    said = say(session, cast, agreement, "@US head", scope=Scope.DELEGATION)
    comments.see(session, mention=said.mentions[0], by=cast.us_head)

    comments.edit(session, comment=said, by=cast.us_adviser, text="@US head, @US drafter", version=1)
    assert named_on_the_desk_of(session, cast.us_head) == []
    assert named_on_the_desk_of(session, cast.us_drafter) == ["@US head, @US drafter"]

    comments.withdraw(session, comment=said, by=cast.us_adviser, version=2)
    assert named_on_the_desk_of(session, cast.us_drafter) == []
