"""The pages of the discussion: begun, replied to, edited, shared anew, resolved; each for those only who read it."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tests import factories
from tests.blueprints.tables import BELL, Table, sends
from tests.conftest import Begin
from tests.participants import Participant
from tests.web import SignIn
from workflow.domain.bilingual import Bilingual
from workflow.models import Comment, JournalEntry, Scope, Task, Thread

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def page(table: Table) -> str:
    """The address of the paragraph on the table."""
    return f"/paragraphs/{table.paragraph.id}"


@pytest.fixture
def internal(writing: Begin, table: Table) -> Thread:
    """What the U.S. adviser said to the own delegation."""
    return _thread(writing, table, Scope.DELEGATION)


@pytest.fixture
def shared(writing: Begin, table: Table) -> Thread:
    """What the U.S. adviser said to all sides."""
    return _thread(writing, table, Scope.SHARED)


@pytest.fixture
def task(writing: Begin, table: Table, shared: Thread) -> Task:
    """The shared remark, given to the U.S. drafter."""
    cast = table.cast
    with writing() as session:
        said = session.get_one(Comment, shared.comments[0].id)
        return factories.a_task(session, said, session.merge(cast.us_head), session.merge(cast.us_drafter))


def _thread(writing: Begin, table: Table, scope: Scope) -> Thread:
    with writing() as session:
        adviser = session.merge(table.cast.us_adviser)
        return factories.a_thread(session, session.merge(table.paragraph), adviser, f"Said: {scope}.", scope=scope)


@pytest.fixture
def count(reading: Begin) -> Callable[[type], int]:
    """Return how many rows of a kind there are."""

    def counted(kind: type) -> int:
        with reading() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0

    return counted


def addresses(thread: Thread) -> Iterator[tuple[str, str]]:
    """Return every way to a thread and its comment: how, and where."""
    said = thread.comments[0].id
    yield from (("get", f"/threads/{thread.id}"), ("get", f"/comments/{said}/edit"), ("get", f"/comments/{said}/share"))
    yield "get", f"/comments/{said}/tasks/new"
    yield from (("post", f"/threads/{thread.id}/{what}") for what in ("replies", "resolve", "reopen"))
    yield from (("post", f"/comments/{said}/{what}") for what in ("edit", "withdraw", "share", "tasks"))


@pytest.mark.parametrize("who", ["cn_head", "cn_drafter", "cn_adviser", "observer", "secretariat", "outsider"])
def test_to_all_others_an_internal_thread_does_not_exist_by_any_way(
    sign_in: SignIn, table: Table, internal: Thread, count: Callable[[type], int], who: str
) -> None:
    person = sign_in(table.who(who)).opens("/")
    for method, address in addresses(internal):
        missing = address.replace(str(internal.id), str(uuid4())).replace(str(internal.comments[0].id), str(uuid4()))
        answers = []
        for there in (address, missing):
            if method == "get":
                answers.append((person.opens(there).status, person.text))
            else:
                person.opens("/")
                answers.append((sends(person, there, comment="Psst.", version="1").status, person.text))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404
    assert count(Comment) == 1


def test_a_stranger_is_asked_to_sign_in(sign_in: SignIn, shared: Thread) -> None:
    assert sign_in(None).opens(f"/threads/{shared.id}").title == "Sign in"


@pytest.mark.parametrize("who", ["cn_head", "us_head", "observer", "secretariat"])
def test_a_shared_thread_is_read_by_all_and_names_persons_to_their_own_side(
    sign_in: SignIn, table: Table, shared: Thread, who: str
) -> None:
    person = sign_in(table.who(who)).opens(f"/threads/{shared.id}")

    assert "Said: shared." in person.text
    assert ("US adviser" in person.text) == (who == "us_head")
    assert "Only our delegation reads this" not in person.text
    assert sign_in(table.outsider).opens(f"/threads/{shared.id}").status == 404


@pytest.mark.parametrize("who", ["cn_head", "us_head", "secretariat"])
def test_only_its_author_edits_or_withdraws_a_comment(sign_in: SignIn, table: Table, shared: Thread, who: str) -> None:
    person = sign_in(table.who(who)).opens(f"/threads/{shared.id}")

    assert not person.sees_button("Withdraw")
    assert sends(person, f"/comments/{shared.comments[0].id}/withdraw", version="1").status == 403
    assert person.opens(f"/comments/{shared.comments[0].id}/edit").status == 403


def test_an_observer_reads_and_says_nothing(sign_in: SignIn, table: Table, shared: Thread, page: str) -> None:
    observer = sign_in(table.cast.observer).opens(page)
    assert "Said: shared." in observer.text
    assert not observer.sees_button("Comment to both sides")

    observer.opens(f"/threads/{shared.id}")
    assert not observer.sees_button("Reply to both sides")
    assert sends(observer, f"/threads/{shared.id}/resolve").status == 403


def test_the_scope_is_said_in_words_and_shown_in_its_own_place(
    sign_in: SignIn, table: Table, internal: Thread, shared: Thread, page: str
) -> None:
    adviser = sign_in(table.cast.us_adviser).opens(page)
    [inside] = [one for one in adviser.page.iter("section") if one.get("id") == "internal"]
    [outside] = [one for one in adviser.page.iter("section") if one.get("id") == "shared"]

    assert "Said: delegation." in inside.text_content()
    assert "Only our delegation reads this" in inside.text_content()
    assert "Whoever operates this server can technically read" in inside.text_content()
    assert "Said: shared." in outside.text_content()
    assert "Said: delegation." not in outside.text_content()
    assert not [one for one in outside.iter() if "thread--internal" in (one.get("class") or "")]
    assert internal.id != shared.id


def test_words_are_quoted_by_typing_them(sign_in: SignIn, table: Table, page: str) -> None:
    words = factories.PROSE.zh[:4]
    drafter = sign_in(table.cast.us_drafter).opens(page)

    drafter.presses("Note for our delegation", comment="Here.", quoted=words, language="zh")

    assert drafter.status == 200
    assert "quoted from wording 1" in drafter.text
    [quoted] = [one.text for one in drafter.page.iter("blockquote")]
    assert quoted == words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"quoted": "Not a word of it."}, "do not stand in the text of that language"),
        ({"quoted": "e"}, "Say which of them you mean"),
        ({"quoted": "e", "which": "999"}, "do not stand in the text of that language"),
        ({"quoted": "e", "which": "0"}, "Not a valid choice."),
        ({"quoted": "e", "which": "first"}, "Not a valid integer value."),
        ({"quoted": "e", "which": "1", "language": "fr"}, "Not a valid choice."),
        ({"about": str(uuid4())}, "Not a valid choice."),
        ({"scope": "everybody"}, "Not a valid choice."),
        ({"comment": f"a{BELL}"}, "cannot be shown on paper"),
        ({"comment": " "}, "Something must be written here."),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(
    sign_in: SignIn, table: Table, page: str, count: Callable[[type], int], typed: dict[str, str], said: str
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(page)

    drafter.presses("Comment to both sides", **({"comment": "Kept."} | typed))

    assert drafter.status == 422
    assert said in drafter.text
    assert drafter.typed("comment") == typed.get("comment", "Kept.")
    assert drafter.typed("quoted") == typed.get("quoted", "")
    assert count(Thread) == 0


def test_a_thread_is_about_an_amendment_or_about_words(
    sign_in: SignIn, writing: Begin, table: Table, page: str, count: Callable[[type], int]
) -> None:
    with writing() as session:
        made = factories.an_amendment(session, session.merge(table.paragraph), session.merge(table.cast.cn_drafter))
    drafter = sign_in(table.cast.us_drafter).opens(page).follows("Comment on this amendment")
    drafter.presses("Note for our delegation", comment="Both?", quoted="e", which="1")
    assert drafter.status == 422
    assert "not both" in drafter.text

    drafter.presses("Note for our delegation", quoted="", which="")

    assert "Amendment 1: before the other side" in drafter.text
    assert count(Thread) == 1
    other = sign_in(table.cast.us_drafter).opens(f"{page}/threads/new?scope=shared&about={made.id}")
    assert "Comment to both sides" in other.text
    assert "Only our delegation reads this" not in other.text


def test_a_text_that_changed_meanwhile_is_not_quoted_unseen(
    sign_in: SignIn, writing: Begin, table: Table, page: str, count: Callable[[type], int]
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(page)
    with writing() as session:
        factories.a_wording(session, session.merge(table.paragraph), factories.PROSE)

    drafter.presses("Note for our delegation", comment="Kept.", quoted=factories.PROSE.en[:30])

    assert drafter.status == 409
    assert "Kept." in [str(one.text).strip() for one in drafter.page.iter("textarea")]
    assert count(Thread) == 0


def test_words_of_an_earlier_wording_are_quoted_from_the_history(
    sign_in: SignIn, writing: Begin, table: Table, page: str
) -> None:
    with writing() as session:
        factories.a_wording(session, session.merge(table.paragraph), Bilingual("Other words.", "其他文字。"))
    drafter = sign_in(table.cast.us_drafter).opens(page)
    link = next(one for one in drafter.page.iter("a") if (one.get("href") or "").endswith("wording=1"))
    drafter.opens(str(link.get("href")))
    assert "Words are quoted from wording 1" in drafter.text
    drafter.presses("Note for our delegation", comment="Kept.", quoted="Other words.")
    assert drafter.status == 422
    assert "Words are quoted from wording 1" in drafter.text

    drafter.presses("Note for our delegation", comment="It was better.", quoted=factories.PROSE.en[:30])

    assert drafter.status == 200
    assert "These words stood in wording 1." in drafter.text
    assert "Words are quoted from" not in drafter.opens(f"{page}/threads/new?wording=2").text
    assert drafter.opens(f"{page}/threads/new?wording=99").status == 200


def test_the_secretariat_is_offered_the_shared_form_alone(sign_in: SignIn, table: Table, page: str) -> None:
    secretariat = sign_in(table.cast.secretariat).opens(page)
    assert not secretariat.sees_button("Note for our delegation")
    assert "Only our delegation reads this" not in secretariat.text

    secretariat.opens(f"{page}/threads/new?scope=delegation")

    assert secretariat.can_press("Comment to both sides")
    index = secretariat.opens(f"/agreements/{table.agreement.id}/discussion?show=all")
    assert "Only our delegation reads this" not in index.text


def test_sharing_is_writing_anew_after_reading_exactly_what_the_other_side_will(
    sign_in: SignIn, table: Table, internal: Thread, reading: Begin, count: Callable[[type], int]
) -> None:
    head = sign_in(table.cast.us_head).opens(f"/threads/{internal.id}").follows("Say it to both sides…")
    [preview] = [one for one in head.page.iter("section") if one.get("id") == "preview"]
    assert "Said: delegation." in preview.text_content()
    assert "US head" not in preview.text_content()

    head.presses("Share exactly this", comment="Politer.")
    assert count(Thread) == 1, "what the preview did not show is shown first"
    [preview] = [one for one in head.page.iter("section") if one.get("id") == "preview"]
    assert "Politer." in preview.text_content()

    head.presses("Share exactly this")
    assert head.status == 200
    made = head.path
    other = sign_in(table.cast.cn_head).opens(made)
    assert "Politer." in other.text
    assert other.opens(f"/threads/{internal.id}").status == 404
    with reading() as session:
        shared = session.scalars(sa.select(Thread).where(Thread.scope == Scope.SHARED)).one()
        details = session.scalars(sa.select(JournalEntry.details).where(JournalEntry.chain == "")).all()
        assert shared.membership_id == table.cast.us_head.id
        assert not [one for one in details if str(internal.id) in one or str(internal.comments[0].id) in one]
        assert session.get_one(Thread, internal.id).scope is Scope.DELEGATION


def test_what_is_shared_anew_is_about_the_same_words_while_they_stand(
    sign_in: SignIn, table: Table, page: str, count: Callable[[type], int]
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(page)
    drafter.presses("Note for our delegation", comment="Here.", quoted="e", which="2")
    drafter.follows("Open this thread").follows("Say it to both sides…")
    assert (drafter.typed("quoted"), drafter.typed("which")) == ("e", "2")

    drafter.presses("Share exactly this")

    assert "quoted from wording 1" in drafter.text
    assert count(Thread) == 2


def test_the_preview_says_what_the_thread_would_say_of_its_amendment(
    sign_in: SignIn, writing: Begin, table: Table, page: str
) -> None:
    with writing() as session:
        factories.an_amendment(session, session.merge(table.paragraph), session.merge(table.cast.cn_drafter))
    drafter = sign_in(table.cast.us_drafter).opens(page).follows("Comment on this amendment")
    drafter.presses("Note for our delegation", comment="Why?").follows("Open this thread")
    drafter.follows("Say it to both sides…")
    [preview] = [one for one in drafter.page.iter("section") if one.get("id") == "preview"]
    said = "Amendment 1: before the other side"
    assert said in preview.text_content()

    drafter.presses("Share exactly this")

    assert said in sign_in(table.cast.cn_head).opens(drafter.path).text


def test_what_is_shared_of_a_deferred_paragraph_says_that_it_is(
    sign_in: SignIn, writing: Begin, table: Table, internal: Thread
) -> None:
    with writing() as session:
        for drafter in (table.cast.us_drafter, table.cast.cn_drafter):
            factories.a_deferral_voice(session, session.merge(table.paragraph), session.merge(drafter))
    head = sign_in(table.cast.us_head).opens(f"/comments/{internal.comments[0].id}/share")
    head.presses("Show what it would look like", quoted="e", which="1")
    [preview] = [one for one in head.page.iter("section") if one.get("id") == "preview"]

    assert "Deferred" in preview.text_content()
    assert "They no longer stand there" in preview.text_content()


def test_what_would_name_a_colleague_or_cannot_be_quoted_is_not_shared(
    sign_in: SignIn, table: Table, internal: Thread, count: Callable[[type], int]
) -> None:
    share = f"/comments/{internal.comments[0].id}/share"
    head = sign_in(table.cast.us_head).opens(share)
    assert head.presses("Show what it would look like", comment="@US drafter thinks so.").status == 409
    assert "names a person of your delegation" in head.text

    head.opens(share).presses("Share exactly this", quoted="Not there.")
    assert head.status == 422
    assert not head.sees_button("Share exactly this")
    assert head.presses("Show what it would look like", quoted="").status == 200
    assert count(Thread) == 1


def test_edits_and_withdrawals_are_shown_with_what_was_said_before(
    sign_in: SignIn, table: Table, shared: Thread
) -> None:
    there = f"/threads/{shared.id}"
    adviser = sign_in(table.cast.us_adviser).opens(there).follows("Edit")
    assert adviser.typed("comment") == "Said: shared."
    assert adviser.presses("Save the edit", comment="").status == 422

    adviser.presses("Save the edit", comment="Said better.")
    other = sign_in(table.cast.cn_head).opens(there)
    for words in ("Said better.", "edited ", "What it said before", "Said: shared."):
        assert words in other.text

    adviser.presses("Withdraw")
    other.opens(there)
    assert "Withdrawn by its author" in other.text
    assert "Said better." in other.text, "on record, in its earlier versions"
    assert "Said better." not in other.opens(f"/paragraphs/{table.paragraph.id}").text


def test_an_edit_of_what_was_edited_meanwhile_is_refused_and_kept(
    sign_in: SignIn, table: Table, shared: Thread
) -> None:
    first = sign_in(table.cast.us_adviser).opens(f"/comments/{shared.comments[0].id}/edit")
    second = sign_in(table.cast.us_adviser).opens(f"/comments/{shared.comments[0].id}/edit")
    first.presses("Save the edit", comment="First.")

    second.presses("Save the edit", comment="Second.")

    assert second.status == 409
    assert "Second." in [str(one.text).strip() for one in second.page.iter("textarea")]


def test_a_thread_is_resolved_and_reopened_with_who_and_when(sign_in: SignIn, table: Table, shared: Thread) -> None:
    there = f"/threads/{shared.id}"
    head = sign_in(table.cast.us_head).opens(there).presses("Resolve")
    assert not head.sees_button("Reply to both sides")
    assert "US head" in head.text
    other = sign_in(table.cast.cn_drafter).opens(there)
    assert "Resolved: US" in other.text
    assert "US head" not in other.text
    assert "1 resolved thread" in other.opens(f"/paragraphs/{table.paragraph.id}").text

    assert sends(head, f"{there}/resolve").status == 409
    other.opens(there).presses("Reopen").presses("Reply to both sides", comment="One more thing.")

    assert "One more thing." in head.opens(there).text
    assert "Reopened" in head.text
    assert head.presses("Reply to both sides", comment=" ").status == 422


def test_a_mention_is_on_the_desk_until_the_act_that_says_it_was_seen(sign_in: SignIn, table: Table, page: str) -> None:
    sign_in(table.cast.us_adviser).opens(page).presses("Note for our delegation", comment="@US head, please read.")
    head = sign_in(table.cast.us_head).opens("/").opens("/")
    assert "You are named" in head.text

    head.presses("Seen, open it")

    assert "@US head, please read." in head.text
    assert "You are named" not in head.opens("/").text
    for who in ("us_drafter", "cn_head", "secretariat"):
        assert "You are named" not in sign_in(table.who(who)).opens("/").text


def test_a_task_is_given_done_and_taken_back_in_sight_of_the_own_side_alone(
    sign_in: SignIn, table: Table, shared: Thread
) -> None:
    there = f"/threads/{shared.id}"
    head = sign_in(table.cast.us_head).opens(there).follows("Make it a task")
    assert head.presses("Give this task", due="").status == 422
    assert head.presses("Give this task", due="2000-01-01T10:00").status == 409
    drafter = str(table.cast.us_drafter.id)
    head.opens(f"/comments/{shared.comments[0].id}/tasks/new")
    assert head.presses("Give this task", due="2099-01-01T10:00", assignee=str(table.cast.cn_head.id)).status == 422
    head.presses("Give this task", due="2099-01-01T10:00", assignee=drafter)
    assert "Task for US drafter" in head.text

    colleague = sign_in(table.cast.us_drafter).opens("/")
    assert "Given to you" in colleague.text
    colleague.follows("Open")
    assert "Jan 1, 2099, 10:00" in colleague.text
    colleague.presses("It is done")
    assert "Given to you" not in colleague.opens("/").text
    head.opens(there).presses("Reopen the task").presses("Take the task back")
    for who in ("cn_head", "secretariat", "observer"):
        other = sign_in(table.who(who)).opens(there)
        assert "ask for" not in other.text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("us_drafter", 200),
        ("us_head", 200),
        ("us_adviser", 403),
        ("cn_head", 404),
        ("secretariat", 404),
        ("observer", 404),
        ("outsider", 404),
    ],
)
def test_a_task_is_closed_by_whom_it_concerns_and_by_the_own_head(
    sign_in: SignIn, table: Table, task: Task, who: str, status: int
) -> None:
    person = sign_in(table.who(who)).opens("/")

    assert sends(person, f"/tasks/{task.id}/done").status == status


def test_the_discussion_can_be_filtered_by_paragraph_and_kind(
    sign_in: SignIn, table: Table, internal: Thread, shared: Thread, page: str
) -> None:
    head = sign_in(table.cast.us_head).opens(page).follows("Discussion of this paragraph, with filters")
    assert "Said: shared." in head.text
    for label, seen in (
        ("Internal", (True, False)),
        ("Shared", (False, True)),
        ("Mine", (False, False)),
        ("Since I looked", (True, True)),
        ("All", (True, True)),
    ):
        head.follows(label)
        assert ("Said: delegation." in head.text, "Said: shared." in head.text) == seen, label
    heading = f"/agreements/{table.agreement.id}/discussion?paragraph={table.heading.id}"
    assert "Said:" not in head.opens(heading).text
    assert "Said: shared." in head.follows("all paragraphs").text
    assert head.opens(f"/agreements/{table.agreement.id}/discussion?show=nothing&paragraph=x").status == 200
    assert internal.id != shared.id


def test_script_in_any_text_of_a_discussion_is_inert_on_every_page(sign_in: SignIn, table: Table, page: str) -> None:
    text = factories.PROSE
    drafter = sign_in(table.cast.us_drafter).opens(page)
    drafter.presses("Note for our delegation", comment=SCRIPT, quoted=text.en[:20], language="en")
    drafter.follows("Open this thread")
    thread = drafter.path
    drafter.presses("Reply to our delegation", comment=SCRIPT)
    drafter.follows("Edit").presses("Save the edit", comment=f"{SCRIPT} again")
    pages: list[Callable[[], Participant]] = [
        lambda: drafter.opens(page),
        lambda: drafter.opens(thread),
        lambda: drafter.opens(thread).follows("Edit"),
        lambda: drafter.opens(thread).follows("Make it a task"),
        lambda: drafter.opens(thread).follows("Say it to both sides…"),
        lambda: drafter.opens(f"/agreements/{table.agreement.id}/discussion"),
        lambda: drafter.opens(page).presses("Comment to both sides", comment=SCRIPT, quoted=SCRIPT),
        lambda: drafter.opens(page).presses("Comment to both sides", comment=f"{SCRIPT} @US head"),
    ]
    for look in pages:
        assert "alert(1)" in look().text
        assert not [one for one in drafter.page.iter("script") if "alert" in (one.text or "")]
