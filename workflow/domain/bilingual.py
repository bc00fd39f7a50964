"""Text that exists in both authentic languages at once."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """A language of the agreements; never the language of the interface."""

    EN = "en"
    ZH = "zh"

    @property
    def tag(self) -> str:
        """The BCP 47 tag of this language in a page, e.g. ``zh-Hans``."""
        return TAGS[self]


TAGS: Final = {Language.EN: "en", Language.ZH: "zh-Hans"}


def is_blank(text: str | None) -> bool:
    """Whether nothing of `text` can be seen: it is white space, and marks without width, which nobody can agree to."""
    return all(character.isspace() or unicodedata.category(character) == "Cf" for character in text or "")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One passage in its two equally authentic versions.

    Neither version is a translation of the other, so there is no default language
    and no fallback: code that wants one side must say which. An empty version is one
    that has not been written yet.
    """

    en: str
    zh: str

    def __getitem__(self, language: Language) -> str:
        """Return the version in `language`."""
        return self.en if language is Language.EN else self.zh

    @property
    def is_complete(self) -> bool:
        """Whether both versions have something to be seen in them."""
        return not is_blank(self.en) and not is_blank(self.zh)

    @property
    def is_empty(self) -> bool:
        """Whether neither version has anything to be seen in it."""
        return is_blank(self.en) and is_blank(self.zh)

    @property
    def pending(self) -> tuple[Language, ...]:
        """The languages that have not been written yet."""
        return tuple(language for language in Language if is_blank(self[language]))


NOTHING: Final = Bilingual("", "")
"""No text in either language."""
