"""Certificates of concordance: given to one exact pair of texts."""

from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import CHANGED, accepted, amended, common, face, refusals, tabled
from workflow.domain.closing import Cause, obstacles
from workflow.domain.negotiation import Refusal
from workflow.models import Agreement
from workflow.services import certificates
from workflow.services.reading import read


def certify(session: orm.Session, agreement: Agreement, cast: Cast) -> None:
    for translator in (cast.us_translator, cast.cn_translator):
        paragraph = agreement.paragraphs[0]
        certificates.certify(session, paragraph=paragraph, by=translator, face=face(session, paragraph))


def uncertified(session: orm.Session, agreement: Agreement) -> list[tuple[str, ...]]:
    closing = read(session, agreement.id).closing
    return [one.delegations for one in obstacles(closing) if one.cause is Cause.NO_CERTIFICATE]


def test_adoption_waits_for_the_certificate_of_every_side(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    assert uncertified(session, agreement) == [("US", "CN")]

    certificates.certify(session, paragraph=paragraph, by=cast.cn_translator, face=face(session, paragraph))

    assert uncertified(session, agreement) == [("US",)]


def test_a_new_wording_needs_certificates_of_its_own(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    certify(session, agreement, cast)

    accepted(session, amended(session, paragraph, cast.us_drafter, CHANGED), cast.cn_drafter)

    assert uncertified(session, agreement) == [("US", "CN")]


def test_a_side_certifies_a_pair_once(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    common(session, agreement, cast)
    certify(session, agreement, cast)

    assert refusals(lambda: certify(session, agreement, cast)) == (Refusal.ALREADY_CERTIFIED,)


def test_nobody_certifies_what_is_not_common_text_or_was_not_shown(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)

    assert refusals(
        lambda: certificates.certify(session, paragraph=paragraph, by=cast.us_translator, face="another")
    ) == (Refusal.TEXT_HAS_CHANGED, Refusal.NOT_YET_COMMON)
