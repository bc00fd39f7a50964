"""The agenda of a session as its page shows it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.negotiation import Stage
from workflow.models import AgendaItem, Agreement, DialogueSession, Disposal
from workflow.services.reading import carried_items, items_after, read


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedItem:
    """What stands on the agenda of a session."""

    item: AgendaItem
    disposal: Disposal | None
    """What the session did with it; ``None`` where nothing is recorded yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextItem:
    """What a session puts on the agenda of the session after."""

    item: AgendaItem
    is_common: bool
    """Whether both sides accepted it, so that it prints in the agreement; one side keeps it on the agenda (27)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPage:
    """The agenda of one session."""

    carried: tuple[CarriedItem, ...]
    following: tuple[NextItem, ...]
    open_agreement: Agreement | None
    """The text of the session under negotiation, to which items can be added."""

    @property
    def origins(self) -> tuple[Agreement, ...]:
        """The agreements whose text it shows."""
        items = [*(one.item for one in self.carried), *(one.item for one in self.following)]
        return tuple(item.paragraph.agreement for item in items)


def page(session: orm.Session, meeting: DialogueSession) -> AgendaPage:
    """Return the agenda of `meeting`. It is open to everybody who takes part in the dialogue."""
    under_negotiation = (
        agreement for agreement in meeting.agreements if read(session, agreement.id).stage is Stage.NEGOTIATION
    )
    return AgendaPage(
        carried=tuple(
            CarriedItem(item=item, disposal=item.disposal_at(meeting.id)) for item in carried_items(session, meeting)
        ),
        following=tuple(
            NextItem(item=item, is_common=item.paragraph.current_wording is not None)
            for item in items_after(session, meeting)
        ),
        open_agreement=next(under_negotiation, None),
    )


def meeting_of(session: orm.Session, item: AgendaItem, key: UUID | None) -> DialogueSession | None:
    """Return the session `key` if it is one of the dialogue `item` belongs to."""
    meeting = session.get(DialogueSession, key) if key else None
    return meeting if meeting is not None and meeting.dialogue_id == item.session.dialogue_id else None
