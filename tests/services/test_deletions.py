"""Deletions: text that goes is held, missed and brought back like any other wording."""

from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import OTHER, TEXT, accepted, again, amended, closed, common, face, refusals, standing, takes
from workflow.domain.closing import Cause, obstacles
from workflow.domain.negotiation import AmendmentKind, Refusal, Standing
from workflow.domain.positions import Stance
from workflow.models import Agreement, Paragraph
from workflow.services import amendments, certificates, confirmations, journal
from workflow.services.reading import read


def deleted(session: orm.Session, agreement: Agreement, cast: Cast) -> Paragraph:
    """Let both heads agree to a text, and then the drafters alone delete it; another text stays."""
    closed(session, common(session, agreement, cast, OTHER), cast)
    paragraph = common(session, agreement, cast)
    closed(session, paragraph, cast)
    accepted(session, amended(session, paragraph, cast.us_drafter, kind=AmendmentKind.SUP), cast.cn_drafter)
    assert standing(session, paragraph) is Standing.DELETED
    return paragraph


def missing(session: orm.Session, paragraph: Paragraph) -> list[tuple[Cause, tuple[str, ...]]]:
    found = obstacles(again(session, paragraph).closing)
    return [(one.cause, one.delegations) for one in found if one.paragraph == paragraph.id]


def test_drafters_alone_do_not_settle_a_deletion(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = deleted(session, agreement, cast)
    assert missing(session, paragraph) == [(Cause.AD_REFERENDUM, ("US", "CN"))]

    takes(session, paragraph, cast.us_head)
    assert missing(session, paragraph) == [(Cause.AD_REFERENDUM, ("CN",))]

    takes(session, paragraph, cast.cn_head, Stance.RESERVE, reason="Our ministry wants it.")
    assert missing(session, paragraph) == [(Cause.RESERVATION, ("CN",))]

    takes(session, paragraph, cast.cn_head)
    assert missing(session, paragraph) == []


def test_a_head_confirms_a_deletion_from_the_list(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = deleted(session, agreement, cast)

    (one,) = confirmations.page(session, agreement.id, cast.us_head.actor).rows
    assert (one.row.key, one.row.text, one.refusals) == (paragraph.id, TEXT, ())
    chosen = {paragraph.id: face(session, paragraph)}
    confirmations.confirm(session, agreement=agreement, by=cast.us_head, chosen=chosen)

    assert missing(session, paragraph) == [(Cause.AD_REFERENDUM, ("CN",))]


def test_there_is_nothing_to_certify_of_a_deletion(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = deleted(session, agreement, cast)

    assert refusals(
        lambda: certificates.certify(session, paragraph=paragraph, by=cast.us_translator, face=face(session, paragraph))
    ) == (Refusal.PARAGRAPH_IS_OUT,)


def test_an_amendment_brings_a_deleted_text_back(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = deleted(session, agreement, cast)
    number = read(session, agreement.id).numbers

    restoring = amended(session, paragraph, cast.cn_drafter, TEXT)
    assert (Cause.OPEN_BRACKET, ("US",)) in missing(session, paragraph)
    amendments.accept(session, amendment=restoring, by=cast.us_drafter)

    assert standing(session, paragraph) is Standing.AD_REFERENDUM
    assert paragraph.text == TEXT
    assert number.items() <= read(session, agreement.id).numbers.items()
    assert journal.verify(session) == ()
