"""What is called by one name on a page: the reader's language of it, and the other's where that is not written.

Headings and what has no number can be tabled in one language (RULES 5): what such a text is called
is then written in that language alone, and every page has to name it all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from workflow.domain.bilingual import TAGS, Bilingual, Language, is_blank
from workflow.domain.words import beginning
from workflow.i18n import current_locale
from workflow.i18n import gettext as _
from workflow.models import Draft, Paragraph

#: Characters of a text by which a list names it.
LONGEST_NAME: Final = 60
#: The same where both languages stand in one line.
_LONGEST_OF_BOTH: Final = {Language.EN: 90, Language.ZH: 50}


@dataclass(frozen=True, slots=True)
class Name:
    """What a text is called, and the tag of the language that is in; a page sets it in that language."""

    words: str
    tag: str
    number: str = ""
    """The working number that comes before it, or stands for it."""

    def __str__(self) -> str:
        """Return it where nothing can be set in another language: the title of a page, a label."""
        return " ".join(part for part in (self._place, self.words) if part)

    def __html__(self) -> str:
        """Return it for a page; what is in the page's own language needs no mark."""
        if self.tag == TAGS[_own()]:
            return escape(str(self))
        marked = Markup('<span lang="{}">{}</span>').format(self.tag, self.words)
        return Markup(" ").join(part for part in (self._place, marked) if part)

    @property
    def _place(self) -> str:
        return f"¶{self.number}" if self.number else ""


def in_reader_order(passage: Bilingual | Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what is written of `passage` as ``(tag, text)``, the reader's own language first."""
    texts = passage if isinstance(passage, Mapping) else {"en": passage.en, "zh": passage.zh}
    ordered = sorted(Language, key=lambda one: one is not _own())
    return [(TAGS[language], texts[language]) for language in ordered if not is_blank(texts[language])]


def in_reader_language(name: Bilingual) -> str:
    """Return `name` as the reader calls it, or as it is called in the other language where that alone is written.

    For what a thing of this program's is called (a delegation, a session). A text is named by `name_of`,
    which says in which language; where it is read rather than named, it has two languages, always.
    """
    return next((text for _tag, text in in_reader_order(name)), "")


def in_one_language(passage: Bilingual, first: str | None = None) -> Name:
    """Return the whole of `passage` in `first`, or else the reader's language; where that is empty, in the other."""
    language = Language(first) if first else _own()
    written = language if not is_blank(passage[language]) else _other(language)
    return Name(passage[written], TAGS[written])


def name_of(
    named: Paragraph | Draft, number: str = "", *, text: Bilingual | None = None, most: int = LONGEST_NAME
) -> Name:
    """Return what `named` is called, after its `number`: its working title, or how its text begins.

    Args:
        named: What is named.
        number: Its working number, where it has one and the page says it.
        text: What it said on the occasion in question, where that is not what it says now.
        most: Characters that are quoted of a text.

    """
    for language in (_own(), _other(_own())):
        if words := _called(named, language, text or _said(named), most):
            return Name(words, TAGS[language], number)
    return Name(_("New paragraph"), TAGS[_own()], number)


def place_of(named: Paragraph | Draft, number: str, *, most: int = 40) -> Name:
    """Return the shortest that `named` is called: its `number`, or without one what `name_of` says."""
    return Name("", TAGS[_own()], number) if number else name_of(named, most=most)


def names_of(named: Paragraph | Draft) -> Bilingual:
    """Return what `named` is called in both languages; what says nothing yet, in the reader's alone."""
    en, zh = (_called(named, language, _said(named), most) for language, most in _LONGEST_OF_BOTH.items())
    if en or zh:
        return Bilingual(en=en, zh=zh)
    return Bilingual(en="", zh=_("New paragraph")) if _own() is Language.ZH else Bilingual(en=_("New paragraph"), zh="")


def _called(named: Paragraph | Draft, language: Language, text: Bilingual, most: int) -> str:
    """Return what `named` is called in `language`; empty where that is not written."""
    title = named.working_title[language]
    words = title if not is_blank(title) else text[language]
    return "" if is_blank(words) else beginning(words, most)


def _said(named: Paragraph | Draft) -> Bilingual:
    """Return what is quoted of `named`; of a deletion, what it deletes."""
    if isinstance(named, Paragraph):
        return named.last_text
    return named.paragraph.last_text if named.paragraph and named.text.is_empty else named.text


def _own() -> Language:
    return Language.ZH if current_locale() == "zh_Hans" else Language.EN


def _other(language: Language) -> Language:
    return Language.EN if language is Language.ZH else Language.ZH
