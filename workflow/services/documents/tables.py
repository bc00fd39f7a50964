"""The tables a meeting works with."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from sqlalchemy import orm

import exports
from exports import Column, Words
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import Standing
from workflow.domain.text import ParagraphKind
from workflow.models import Delegation, Paragraph
from workflow.services import statements
from workflow.services.documents.choices import Making
from workflow.services.documents.frame import frame, language_of, sides_in_order
from workflow.services.documents.texts import bracketed, held, shared_comments
from workflow.services.documents.words import STANCES, STANDINGS, day, moment, pair
from workflow.services.reading import Reading
from workflow.services.rows import negotiating
from workflow.services.terms import words_of

_EN, _ZH = exports.Language.EN, exports.Language.ZH

_Order: TypeAlias = tuple[exports.Language, exports.Language]
"""Both languages, that of the edition first: so they stand in every cell."""

#: What stands out, and stays on the page of what follows. Lead-ins do not: their rows are high, and so are the next.
_HEADINGS: Final = frozenset({ParagraphKind.TITLE, ParagraphKind.HEADING})

_PARTED: Final[Mapping[exports.Language, str]] = {_EN: " · ", _ZH: "，"}


def working_table(session: orm.Session, reading: Reading, making: Making) -> exports.TableDocument:
    """Return the text as a table: number, both languages, standing, shared comments."""
    order = _order(making)
    comments = shared_comments(session, reading, language_of(making))
    texts = {
        _EN: Column(heading=(_head("English", _EN),), share=9),
        _ZH: Column(heading=(_head("中文", _ZH),), share=8),
    }
    rows = []
    for placed in reading.in_the_text:
        paragraph = placed.paragraph
        said = bracketed(reading, paragraph)
        rows.append(
            (
                _number(reading, paragraph),
                *(_text(reading, paragraph, said, language) for language in order),
                _both(STANDINGS[reading.standings[paragraph.id]], order),
                tuple(_comments(comments.get(paragraph.id, ()), order[0])),
            )
        )
    return exports.TableDocument(
        **frame(reading, making),
        columns=(
            _column("No.", "序号", 2, order),
            *(texts[language] for language in order),
            _column("Standing", "状态", 3, order),
            _column("Shared comments", "共享评论", 5, order),
        ),
        rows=tuple(rows),
    )


def four_column(_session: orm.Session, reading: Reading, making: Making) -> exports.TableDocument:
    """Return, for each paragraph, the text in common, what each side wants instead, and what is agreed."""
    sides, order = sides_in_order(reading.agreement, making.edition), _order(making)
    rows = []
    for placed in reading.in_the_text:
        paragraph = placed.paragraph
        state = reading.state_of(paragraph)
        found = negotiating(state, words_of(reading.agreement))
        wanted = [_wanted(reading, paragraph, found.read(side.code) if found else None, order) for side in sides]
        agreed = reading.standings[paragraph.id] in {Standing.AGREED, Standing.RECORDED}
        rows.append(
            (
                _number(reading, paragraph),
                _printed(reading, paragraph, state.current, order),
                *wanted,
                _printed(reading, paragraph, paragraph.text, order) if agreed else (),
            )
        )
    return exports.TableDocument(
        **frame(reading, making),
        columns=(
            _column("No.", "序号", 1, order),
            _column("Text in common", "共同案文", 5, order),
            *(Column(heading=_strong(side.name, order), share=5) for side in sides),
            _column("Agreed", "已商定", 5, order),
        ),
        rows=tuple(rows),
    )


def positions(_session: orm.Session, reading: Reading, making: Making) -> exports.TableDocument:
    """Return what each side holds of each paragraph; in a delegation's own copy all it ever said, and who said it."""
    sides, order = sides_in_order(reading.agreement, making.edition), _order(making)
    rows = [
        (
            _number(reading, placed.paragraph),
            _printed(reading, placed.paragraph, bracketed(reading, placed.paragraph), order),
            *(tuple(_said(reading, placed.paragraph, side, own=making.own, order=order)) for side in sides),
        )
        for placed in reading.in_the_text
    ]
    return exports.TableDocument(
        **frame(reading, making),
        columns=(
            _column("No.", "序号", 1, order),
            _column("Text", "案文", 6, order),
            *(Column(heading=_strong(side.name, order), share=4) for side in sides),
        ),
        rows=tuple(rows),
    )


def _said(
    reading: Reading, paragraph: Paragraph, side: Delegation, *, own: str | None, order: _Order
) -> Iterator[Words]:
    """Yield what `side` holds of the present text of `paragraph`; of the own side everything it ever said, and who."""
    is_own = own == side.code
    said = paragraph.positions if is_own else held(reading, paragraph)
    for one in said:
        if one.delegation_id != side.id:
            continue
        stance = STANCES[one.stance]
        yield from (Words(stance[language], language, is_strong=True) for language in order)
        if one.reason:
            yield Words(one.reason, _language_of(one.reason))
        if is_own or one in statements.printed(reading, paragraph):
            yield from _both(pair(one.statement), order)
        number = one.wording_number
        wording = exports.Pair(f"wording {number}", f"第{number}版案文")
        about = [moment(one.at), wording, *([exports.Pair.alike(one.membership.account.name)] if is_own else [])]
        yield Words(_PARTED[order[0]].join(words[order[0]] for words in about), order[0], is_quiet=True)


def _wanted(reading: Reading, paragraph: Paragraph, text: Bilingual | None, order: _Order) -> tuple[Words, ...]:
    """Return what a side wants instead of the text in common; nothing where it wants nothing else."""
    current = reading.state_of(paragraph).current
    if text is None or text == current:
        return ()
    if text.is_empty:
        return _both(exports.Pair("SUP", "删除"), order) if current is not None else ()
    return _printed(reading, paragraph, text, order)


def _comments(comments: tuple[exports.Comment, ...], language: exports.Language) -> Iterator[Words]:
    for one in comments:
        yield Words(f"{one.author}{_PARTED[language]}{day(one.at)[language]}", language, is_quiet=True)
        yield from (Words(line, _language_of(line)) for line in one.text.splitlines() if line.strip())


def _number(reading: Reading, paragraph: Paragraph) -> tuple[Words, ...]:
    number = reading.numbers.get(paragraph.id, "")
    return (Words(number, _EN),) if number else ()


def _text(reading: Reading, paragraph: Paragraph, said: Bilingual, language: exports.Language) -> tuple[Words, ...]:
    found = _printed(reading, paragraph, said, (language,))
    return found or (Words(exports.PENDING[language], language, is_quiet=True),)


def _printed(
    reading: Reading, paragraph: Paragraph, said: Bilingual | None, languages: Iterable[exports.Language]
) -> tuple[Words, ...]:
    """Return what `paragraph` says, or would, as it is printed: with its label, and as a heading where it is one."""
    texts, label = pair(said or NOTHING), pair(reading.labels[paragraph.id])
    return tuple(
        Words(
            texts[language],
            language,
            label=label[language],
            is_strong=paragraph.kind in _HEADINGS,
            keeps_next=paragraph.kind in _HEADINGS,
        )
        for language in languages
        if texts[language].strip()
    )


def _both(said: exports.Pair, order: _Order) -> tuple[Words, ...]:
    return tuple(Words(said[language], language) for language in order if said[language].strip())


def _column(en: str, zh: str, share: int, order: _Order) -> Column:
    return Column(heading=_strong(Bilingual(en, zh), order), share=share)


def _strong(name: Bilingual, order: _Order) -> tuple[Words, ...]:
    return tuple(_head(pair(name)[language], language) for language in order)


def _order(making: Making) -> _Order:
    return exports.order(exports.Language(language_of(making)))


def _head(text: str, language: exports.Language) -> Words:
    return Words(text, language, is_strong=True)


def _language_of(text: str) -> exports.Language:
    """Return in whose type a remark is set that may be in either language."""
    return _ZH if any("\u3400" <= character <= "\u9fff" for character in text) else _EN
