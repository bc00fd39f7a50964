"""An agreement under negotiation as long as one gets: what pages of it cost is measured, and counted, on this."""

from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

from sqlalchemy import orm

from tests.factories import (
    Cast,
    a_cast,
    a_certificate,
    a_comment,
    a_disposal,
    a_list_confirmation,
    a_motion,
    a_motion_voice,
    a_participant_list,
    a_position,
    a_session,
    a_text,
    a_thread,
    a_wording,
    an_agenda_item,
    an_agreement,
    an_amendment,
    an_answer,
    an_ending,
    an_issue,
)
from workflow.domain.bilingual import Bilingual
from workflow.domain.motions import MotionKind
from workflow.domain.points import whole
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind
from workflow.models import Agreement, Answer, Disposition, Outcome, Paragraph, Scope, Wording
from workflow.services.clock import now
from workflow.services.rows import NO_TERMS

#: How many paragraphs stand under one heading.
_UNDER_A_HEADING: Final = 10

ENGLISH: Final = (
    "Participants recommend that both governments define restrictions based on national security as clearly and "
    "precisely as possible, apply them only to the specific product that poses a risk under rule {number}, and "
    "publish the reasons for which they are applied in good time before they take effect."
)
CHINESE: Final = (
    "与会者建议两国政府尽可能清晰、准确地界定基于国家安全的限制，仅将此类限制适用于第{number}条所称构成风险的特定产品，"
    "并在限制措施生效前及时公布采取限制的理由。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LongText:
    """The agreement, and who negotiates it."""

    cast: Cast
    agreement: Agreement
    paragraph: Paragraph
    """One with amendments, positions, a certificate and comments."""


def a_long_text(
    session: orm.Session, *, paragraphs: int = 60, comments: int = 200, short_name: str = "long"
) -> LongText:
    """Return an agreement of `paragraphs` with everything that happens to a text, and so many comments on it.

    Of every six paragraphs two have an amendment in brackets, one has seen an amendment
    accepted, three have been agreed to or reserved on.
    """
    cast = a_cast(session, short_name=short_name)
    before = a_text(session, a_session(session, cast.dialogue), short_name=f"before-{short_name}")
    between = a_session(session, cast.dialogue)
    for item in before.paragraphs[2:6]:
        a_disposal(session, an_agenda_item(session, item), between, Disposition.KEPT)
    meeting = a_session(session, cast.dialogue)
    for delegation, head in ((cast.us, cast.us_head), (cast.cn, cast.cn_head)):
        a_list_confirmation(session, a_participant_list(session, meeting, delegation, people=8), head)
    agreement = an_agreement(session, meeting, short_name=short_name)
    made: list[Paragraph] = []
    heading: Paragraph | None = None
    for number in range(paragraphs):
        if number % _UNDER_A_HEADING == 0:
            text = Bilingual(f"SECTION {number}", f"第{number}节")
            heading = _written(session, agreement, number, text, kind=ParagraphKind.HEADING)
            made.append(heading)
        else:
            text = Bilingual(ENGLISH.format(number=number), CHINESE.format(number=number))
            made.append(_written(session, agreement, number, text, under=heading))
    session.flush()
    for number, paragraph in enumerate(made):
        if paragraph.kind is not ParagraphKind.HEADING:
            _happened_to(session, cast, paragraph, number)
    an_issue(session, agreement, cast.us_head)
    a_motion_voice(session, a_motion(session, agreement, cast.cn_head, kind=MotionKind.FINALISING), cast.cn_head)
    authors = cycle((cast.us_drafter, cast.cn_adviser, cast.us_head))
    for number, (paragraph, author) in enumerate(zip(islice(cycle(made), comments), authors, strict=False)):
        scope = Scope.DELEGATION if number % 4 == 3 else Scope.SHARED
        a_comment(session, a_thread(session, paragraph, author, scope=scope), author)
    session.flush()
    return LongText(cast=cast, agreement=agreement, paragraph=made[5])


def _written(
    session: orm.Session,
    agreement: Agreement,
    number: int,
    text: Bilingual,
    *,
    kind: ParagraphKind = ParagraphKind.NARRATIVE,
    under: Paragraph | None = None,
) -> Paragraph:
    """Return a paragraph with its first wording; `a_paragraph` would look at all those before it."""
    paragraph = Paragraph(agreement=agreement, parent_id=under.id if under else None, position=number, kind=kind)
    session.add(paragraph)
    session.add(
        Wording(
            paragraph=paragraph,
            number=1,
            text=text,
            kind=kind,
            tags=frozenset(),
            speaker=None,
            governing_hash=None,
            content_hash=paragraph.hash_of(text, None),
            at=now(session),
        )
    )
    return paragraph


def _happened_to(session: orm.Session, cast: Cast, paragraph: Paragraph, number: int) -> None:
    before = paragraph.text or Bilingual("", "")
    changed = Bilingual(before.en.replace("in good time", "early"), before.zh.replace("及时", "提前"))
    fuller = Bilingual(
        before.en.replace("clearly and ", "fairly, clearly and "), before.zh.replace("清晰、", "公平、清晰、")
    )
    points = whole(before, changed, NO_TERMS)  # as tabling a draft leaves them
    match number % 6:
        case 0:
            accepted = an_amendment(session, paragraph, cast.us_drafter, changed, points=points)
            an_answer(session, accepted, cast.cn_drafter)
            an_ending(session, accepted, Outcome.ACCEPTED)
            a_wording(session, paragraph, changed, amendment=accepted)
        case 1:
            an_answer(
                session,
                an_amendment(session, paragraph, cast.cn_drafter, changed, points=points),
                cast.us_drafter,
                Answer.KEEPS_IN_BRACKETS,
            )
        case 5:
            a_position(session, paragraph, cast.us_head, Stance.AGREE)
            a_certificate(session, paragraph, cast.us_translator)
            an_amendment(session, paragraph, cast.us_drafter, changed, points=points)
            an_amendment(session, paragraph, cast.cn_drafter, fuller, points=whole(before, fuller, NO_TERMS))
        case 2:
            a_position(session, paragraph, cast.us_head, Stance.RESERVE)
            a_position(session, paragraph, cast.cn_drafter, Stance.AD_REFERENDUM)
        case _:
            for member, officer in ((cast.us_head, cast.us_translator), (cast.cn_head, cast.cn_translator)):
                a_position(session, paragraph, member, Stance.AGREE)
                a_certificate(session, paragraph, officer)
