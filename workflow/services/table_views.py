"""The paragraph that lies on the table: put there by the secretariat, shown to the whole room."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.brackets import Part
from workflow.domain.negotiation import OUT_OF_THE_TEXT, OutOfOrder, Refusal
from workflow.models import SHARED, Agreement, JournalEntry, Membership, TableView
from workflow.permissions import Actor, Permission, permits
from workflow.services.clock import now
from workflow.services.reading import Reading, read
from workflow.services.rows import Row, row
from workflow.services.visible import visible

#: Up to how many characters a text is set in which size.
SIZES: Final = (
    (170, "largest"),
    (270, "larger"),
    (420, "large"),
    (600, "middle"),
    (900, "small"),
    (1600, "smaller"),
)
SMALLEST: Final = "smallest"
#: How many Latin letters take the room of one Chinese character.
WIDTH_OF_HAN: Final = 2.2


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    """What the table view shows. Nothing in it depends on who opens it: it is projected."""

    reading: Reading
    row: Row | None
    """What lies on the table; ``None`` where nothing does."""

    @property
    def is_out(self) -> bool:
        """Whether what lies there has left the text since."""
        return self.row is not None and self.row.standing in OUT_OF_THE_TEXT

    @property
    def size(self) -> str:
        """In which size it is set, so that both languages fit on a screen: one of `SIZES`, or the smallest."""
        if self.row is None:
            return SMALLEST
        shown = self.row.negotiating or self.row.text
        en, zh = ([text] if isinstance(text, str) else text for text in (shown.en, shown.zh))
        return size_of(en, zh)


def size_of(en: Iterable[Part], zh: Iterable[Part]) -> str:
    """Return the largest size in which both of two texts fit beside each other."""
    length = max(_letters(en), WIDTH_OF_HAN * _letters(zh))
    return next((size for most, size in SIZES if length <= most), SMALLEST)


def _letters(parts: Iterable[Part]) -> int:
    """Return how many characters a text has with every alternative written out."""
    return sum(
        len(one) if isinstance(one, str) else sum(_letters(each.parts) for each in one.alternatives) for one in parts
    )


def put(session: orm.Session, *, agreement: Agreement, key: UUID | None, by: Membership) -> TableView:
    """Put the paragraph `key` of `agreement` on the table in place of what lies there; return the row, flushed.

    Args:
        session: Writing, the dialogue locked.
        agreement: Which text.
        key: Of the paragraph; ``None`` takes off what lies there.
        by: Who does it.

    Raises:
        OutOfOrder: If there is no such paragraph in the text. Nothing is written.

    """
    paragraph = None
    if key is not None:
        in_text = (placed.paragraph for placed in read(session, agreement.id).in_the_text)
        paragraph = next((one for one in in_text if one.id == key), None)
        if paragraph is None:
            raise OutOfOrder((Refusal.PARAGRAPH_IS_OUT,))
    last = session.scalar(sa.select(sa.func.max(TableView.number)).where(TableView.agreement_id == agreement.id))
    laid = TableView(agreement=agreement, number=(last or 0) + 1, paragraph=paragraph, membership=by, at=now(session))
    session.add(laid)
    session.flush()
    return laid


def lying(session: orm.Session, agreement_id: UUID, actor: Actor) -> UUID | None:
    """Return the key of the paragraph of the agreement `agreement_id` that lies on the table; ``None`` for none."""
    last = visible(actor).table_views().where(TableView.agreement_id == agreement_id).limit(1)
    return session.scalar(last.with_only_columns(TableView.paragraph_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Putting:
    """What who may put a paragraph on the table is offered."""

    is_lying: bool
    """Whether it lies there."""
    refusals: tuple[Refusal, ...]
    """What keeps it from being put there."""


def putting(session: orm.Session, shown: Row, actor: Actor) -> Putting | None:
    """Return what `actor` is offered on the page of a paragraph; ``None`` without the right."""
    if not permits(actor, Permission.PUT_ON_TABLE, shown.paragraph):
        return None
    return Putting(
        is_lying=lying(session, shown.paragraph.agreement_id, actor) == shown.key,
        refusals=(Refusal.PARAGRAPH_IS_OUT,) if shown.standing in OUT_OF_THE_TEXT else (),
    )


def mark(session: orm.Session, agreement_id: UUID, actor: Actor) -> str:
    """Return what names the table view as it is now: another once anything is put there, or done before all sides.

    One statement, and nothing of the text is read.
    """
    keys = session.execute(_heads(actor), {"agreement": agreement_id}).one()
    return ".".join(str(key or "") for key in keys)


@lru_cache(maxsize=512)
def _heads(actor: Actor) -> sa.Executable:
    """Select what lies on the table of ``:agreement``, and the last act before all sides; made once for each reader."""
    see = visible(actor)
    laid = see.table_views().where(TableView.agreement_id == sa.bindparam("agreement")).limit(1)
    done = see.journal().where(JournalEntry.chain == SHARED).order_by(None).order_by(JournalEntry.number.desc())
    return sa.select(
        laid.with_only_columns(TableView.id).scalar_subquery(),
        done.limit(1).with_only_columns(JournalEntry.id).scalar_subquery(),
    )


def page(session: orm.Session, agreement_id: UUID, actor: Actor) -> TablePage:
    """Return what lies on the table of the agreement `agreement_id`, of whose dialogue `actor` is a member."""
    key = lying(session, agreement_id, actor)
    reading = read(session, agreement_id)
    found = next((one.paragraph for one in reading.order if one.paragraph.id == key), None)
    return TablePage(reading=reading, row=row(reading, found, actor=actor) if found else None)
