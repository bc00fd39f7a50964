"""What the tests of pages sit at: a dialogue with a published agreement behind it and a text on the table."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import orm

from tests import factories
from tests.factories import CN, US, Cast
from tests.participants import Participant
from workflow.domain.bilingual import Bilingual
from workflow.domain.text import AgreementKind, ParagraphKind
from workflow.models import AgendaItem, Agreement, DialogueSession, Disposition, Membership, Paragraph, ParticipantList
from workflow.permissions import Role

BELL: Final = "\x07"
OVERRIDE: Final = "\u202e"
"""Makes what follows read backwards."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Who sits at it, and what lies on it."""

    cast: Cast
    outsider: Membership
    """Head of a delegation of another dialogue."""
    before: DialogueSession
    published: Agreement
    """Of `before`, recorded as published."""
    published_paragraph: Paragraph
    published_list: ParticipantList
    item: AgendaItem
    """Carried from `before`."""
    meeting: DialogueSession
    agreement: Agreement
    """Under negotiation; one heading and one paragraph, common text that nobody has spoken on."""
    heading: Paragraph
    paragraph: Paragraph
    lists: dict[str, ParticipantList]

    def who(self, name: str) -> Membership:
        """Return the member called `name`; the outsider is one too."""
        found: Membership = self.outsider if name == "outsider" else getattr(self.cast, name)
        return found


def lay(session: orm.Session) -> Table:
    """Return a table nobody has spoken at."""
    cast = factories.a_cast(session)
    other = factories.a_dialogue(session, short_name="another-dialogue")
    before = factories.a_session(session, cast.dialogue)
    meeting = factories.a_session(session, cast.dialogue)
    published = factories.an_agreement(session, before, short_name="published", kind=AgreementKind.RECORDED)
    point = factories.a_paragraph(
        session, published, Bilingual("Subsidies should be published.", "补贴应予公布。"), tags=frozenset()
    )
    agreement = factories.an_agreement(session, meeting)
    heading = factories.a_paragraph(session, agreement, Bilingual("RULES", "规则"), kind=ParagraphKind.HEADING)
    return Table(
        cast=cast,
        outsider=factories.a_member(session, other, Role.HEAD, factories.a_delegation(session, other, US)),
        before=before,
        published=published,
        published_paragraph=point,
        published_list=factories.a_participant_list(session, before, cast.us),
        item=factories.an_agenda_item(session, point),
        meeting=meeting,
        agreement=agreement,
        heading=heading,
        paragraph=factories.a_paragraph(session, agreement, parent=heading),
        lists={
            US: factories.a_participant_list(session, meeting, cast.us),
            CN: factories.a_participant_list(session, meeting, cast.cn),
        },
    )


def agree_on_everything(session: orm.Session, table: Table) -> None:
    """Leave nothing in the way of adoption but the heads' own word."""
    cast = table.cast
    heads = {US: cast.us_head, CN: cast.cn_head}
    for paragraph in (table.heading, table.paragraph):
        for head, translator in ((cast.us_head, cast.us_translator), (cast.cn_head, cast.cn_translator)):
            factories.a_position(session, paragraph, head)
            factories.a_certificate(session, paragraph, translator)
    for code, listed in table.lists.items():
        factories.a_list_confirmation(session, listed, heads[code])
    factories.a_disposal(session, table.item, table.meeting, Disposition.SETTLED)


def sends(person: Participant, action: str, **fields: str) -> Participant:
    """Send `fields` to `action` from a page that offers no button for it, with that page's good token."""
    token = str(next(one.get("value") for one in person.page.iter("input") if one.get("name") == "csrf_token"))
    return person.sends(action, [("csrf_token", token), *fields.items()])
