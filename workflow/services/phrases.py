"""How a phrase stands in the agreements that are published or adopted: in both languages, whole paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual, Language, is_blank
from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import Stage
from workflow.domain.words import has_han
from workflow.models import Agreement, Paragraph, Wording
from workflow.permissions import Actor
from workflow.services import corrigenda
from workflow.services.reading import Reading, read
from workflow.services.visible import visible

#: How many paragraphs are shown at the most; who finds more looks for more words.
MOST: Final = 20
LONGEST: Final = 200
"""Characters of a phrase that are looked for; what comes after says no more."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text: the phrase, or what stands between."""

    text: str
    is_phrase: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph in which the phrase stands, in one language or both."""

    paragraph: Paragraph
    number: str
    """Its number in its agreement; empty for headings."""
    en: tuple[Part, ...]
    zh: tuple[Part, ...]

    @property
    def agreement(self) -> Agreement:
        """The agreement it stands in."""
        return self.paragraph.agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What was found of a phrase."""

    phrase: str
    """As it was looked for; empty where nothing was."""
    terms: tuple[Bilingual, ...]
    """The agreed terms that it is, holds, or is part of."""
    passages: tuple[Passage, ...]
    """Of the newest session first, in reading order."""
    has_more: bool
    """Whether there are more than are shown."""


def find(session: orm.Session, agreement: Agreement, actor: Actor, asked: str) -> Phrases:
    """Return how the phrase `asked` stands in what the dialogue of `agreement` has published or adopted.

    Capitals and small letters are the same, and so are all kinds of space. A single Latin
    letter is no phrase.
    """
    phrase = _phrase(asked)
    if not phrase:
        return Phrases(phrase="", terms=(), passages=(), has_more=False)
    found: list[Passage] = []
    for reading in _closed(session, actor, phrase):
        found += _passages(reading, phrase)
        if len(found) > MOST:
            break
    return Phrases(
        phrase=phrase,
        terms=tuple(term.text for term in agreement.dialogue.terms if _meet(term.text, phrase)),
        passages=tuple(found[:MOST]),
        has_more=len(found) > MOST,
    )


def _phrase(asked: str) -> str:
    """Return what is looked for: each space one space, nothing that cannot be seen; empty where that says nothing."""
    seen = "".join(one if one.isprintable() else " " for one in asked.replace("\u00a0", " "))
    phrase = " ".join(seen.split())[:LONGEST]
    return phrase if not is_blank(phrase) and (len(phrase) > 1 or has_han(phrase)) else ""


def _closed(session: orm.Session, actor: Actor, phrase: str) -> Iterator[Reading]:
    """Yield the texts, newest first, that are closed and may hold `phrase`."""
    spaced = [column.icontains(phrase, autoescape=True) for column in (_spaced("text_en"), _spaced("text_zh"))]
    holding = set(session.scalars(visible(actor).wordings().where(sa.or_(*spaced)).with_only_columns(Agreement.id)))
    for agreement in session.scalars(visible(actor).agreements()).all():
        if agreement.is_recorded:
            if agreement.id in holding:
                yield read(session, agreement.id)
        elif agreement.adoptions or any(one.kind is MotionKind.SILENCE for one in agreement.motions):
            reading = read(session, agreement.id)
            if reading.stage is Stage.ADOPTED:
                yield reading


def _spaced(name: str) -> sa.ColumnElement[str]:
    """Return a text of a wording in which each no-break space and line end is a plain space."""
    text: sa.ColumnElement[str] = Wording.__table__.c[name]
    for one in ("\u00a0", "\n"):
        text = sa.func.replace(text, one, " ", type_=sa.Text)
    return text


def _passages(reading: Reading, phrase: str) -> Iterator[Passage]:
    for placed in reading.in_the_text:
        text = corrigenda.text_of(reading, placed.paragraph)
        if text is None:
            continue
        en, zh = (_parts(text[language], phrase) for language in Language)
        if any(part.is_phrase for part in (*en, *zh)):
            number = reading.numbers.get(placed.paragraph.id, "")
            yield Passage(paragraph=placed.paragraph, number=number, en=en, zh=zh)


def _parts(text: str, phrase: str) -> tuple[Part, ...]:
    pattern = r"\s+".join(re.escape(word) for word in phrase.split(" "))
    pieces = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    return tuple(Part(piece, is_phrase=at % 2 == 1) for at, piece in enumerate(pieces) if piece)


def _meet(term: Bilingual, phrase: str) -> bool:
    """Whether `term` is `phrase`, holds it, or stands in it."""
    wanted = phrase.casefold()
    return any(wanted in one or (one and one in wanted) for one in (term.en.casefold(), term.zh.casefold()))
