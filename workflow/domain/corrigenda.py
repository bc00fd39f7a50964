"""Corrigenda: the only change after adoption; what is wrong, what is right, in which language (RULES 29).

The adopted wording is never touched: what it should have said is worked out from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.negotiation import Refusal, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One mistake in one language, and what stands in its place."""

    language: Language
    wrong: str
    """Stands exactly once in the text, so that nobody can doubt which place is meant."""
    right: str


def refusals(correction: Correction, *, text: Bilingual | None, stage: Stage) -> tuple[Refusal, ...]:
    """Return every reason why `correction` cannot be put; empty when none stands in its way.

    Args:
        correction: What is to be corrected.
        text: The adopted text with every corrigendum so far; ``None`` where nothing was adopted.
        stage: Of the agreement.

    """
    if stage is not Stage.ADOPTED or text is None:
        return (Refusal.NOT_ADOPTED_YET,)
    if not correction.wrong or text[correction.language].count(correction.wrong) != 1:
        return (Refusal.NOT_ONE_SUCH_PLACE,)
    return (Refusal.NOTHING_CHANGES,) if correction.wrong == correction.right else ()


def corrected(text: Bilingual, corrections: Iterable[Correction]) -> Bilingual:
    """Return `text` as it reads with `corrections` made, one after the other."""
    for one in corrections:
        changed = text[one.language].replace(one.wrong, one.right, 1)
        text = Bilingual(changed, text.zh) if one.language is Language.EN else Bilingual(text.en, changed)
    return text
