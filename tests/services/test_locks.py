"""The lock of a dialogue: found from every row, held until the end, in nobody else's way."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from tests import factories
from tests.databases import Begin, Transactions
from workflow.db import Base
from workflow.models import Dialogue, JournalEntry, Person
from workflow.services.locks import PATHS, lock_dialogue_of

only_postgresql = pytest.mark.parametrize(
    "server", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


def key_of(row: Base) -> UUID:
    (key,) = sa.inspect(row).identity or (None,)
    assert isinstance(key, UUID)
    return key


def two_dialogues(writing: Begin) -> tuple[UUID, UUID]:
    with writing() as session:
        first = factories.one_of_everything(session).dialogue.id
        return first, factories.a_cast(session, short_name="another-dialogue").dialogue.id


@pytest.mark.parametrize("kind", PATHS, ids=lambda kind: kind.__tablename__)
def test_every_row_an_act_is_about_leads_to_its_dialogue(writing: Begin, kind: type[Base]) -> None:
    dialogue, _ = two_dialogues(writing)
    with writing() as session:
        of_dialogue = [row for row in session.scalars(sa.select(kind)) if row.dialogue_key == dialogue]  # type: ignore[attr-defined]  # for the policy
        assert of_dialogue
        assert {lock_dialogue_of(session, kind, key_of(row)) for row in of_dialogue} == {dialogue}


@pytest.mark.parametrize("kind", PATHS, ids=lambda kind: kind.__tablename__)
def test_a_row_that_is_not_there_leads_nowhere(writing: Begin, kind: type[Base]) -> None:
    two_dialogues(writing)
    with writing() as session:
        assert lock_dialogue_of(session, kind, uuid4()) is None


def is_waiting(future: Future[None]) -> bool:
    try:
        future.result(timeout=0.3)
    except TimeoutError:
        return True
    return False


def while_locked(
    transactions: Transactions, dialogue: UUID, act: Callable[[], None], then: Callable[[Future[None]], None]
) -> None:
    """Lock `dialogue`, start `act` beside it, look at it with `then`, and let both end."""
    with ThreadPoolExecutor(1) as pool:
        with transactions.writing() as session:
            assert lock_dialogue_of(session, Dialogue, dialogue) == dialogue
            beside = pool.submit(act)
            then(beside)
            factories.an_entry(session, session.get_one(Dialogue, dialogue))
        beside.result(timeout=10)


def test_the_second_act_waits_for_the_first_and_sees_what_it_did(transactions: Transactions) -> None:
    dialogue, _ = two_dialogues(transactions.writing)
    seen: list[int] = []

    def entries() -> int:
        with transactions.reading() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(JournalEntry)) or 0

    def second() -> None:
        with transactions.writing() as session:
            lock_dialogue_of(session, Dialogue, dialogue)
            seen.append(session.scalar(sa.select(sa.func.count()).select_from(JournalEntry)) or 0)

    before = entries()

    def waits(beside: Future[None]) -> None:
        assert is_waiting(beside)

    while_locked(transactions, dialogue, second, waits)
    assert seen == [before + 1]


def test_reading_waits_for_nobody(transactions: Transactions) -> None:
    dialogue, _ = two_dialogues(transactions.writing)

    def read() -> None:
        with transactions.reading() as session:
            session.get_one(Dialogue, dialogue)

    def goes_on(beside: Future[None]) -> None:
        assert not is_waiting(beside)

    while_locked(transactions, dialogue, read, goes_on)


@only_postgresql
def test_acts_of_two_dialogues_do_not_wait_for_each_other(transactions: Transactions) -> None:
    dialogue, other = two_dialogues(transactions.writing)

    def act() -> None:
        with transactions.writing() as session:
            lock_dialogue_of(session, Dialogue, other)
            factories.an_entry(session, session.get_one(Dialogue, other))

    def goes_on(beside: Future[None]) -> None:
        assert not is_waiting(beside)

    while_locked(transactions, dialogue, act, goes_on)


@only_postgresql
def test_rows_that_refer_to_a_locked_dialogue_can_be_added(transactions: Transactions) -> None:
    """A plain FOR UPDATE would make them wait: their reference locks the dialogue's key."""
    dialogue, _ = two_dialogues(transactions.writing)

    def add() -> None:
        with transactions.writing() as session:
            of_it = session.get_one(Dialogue, dialogue)
            session.add(Person(dialogue=of_it, key="added", name=factories.PROSE))

    def goes_on(beside: Future[None]) -> None:
        assert not is_waiting(beside)

    while_locked(transactions, dialogue, add, goes_on)


@only_postgresql
def test_nothing_but_the_dialogues_row_is_locked(transactions: Transactions) -> None:
    """Acts lock one row each, always the same one, and so never wait for each other in a circle."""
    two_dialogues(transactions.writing)
    free = {}
    with transactions.writing() as session:
        for kind in PATHS:
            for row in session.scalars(sa.select(kind)):
                lock_dialogue_of(session, kind, key_of(row))
        with transactions.writing() as beside:
            for kind in PATHS:
                all_rows = sa.select(sa.func.count()).select_from(kind)
                unlocked = sa.select(kind).with_for_update(skip_locked=True, of=kind)
                free[kind] = len(beside.scalars(unlocked).all()) == beside.scalar(all_rows)
    assert free == {kind: kind is not Dialogue for kind in PATHS}


def test_an_act_that_fails_gives_the_lock_back(transactions: Transactions) -> None:
    dialogue, _ = two_dialogues(transactions.writing)

    def fail() -> None:
        with transactions.writing() as session:
            lock_dialogue_of(session, Dialogue, dialogue)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with transactions.writing() as session:
        assert lock_dialogue_of(session, Dialogue, dialogue) == dialogue
