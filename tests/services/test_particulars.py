"""What is said of a dialogue can be said anew; what the text in it leans on stands once there is any."""

from dataclasses import replace

import pytest
from sqlalchemy import orm

from tests.factories import Cast, a_dialogue
from tests.services.moves import drafted, refusals, tabled
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import Refusal
from workflow.models import Agreement, Dialogue, Entered
from workflow.services import alterations, journal, particulars
from workflow.services.alterations import Alteration
from workflow.services.openings import NameIsTaken
from workflow.services.particulars import Particulars


def changed(session: orm.Session, cast: Cast, wanted: Particulars) -> tuple[Alteration, ...]:
    seen = particulars.shown_hash(cast.dialogue)
    return particulars.change(session, dialogue=cast.dialogue, by=cast.secretariat, wanted=wanted, seen=seen)


def test_everything_can_be_said_anew_before_there_is_text(session: orm.Session, cast: Cast) -> None:
    said = particulars.said_of(cast.dialogue)
    us, cn = said.sides
    wanted = Particulars(
        short_name="another-name",
        name=Bilingual("Harbour dialogue", "港口对话"),
        cover=Bilingual("{dialogue}\n{session}", "{dialogue}\n{session}"),
        file_name="{agreement}-{rev}",
        sides=(
            replace(cn, name=Bilingual("China", "中国"), colour=us.colour),
            replace(us, adjective=Bilingual("American", "美国"), named_first=Bilingual("U.S.-China", "美中")),
        ),
    )

    changed(session, cast, wanted)

    session.expire_all()
    assert particulars.said_of(cast.dialogue) == wanted
    assert cast.dialogue.sides == ("CN", "US")
    assert journal.verify(session) == ()


def test_the_record_says_what_it_was_before_and_all_sides_read_it(session: orm.Session, cast: Cast) -> None:
    said = particulars.said_of(cast.dialogue)

    changed(session, cast, replace(said, name=Bilingual("Harbour dialogue", said.name.zh)))

    for reader in (cast.us_adviser, cast.cn_head, cast.observer):
        [told] = alterations.told(session, reader.actor, Entered.DIALOGUE_CHANGED)
        assert told.alterations == (Alteration(field="name.en", before="Exercise dialogue", after="Harbour dialogue"),)


def test_a_draft_settles_nothing_and_text_before_all_sides_does(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    drafted(session, agreement, cast.us_drafter)
    assert not particulars.are_settled(session, cast.dialogue)

    tabled(session, agreement, cast.us_drafter)
    assert particulars.are_settled(session, cast.dialogue)


@pytest.mark.parametrize("other", ["short_name", "order", "name", "adjective", "named_first", "colour"])
def test_once_there_is_text_the_sides_and_the_short_name_stand(
    session: orm.Session, cast: Cast, agreement: Agreement, other: str
) -> None:
    tabled(session, agreement, cast.us_drafter)
    said = particulars.said_of(cast.dialogue)
    us, cn = said.sides
    new: dict[str, object] = {"colour": 3}
    wanted = {
        "short_name": replace(said, short_name="another-name"),
        "order": replace(said, sides=(cn, us)),
    }.get(other) or replace(said, sides=(replace(us, **{other: new.get(other, Bilingual("Other", "另一"))}), cn))  # type: ignore[arg-type]  # one of each kind

    assert refusals(lambda: changed(session, cast, wanted)) == (Refusal.SIDES_ARE_SETTLED,)
    assert particulars.said_of(cast.dialogue) == said


def test_names_covers_and_file_names_can_be_said_anew_whatever_is_tabled(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    tabled(session, agreement, cast.us_drafter)
    said = particulars.said_of(cast.dialogue)

    found = changed(
        session,
        cast,
        replace(said, name=Bilingual("A", "甲"), cover=Bilingual("{dialogue}", "{dialogue}"), file_name="{rev}"),
    )

    assert [one.field for one in found] == ["name.en", "name.zh", "cover.en", "cover.zh", "file_name"]


def test_another_text_in_another_dialogue_settles_nothing_here(session: orm.Session, cast: Cast) -> None:
    assert not particulars.are_settled(session, cast.dialogue)


def test_letters_and_number_of_the_sides_stand_from_the_first_day(session: orm.Session, cast: Cast) -> None:
    said = particulars.said_of(cast.dialogue)
    us, cn = said.sides

    for sides in ((us,), (replace(us, code="USA"), cn), (us, cn, replace(us, code="EU"))):
        assert refusals(lambda sides=sides: changed(session, cast, replace(said, sides=sides))) == (  # type: ignore[misc]  # bound at once
            Refusal.SIDES_ARE_SETTLED,
        )


def test_nothing_is_changed_unseen_or_to_what_it_is(session: orm.Session, cast: Cast) -> None:
    said = particulars.said_of(cast.dialogue)
    wanted = replace(said, name=Bilingual("A", "甲"))

    assert refusals(lambda: changed(session, cast, said)) == (Refusal.NOTHING_CHANGES,)
    assert refusals(
        lambda: particulars.change(session, dialogue=cast.dialogue, by=cast.secretariat, wanted=wanted, seen="old")
    ) == (Refusal.TEXT_HAS_CHANGED,)


def test_a_short_name_is_one_dialogues(session: orm.Session, cast: Cast) -> None:
    other: Dialogue = a_dialogue(session, short_name="taken")
    said = particulars.said_of(cast.dialogue)

    with pytest.raises(NameIsTaken):
        changed(session, cast, replace(said, short_name=other.short_name))
