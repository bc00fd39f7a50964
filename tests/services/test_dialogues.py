"""From a file into the record and back, on both engines."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from sqlalchemy import orm

from tests import factories
from tests.conftest import Begin
from tests.databases import Transactions
from tests.dialogue_file.dialogues import dialogues as made_up_dialogues
from tests.dialogue_file.small import SMALL
from workflow.dialogue_file import AgreementEntry, Block, DialogueFile, read, write
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.negotiation import Standing
from workflow.domain.text import AgreementKind, ParagraphKind, Tag
from workflow.models import Dialogue, DialogueSession, Entered, JournalEntry, Paragraph, Wording
from workflow.resources import DATA
from workflow.services import agenda, dialogues, journal
from workflow.services.dialogues import AlreadyThere
from workflow.services.reading import carried_items
from workflow.services.reading import read as read_agreement

REAL = DATA / "digital-economy.yaml"


def small() -> DialogueFile:
    return read(SMALL, name="small.yaml")


def real() -> DialogueFile:
    return read(REAL.read_bytes(), name=REAL.name)


def reloaded(session: orm.Session, file: DialogueFile) -> DialogueFile:
    """What is dumped of `file` once it is loaded, read from the database and not from memory."""
    dialogues.load(session, file)
    session.expunge_all()
    found = dialogues.find(session, file.short_name)
    assert found
    return dialogues.dump(found)


def negotiated(*text: Block) -> DialogueFile:
    """The small file, with `text` as its second agreement."""
    file = small()
    agreement = file.sessions[1].agreement
    assert agreement
    return replace(
        file, sessions=(file.sessions[0], replace(file.sessions[1], agreement=replace(agreement, text=text)))
    )


def in_order(file: DialogueFile) -> DialogueFile:
    """`file` with the languages of each agreement in their usual order, which is of no meaning."""

    def sorted_languages(agreement: AgreementEntry | None) -> AgreementEntry | None:
        if agreement is None:
            return None
        return replace(
            agreement,
            authentic=tuple(one for one in Language if one in agreement.authentic),
            unofficial=tuple(one for one in Language if one in agreement.unofficial),
        )

    return replace(
        file, sessions=tuple(replace(one, agreement=sorted_languages(one.agreement)) for one in file.sessions)
    )


def test_the_real_dialogue_is_dumped_to_the_byte_as_it_was_loaded(writing: Begin) -> None:
    with writing() as session:
        assert write(reloaded(session, real())).encode() == REAL.read_bytes()


def test_a_dialogue_with_everything_in_it_once_is_dumped_as_it_was_loaded(writing: Begin) -> None:
    with writing() as session:
        assert reloaded(session, small()) == small()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(made_up_dialogues())
def test_load_dump_and_load_again_lose_nothing(transactions: Transactions, file: DialogueFile) -> None:
    with transactions.writing() as session:
        dumped = reloaded(session, file)
        session.rollback()

    assert dumped == in_order(file)
    with transactions.writing() as session:
        assert reloaded(session, dumped) == dumped
        session.rollback()


def test_every_recorded_paragraph_has_one_wording_that_nobody_made_and_the_journal_knows(writing: Begin) -> None:
    with writing() as session:
        dialogues.load(session, real())

    with writing() as session:
        wordings = session.scalars(sa.select(Wording)).all()
        entries = session.scalars(sa.select(JournalEntry).where(JournalEntry.act == Entered.WORDING_MADE)).all()

        assert len(wordings) == len(session.scalars(sa.select(Paragraph)).all()) == len(entries) > 50
        assert {one.number for one in wordings} == {1}
        assert {(one.membership_id, one.delegation_id) for one in entries} == {(None, None)}
        assert journal.verify(session) == ()


def test_the_points_of_a_session_stand_on_the_agenda_of_the_next_in_nobodys_name(writing: Begin) -> None:
    with writing() as session:
        dialogues.load(session, real())
        exercise = session.scalars(sa.select(DialogueSession).where(DialogueSession.ordinal == 3)).one()

        carried = carried_items(session, exercise)

        assert [item.paragraph.key for item in carried] == ["subsidies", "procurement", "third-country-trade"]
        assert {item.delegation for item in carried} == {None}


def test_a_dialogue_that_is_there_is_not_loaded_again(writing: Begin) -> None:
    with writing() as session:
        dialogues.load(session, small())
    with writing() as session, pytest.raises(AlreadyThere, match="there is a dialogue named small already"):
        dialogues.load(session, small())


def test_an_agreement_that_is_there_is_not_loaded_under_another_dialogue(writing: Begin) -> None:
    with writing() as session:
        dialogues.load(session, small())

        with pytest.raises(AlreadyThere, match="there is an agreement named first-agreement already"):
            dialogues.load(session, replace(small(), short_name="another"))

        assert session.scalars(sa.select(Dialogue.short_name)).all() == ["small"]


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        pytest.param(Bilingual("Both", "双方"), Standing.NO_POSITION, id="in both languages"),
        pytest.param(Bilingual("", "双方"), Standing.COUNTERPART_PENDING, id="in one language"),
    ],
)
def test_text_that_a_negotiated_agreement_begins_with_is_wording_1(
    writing: Begin, text: Bilingual, standing: Standing
) -> None:
    file = negotiated(Block(kind=ParagraphKind.NARRATIVE, text=text))

    with writing() as session:
        dialogues.load(session, file)
        agreement = dialogues.find_agreement(session, "second-agreement")
        assert agreement
        [paragraph] = agreement.paragraphs
        assert paragraph.current_wording
        assert (paragraph.current_wording.number, paragraph.current_wording.text) == (1, text)
        assert list(read_agreement(session, agreement.id).standings.values()) == [standing]
        session.expunge_all()
        found = dialogues.find(session, "small")
        assert found
        assert dialogues.dump(found) == file


def exercise(session: orm.Session) -> tuple[factories.Cast, Callable[[], AgreementEntry]]:
    """A dialogue with one negotiated text, and how to dump that text."""
    cast = factories.a_cast(session, short_name="table")
    factories.an_agreement(session, factories.a_session(session, cast.dialogue), short_name="text")

    def dumped() -> AgreementEntry:
        session.flush()
        session.expunge_all()
        found = dialogues.find(session, "table")
        assert found
        file = dialogues.dump(found)
        assert read(write(file), name="dump") == file
        return file.agreement("text")

    return cast, dumped


def test_a_dump_has_what_is_in_common_in_its_present_wording(writing: Begin) -> None:
    with writing() as session:
        cast, dumped = exercise(session)
        agreement = cast.dialogue.sessions[0].agreements[0]
        factories.a_wording(session, factories.a_paragraph(session, agreement), factories.OTHER_PROSE)
        factories.an_addition(session, agreement, cast.us_drafter)
        factories.a_wording(session, factories.a_paragraph(session, agreement), NOTHING)
        deferred = factories.a_paragraph(session, agreement)
        for member in (cast.us_drafter, cast.cn_drafter):
            factories.a_deferral_voice(session, deferred, member)

        text = dumped().text

    assert [block.text for block in text] == [factories.OTHER_PROSE]


def test_what_stands_under_text_that_is_not_in_common_moves_up_in_a_dump(writing: Begin) -> None:
    with writing() as session:
        cast, dumped = exercise(session)
        agreement = cast.dialogue.sessions[0].agreements[0]
        gone = factories.a_paragraph(session, agreement, None, kind=ParagraphKind.HEADING)
        factories.a_paragraph(session, agreement, parent=gone)

        entry = dumped()

    assert [(block.kind, block.text) for block in entry.text] == [(ParagraphKind.NARRATIVE, factories.PROSE)]
    assert entry.kind is AgreementKind.NEGOTIATED


def test_an_agenda_item_without_a_name_gets_one_in_a_dump(writing: Begin) -> None:
    with writing() as session:
        cast, dumped = exercise(session)
        agreement = cast.dialogue.sessions[0].agreements[0]
        factories.a_paragraph(session, agreement, key="agenda-item-1")
        item = factories.a_paragraph(session, agreement, tags=frozenset({Tag.AGENDA_ITEM}))
        agenda.put_on(session, paragraph=item, by=cast.us_drafter)

        keys = [block.key for block in dumped().text]
        found = dialogues.find(session, "table")
        assert found
        on_the_agenda = dialogues.dump(found).sessions[0].agenda

    assert keys == ["agenda-item-1", "agenda-item-2"]
    assert on_the_agenda == ("agenda-item-2",)
