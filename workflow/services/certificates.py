"""Certificates of concordance: a language officer's word that both texts say the same."""

from sqlalchemy import orm

from workflow.domain.negotiation import Act, Move
from workflow.models import Certificate, Entered, Membership, Paragraph
from workflow.services.acts import approach, seat
from workflow.services.clock import now
from workflow.services.journal import enter


def certify(session: orm.Session, *, paragraph: Paragraph, by: Membership, face: str) -> Certificate:
    """Record that `by` certifies the pair of texts whose content hash is `face`; return it, flushed.

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    _, state = approach(session, paragraph, Move(act=Act.CERTIFY, by=seat(by).code, face=face))
    wording = paragraph.current_wording
    certificate = Certificate(
        paragraph=paragraph,
        delegation=seat(by),
        membership=by,
        content_hash=state.face,
        wording_number=wording.number if wording else 0,
        governed_by=paragraph.agreement.governors[paragraph.id],
        at=now(session),
    )
    session.add(certificate)
    session.flush()
    enter(
        session,
        Entered.CERTIFIED,
        by=by,
        dialogue=paragraph.agreement.dialogue,
        agreement=paragraph.agreement,
        paragraph=paragraph,
        hash=state.face,
        wording=str(certificate.wording_number),
        governed_by=certificate.governed_by or "",
    )
    return certificate
