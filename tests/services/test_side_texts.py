"""The texts of one paragraph beside each other."""

from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import CHANGED, OTHER, TEXT, accepted, again, amended, common, tabled
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import AmendmentKind
from workflow.models import Agreement, Membership, Paragraph
from workflow.services import side_texts
from workflow.services.rows import row
from workflow.services.side_texts import TextsShown


def shown(session: orm.Session, paragraph: Paragraph, reader: Membership) -> TextsShown:
    return side_texts.texts(row(again(session, paragraph), paragraph, actor=reader.actor))


def read(texts: TextsShown) -> dict[str, tuple[Bilingual, bool]]:
    return {one.delegation.code: (one.text, one.redline is not None) for one in texts.sides}


def test_each_side_has_its_own_text_beside_the_common_one(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    amended(session, paragraph, cast.us_drafter)

    texts = shown(session, paragraph, cast.observer)

    assert texts.common == TEXT
    assert read(texts) == {"US": (CHANGED, True), "CN": (TEXT, False)}
    assert [one.delegation.code for one in texts.proposals] == ["US"]


def test_who_has_not_taken_up_an_addition_reads_nothing_and_proposes_nothing(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)

    assert read(shown(session, paragraph, cast.observer)) == {"US": (TEXT, False), "CN": (NOTHING, False)}

    amended(session, paragraph, cast.cn_drafter, OTHER)
    texts = shown(session, paragraph, cast.observer)
    assert texts.common == NOTHING
    assert read(texts) == {"US": (TEXT, False), "CN": (OTHER, True)}


def test_who_wants_it_deleted_reads_nothing(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    amended(session, paragraph, cast.cn_drafter, NOTHING, AmendmentKind.SUP)

    assert read(shown(session, paragraph, cast.observer)) == {"US": (TEXT, False), "CN": (NOTHING, True)}


def test_where_nobody_proposes_anything_there_is_what_the_last_wording_changed(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    assert shown(session, paragraph, cast.observer).last_change is None

    accepted(session, amended(session, paragraph, cast.us_drafter), cast.cn_drafter)

    texts = shown(session, paragraph, cast.observer)
    assert texts.sides == ()
    assert texts.last_change
    assert "".join(one.text for one in texts.last_change.en if one.kind != "inserted") == TEXT.en
