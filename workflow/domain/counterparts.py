"""Whether the two languages of a draft were last written together, told from the states it went through.

Source: RULES 5 and 16: who changes one language says whether the other stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workflow.domain.bilingual import Bilingual, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A state of a draft."""

    text: Bilingual
    other_stands: bool = False
    """Whether whoever saved it said that the language left alone stands as it is."""


def stale(states: Iterable[Saved]) -> Language | None:
    """Return the language that was left behind; ``None`` where both stand together, or one is not written at all.

    They stand together when both are first written, when both have changed since they last
    did, and when somebody said that the other stands.
    """
    together: Bilingual | None = None
    behind: Language | None = None
    for state in states:
        text = state.text
        if not text.is_complete:
            behind = None
            continue
        changed = [language for language in Language if together is None or text[language] != together[language]]
        if len(changed) == len(Language) or state.other_stands:
            together, behind = text, None
        else:
            behind = next((language for language in Language if changed and language not in changed), None)
    return behind
