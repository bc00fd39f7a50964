"""The texts of one paragraph beside each other: the one in common, and each side's own."""

from dataclasses import dataclass
from itertools import pairwise

from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.redline import Redline, bilingual_redline
from workflow.models import Delegation, Paragraph
from workflow.services.rows import Row
from workflow.services.terms import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SideText:
    """What one delegation wants a paragraph to say."""

    delegation: Delegation
    text: Bilingual
    """Nothing where the delegation wants it gone, or has not taken up an addition."""
    redline: Redline | None
    """Against the text that is amended; ``None`` where the delegation holds to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsShown:
    """A paragraph as everybody reads it."""

    common: Bilingual
    """The text in common; nothing while the paragraph is an addition only."""
    sides: tuple[SideText, ...]
    """In their fixed order; none where nobody proposes anything else."""
    last_change: Redline | None
    """What the current wording changed in the one before; ``None`` for the first."""

    @property
    def proposals(self) -> tuple[SideText, ...]:
        """The texts that differ from what is amended."""
        return tuple(one for one in self.sides if one.redline)


def texts(row: Row) -> TextsShown:
    """Return the texts of the paragraph of `row`."""
    common = row.state.current or NOTHING
    return TextsShown(common=common, sides=_side_texts(row), last_change=_last_change(row.paragraph))


def _side_texts(row: Row) -> tuple[SideText, ...]:
    if row.negotiating is None:
        return ()
    amended = row.state.text or NOTHING
    words = words_of(row.paragraph.agreement)
    found = []
    for delegation in row.paragraph.agreement.dialogue.delegations:
        text = row.negotiating.read(delegation.code)
        takes_part = (
            row.state.current is not None or not text.is_empty
        )  # an addition it has not taken up is no text of it
        redline = bilingual_redline(amended, text, words) if takes_part and text != amended else None
        found.append(SideText(delegation=delegation, text=text, redline=redline))
    return tuple(found)


def _last_change(paragraph: Paragraph) -> Redline | None:
    words = words_of(paragraph.agreement)
    changes = [bilingual_redline(old.text, new.text, words) for old, new in pairwise(paragraph.wordings[-2:])]
    return changes[0] if changes else None
