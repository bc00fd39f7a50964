"""The demonstration: played once on each engine, and looked at from all sides."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy import orm

from tests.conftest import Begin
from tests.databases import Server
from workflow import db, migrating
from workflow.dialogue_file import read, write
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.brackets import Bracket, brackets_in
from workflow.domain.closing import Cause, obstacles
from workflow.domain.discussion import Bearing
from workflow.domain.negotiation import AmendmentKind, Standing
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind
from workflow.models import (
    Account,
    Agreement,
    Amendment,
    Certificate,
    Disposition,
    Draft,
    JournalEntry,
    Membership,
    Outcome,
    Person,
    Scope,
    Thread,
    Wording,
)
from workflow.resources import DATA
from workflow.services import demonstration, dialogues, discussion, journal
from workflow.services.amendments import suggestion
from workflow.services.clock import FIXED
from workflow.services.reading import Reading, carried_items
from workflow.services.reading import read as read_agreement
from workflow.services.rows import negotiating
from workflow.services.visible import visible

HAN = re.compile(r"[㐀-鿿]")
LATIN = re.compile(r"[A-Za-z]{3}")


@pytest.fixture(scope="module")
def demonstrated(server: Server) -> Iterator[sa.Engine]:
    """An engine on a database of its own, with the demonstration in it."""
    url = server.blank()
    migrating.upgrade(url)
    engine = db.make_engine(url)
    with db.writing(engine) as session:
        demonstration.load(session, password="hash")
    yield engine
    engine.dispose()


@pytest.fixture
def session(demonstrated: sa.Engine) -> Iterator[orm.Session]:
    """A look at the demonstration."""
    with db.reading(demonstrated) as session:
        yield session


@pytest.fixture
def exercise(session: orm.Session) -> Reading:
    """The text of the exercise."""
    agreement = dialogues.find_agreement(session, demonstration.AGREEMENT)
    assert agreement
    return read_agreement(session, agreement.id)


def member(session: orm.Session, key: str) -> Membership:
    found = sa.select(Membership).join(Membership.account).where(Account.email == f"{key}@demo.example")
    return session.scalars(found).one()


def test_every_standing_occurs_that_a_negotiated_paragraph_can_have(exercise: Reading) -> None:
    assert set(exercise.standings.values()) == set(Standing) - {Standing.RECORDED}


def test_the_record_of_it_fits(session: orm.Session) -> None:
    assert journal.verify(session) == ()


def test_headings_are_agreed(exercise: Reading) -> None:
    headings = [one.paragraph.id for one in exercise.order if one.paragraph.kind is ParagraphKind.HEADING]

    assert len(headings) == 5
    assert {exercise.standings[key] for key in headings} == {Standing.AGREED}


def test_what_is_agreed_is_certified_by_both_sides(exercise: Reading) -> None:
    agreed = [key for key, standing in exercise.standings.items() if standing is Standing.AGREED]
    uncertified = {one.paragraph for one in obstacles(exercise.closing) if one.cause is Cause.NO_CERTIFICATE}

    assert agreed
    assert uncertified.isdisjoint(agreed)


def test_a_common_text_has_a_live_amendment_of_each_side(exercise: Reading) -> None:
    sides = [{one.by for one in state.live} for state in exercise.states.values() if state.current and state.live]

    assert {"US", "CN"} in sides


def test_a_reservation_says_why(exercise: Reading) -> None:
    [reserved] = [one.paragraph for one in exercise.order if exercise.standings[one.paragraph.id] is Standing.RESERVED]

    assert reserved.positions[-1].reason.strip()


def test_both_sides_comment_openly_and_among_themselves(session: orm.Session) -> None:
    said = {(one.scope, one.delegation.code if one.delegation else None) for one in session.scalars(sa.select(Thread))}

    assert said == {
        (Scope.SHARED, "US"),
        (Scope.SHARED, "CN"),
        (Scope.SHARED, None),
        (Scope.DELEGATION, "US"),
        (Scope.DELEGATION, "CN"),
    }


def test_a_thread_has_a_reply_another_quotes_words_that_are_gone_one_is_resolved_and_one_is_a_task(
    session: orm.Session, exercise: Reading
) -> None:
    drafter = member(session, "us.drafter")
    threads = discussion.shown(session, exercise, drafter.actor)
    other = discussion.shown(session, exercise, member(session, "cn.head").actor)

    assert [one for one in threads if len({said.delegation_id for said in one.thread.comments}) == 2]
    assert [one for one in threads if one.thread.is_internal and one.bearing is Bearing.GONE]
    assert [one for one in other if one.thread.is_resolved and not one.thread.is_internal]
    assert [task.assignee_id for one in threads for task in one.tasks] == [drafter.id]
    assert session.scalars(visible(drafter.actor).mentions()).all()
    assert not [task for one in other for task in one.tasks]


def test_each_side_has_a_private_and_a_shared_draft_that_the_other_does_not_see(session: orm.Session) -> None:
    for own, other in (("us", "cn"), ("cn", "us")):
        seen = session.scalars(visible(member(session, f"{own}.drafter").actor).drafts()).all()
        colleague = session.scalars(visible(member(session, f"{own}.head").actor).drafts()).all()
        stranger = session.scalars(visible(member(session, f"{other}.drafter").actor).drafts()).all()

        assert {one.is_shared for one in seen} == {False, True}
        assert {one.is_shared for one in colleague} == {True}
        assert {one.id for one in seen}.isdisjoint(one.id for one in stranger)


def test_rev_2_is_out_and_the_text_has_moved_on(exercise: Reading) -> None:
    assert exercise.rev == 2
    assert exercise.has_changed_since_rev


def test_one_carried_item_is_disposed_of_and_two_wait(session: orm.Session, exercise: Reading) -> None:
    meeting = exercise.agreement.session
    disposals = [one.disposal_at(meeting.id) for one in carried_items(session, meeting)]

    assert [one.disposition for one in disposals if one] == [Disposition.KEPT]
    assert len(exercise.closing.undisposed) == 2


def test_one_side_proposes_a_point_for_the_next_session_under_the_last_heading(exercise: Reading) -> None:
    item = exercise.in_the_text[-1].paragraph
    heading = [one.paragraph for one in exercise.in_the_text if one.paragraph.kind is ParagraphKind.HEADING][-1]

    assert item.is_agenda_item
    assert exercise.in_the_text[-1].governing
    assert exercise.in_the_text[-1].governing.parent_id == heading.id
    assert heading.text == Bilingual("KEY POINTS TO DISCUSS IN THE NEXT SESSION", "下次会议讨论要点")
    assert exercise.labels[item.id] == Bilingual("(1)", "（1）")


def test_the_exercise_shows_what_a_negotiation_comes_to(exercise: Reading) -> None:
    brackets = [negotiating(exercise.state_of(one.paragraph)) for one in exercise.in_the_text]
    both_sides = [
        {
            language
            for language in Language
            for bracket in brackets_in(one[language])
            if _sides_of(bracket) >= {"US", "CN"}
        }
        for one in brackets
        if one
    ]
    amendments = [amendment for one in exercise.order for amendment in one.paragraph.amendments]
    behind = [one for one in amendments if one.outcome is None and one.against not in {None, one.paragraph.base}]

    assert set(Language) in both_sides, "a bracket with alternatives of both sides in both languages"
    assert Outcome.ACCEPTED_IN_PART in {one.outcome for one in amendments}
    assert any((found := suggestion(one)) and found.colliding for one in behind), "a collision waits for its author"
    assert Stance.WITHDRAWN in {said.stance for one in exercise.order for said in one.paragraph.positions}
    assert Standing.COUNTERPART_PENDING in exercise.standings.values()


def _sides_of(bracket: Bracket) -> set[str]:
    return {side for one in bracket.alternatives for side in one.attributed_to}


def test_each_text_reads_in_its_own_language(session: orm.Session) -> None:
    texts = [one.text for one in session.scalars(sa.select(Wording).join(Wording.paragraph).join(Agreement))]
    texts += [one.text for one in session.scalars(sa.select(Amendment))]
    texts += [one.text for one in session.scalars(sa.select(Draft))]
    assert len(texts) > 100

    for text in texts:
        assert not HAN.search(text.en), text.en
        assert not text.zh or HAN.search(text.zh), text.zh
        assert not text.en or LATIN.search(text.en), text.en


def test_chinese_text_of_the_exercise_has_full_width_punctuation(exercise: Reading) -> None:
    half_width = re.compile(r"(?<=[㐀-鿿])[,.;:!?()]|[,.;:!?()](?=[㐀-鿿])")

    for one in exercise.order:
        assert not half_width.search(one.paragraph.last_text[Language.ZH]), one.paragraph.last_text.zh


def test_one_paragraph_alone_is_in_one_language(exercise: Reading) -> None:
    pending = [one.paragraph.last_text.pending for one in exercise.order if one.paragraph.last_text.pending]

    assert pending == [(Language.EN,)]


def test_accounts_carry_the_names_of_roles_and_nobodys_else(session: orm.Session) -> None:
    accounts = session.scalars(sa.select(Account)).all()
    words = {word for person in session.scalars(sa.select(Person)) for word in person.name.en.split() if len(word) > 2}

    assert {one.email for one in accounts} == {one.email for one in demonstration.CAST}
    for account in accounts:
        assert words.isdisjoint(account.name.split()), account.name


def test_nobody_who_is_named_says_or_does_anything(session: orm.Session) -> None:
    said = (DATA / "exercise-script.yaml").read_text(encoding="utf-8")

    for person in session.scalars(sa.select(Person)):
        for name in filter(None, (person.name.en, person.name.zh)):
            assert name not in said
        key = str(person.id)
        assert not [one for one in session.scalars(sa.select(JournalEntry.details)) if key in one]


def test_recorded_agreements_carry_nobodys_position(session: orm.Session) -> None:
    for name in ("march-2019", "december-2019"):
        agreement = dialogues.find_agreement(session, name)
        assert agreement
        for paragraph in agreement.paragraphs:
            assert (paragraph.positions, paragraph.amendments, paragraph.certificates) == ([], [], [])


def test_a_deletion_was_accepted_and_an_editorial_change_too(session: orm.Session) -> None:
    kinds = {one.kind for one in session.scalars(sa.select(Amendment)) if one.outcome == "accepted"}

    assert {AmendmentKind.SUP, AmendmentKind.EDITORIAL} <= kinds
    assert session.scalars(sa.select(Certificate)).all()


def test_times_rise_through_each_journal_and_stay_in_november(session: orm.Session) -> None:
    entries = session.scalars(sa.select(JournalEntry).order_by(JournalEntry.chain, JournalEntry.number)).all()

    for chain in {one.chain for one in entries}:
        times = [one.at for one in entries if one.chain == chain]
        assert times == sorted(times)
    assert min(one.at for one in entries) >= demonstration.BEGINS
    assert max(one.at for one in entries) < demonstration.BEGINS + demonstration.LASTS


def test_its_dump_can_be_loaded(session: orm.Session) -> None:
    dialogue = dialogues.find(session, demonstration.DIALOGUE)
    assert dialogue

    file = dialogues.dump(dialogue)

    assert read(write(file), name="dump") == file
    assert file.agreement("exercise").text


def test_it_is_known_by_its_accounts_and_not_by_its_dialogue_alone(writing: Begin) -> None:
    with writing() as session:
        assert not demonstration.is_loaded(session)
        dialogues.load(session, demonstration.file())
        assert not demonstration.is_loaded(session)


def test_it_is_found_where_it_is(session: orm.Session) -> None:
    assert demonstration.is_loaded(session)


def test_where_the_clock_is_behind_nothing_lies_in_the_future(writing: Begin) -> None:
    today = datetime(2025, 5, 1, 12, 0, tzinfo=UTC)
    with writing() as session:
        told = session.info[FIXED]
        with time_machine.travel(today, tick=False):
            demonstration.load(session, password="hash")

        times = session.scalars(sa.select(JournalEntry.at)).all()
        assert session.info[FIXED] is told
    assert today - timedelta(days=20) < min(times) <= max(times) < today
