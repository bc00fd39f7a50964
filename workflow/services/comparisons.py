"""Two readings of one text compared: any two Revs, or a Rev. and the text as it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual
from workflow.domain.changes import Change, Compared, Listed, compare, counts
from workflow.domain.redline import Redline, bilingual_redline
from workflow.domain.words import Words
from workflow.models import Agreement, Amendment, Issue, Paragraph, Wording
from workflow.services import issues
from workflow.services.reading import Reading, read
from workflow.services.terms import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of one paragraph, ready for a page."""

    paragraph: Paragraph
    compared: Compared[UUID]
    redline: Redline | None
    """``None`` where it reads as it did, or is there in one of the readings only."""
    tabled: tuple[Amendment, ...] = ()
    """What was put before the sides since, and still is, newest first."""
    ended: tuple[Amendment, ...] = ()
    """What was before the sides and no longer is, newest first."""

    @property
    def key(self) -> UUID:
        """The paragraph's key."""
        return self.paragraph.id

    @property
    def changes(self) -> tuple[Change, ...]:
        """What became of it."""
        return self.compared.changes

    @property
    def number(self) -> str:
        """Its working number in the later reading, else in the earlier."""
        return self.compared.last.number

    @property
    def text(self) -> Bilingual:
        """What it says in the later reading, else what it said in the earlier."""
        return self.compared.last.text

    @property
    def earlier_wording(self) -> Wording | None:
        """The wording that the earlier reading had, where the paragraph reads otherwise now."""
        if self.redline is None or self.compared.before is None:
            return None
        was = self.compared.before.text
        return next((one for one in reversed(self.paragraph.wordings) if one.text == was), None)

    @property
    def is_one(self) -> bool:
        """Whether there is anything to tell."""
        return self.compared.reads_otherwise or bool(self.tabled or self.ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage:
    """Two Revs, or a Rev. and the text as it stands, compared."""

    agreement: Agreement
    first: int
    """The Rev. compared with the other."""
    second: int | None
    """``None`` for the text as it stands now."""
    differences: tuple[Difference, ...]
    """Every paragraph of either, unchanged ones included, in the later order."""

    @property
    def counts(self) -> Mapping[Change, int]:
        """How many paragraphs each change befell."""
        return counts(one.compared for one in self.differences)

    @property
    def unchanged(self) -> int:
        """How many read and stand as they did."""
        return sum(not one.compared.reads_otherwise for one in self.differences)


def page(session: orm.Session, agreement_id: UUID, *, first: int | None, second: int | None) -> ComparisonPage | None:
    """Return the Rev. `first` of the agreement `agreement_id` compared with the Rev. `second`.

    Args:
        session: Reading.
        agreement_id: Which text.
        first: The number of a Rev.; one that was never issued counts as the last.
        second: The number of another; ``None``, or one never issued, stands for the text as it is now.

    Returns:
        ``None`` where no Rev. was issued yet, so that there is nothing to compare.

    """
    reading = read(session, agreement_id)
    revs = {issue.number: issue for issue in reading.agreement.issues}
    if not revs:
        return None
    earlier = revs.get(first or 0, reading.agreement.issues[-1])
    later = revs.get(second or 0)
    after = listed_in(session, later) if later else listed_now(reading)
    return ComparisonPage(
        agreement=reading.agreement,
        first=earlier.number,
        second=later.number if later else None,
        differences=differences(reading, compare(listed_in(session, earlier), after)),
    )


def listed_in(session: orm.Session, issue: Issue) -> tuple[Listed[UUID], ...]:
    """Return the text as `issue` lists it."""
    return tuple(
        Listed(
            key=shown.entry.paragraph_id,
            text=shown.text,
            number=shown.entry.number,
            depth=shown.entry.depth,
            is_common=shown.entry.wording_id is not None,
        )
        for shown in issues.entries(session, issue)
    )


def listed_now(reading: Reading) -> tuple[Listed[UUID], ...]:
    """Return the text as it stands."""
    return tuple(
        Listed(
            key=placed.paragraph.id,
            text=placed.paragraph.last_text,
            number=reading.numbers.get(placed.paragraph.id, ""),
            depth=placed.depth,
            is_common=placed.paragraph.current_wording is not None,
        )
        for placed in reading.in_the_text
    )


def differences(
    reading: Reading, compared: Iterable[Compared[UUID]], moments: Mapping[UUID, datetime] | None = None
) -> tuple[Difference, ...]:
    """Return `compared` ready for a page.

    Args:
        reading: The text as it stands.
        compared: Its paragraphs in two readings.
        moments: Since when to tell, for each paragraph, what was tabled to it and what became of that; none
            where nothing of it is to be told.

    """
    paragraphs = {placed.paragraph.id: placed.paragraph for placed in reading.order}
    return tuple(_difference(paragraphs[one.key], one, (moments or {}).get(one.key)) for one in compared)


def _difference(paragraph: Paragraph, compared: Compared[UUID], at: datetime | None) -> Difference:
    newest = reversed(paragraph.amendments)
    since_then = [one for one in newest if at is not None and (one.at > at or (one.ending and one.ending.at > at))]
    return Difference(
        paragraph=paragraph,
        compared=compared,
        redline=_redline(compared, words_of(paragraph.agreement)),
        tabled=tuple(one for one in since_then if one.ending is None),
        ended=tuple(one for one in since_then if one.ending is not None),
    )


def _redline(compared: Compared[UUID], words: Words) -> Redline | None:
    if compared.before is None or compared.after is None or compared.before.text == compared.after.text:
        return None
    return bilingual_redline(compared.before.text, compared.after.text, words)
