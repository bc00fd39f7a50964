"""The tables a meeting works with."""

from collections.abc import Iterator

from sqlalchemy import orm

import exports
from exports import Column, Words
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import Standing
from workflow.models import Delegation, Paragraph
from workflow.services.documents.choices import Making
from workflow.services.documents.frame import frame, sides_in_order
from workflow.services.documents.texts import bracketed, held, shared_comments
from workflow.services.documents.words import STANCES, STANDINGS, pair
from workflow.services.reading import Reading
from workflow.services.rows import negotiating

_EN, _ZH = exports.Language.EN, exports.Language.ZH


def working_table(session: orm.Session, reading: Reading, making: Making) -> exports.TableDocument:
    """Return the text as a table: number, both languages, standing, shared comments."""
    described = frame(reading, making)
    comments = shared_comments(session, reading)
    texts = [Column(heading=(_head("English", _EN),), share=9), Column(heading=(_head("中文", _ZH),), share=8)]
    first_zh = described["edition"] == _ZH
    rows = []
    for placed in reading.in_the_text:
        paragraph = placed.paragraph
        said = pair(bracketed(reading, paragraph))
        languages = [_text(said, language) for language in (_EN, _ZH)]
        rows.append(
            (
                _number(reading, paragraph),
                *(reversed(languages) if first_zh else languages),
                _both(STANDINGS[reading.standings[paragraph.id]]),
                tuple(_comments(comments.get(paragraph.id, ()))),
            )
        )
    return exports.TableDocument(
        **described,
        columns=(
            _column("No.", "序号", 2),
            *(reversed(texts) if first_zh else texts),
            _column("Standing", "状态", 3),
            _column("Shared comments", "公开意见", 5),
        ),
        rows=tuple(rows),
    )


def four_column(_session: orm.Session, reading: Reading, making: Making) -> exports.TableDocument:
    """Return, for each paragraph, the text in common, what each side wants instead, and what is agreed."""
    sides = sides_in_order(reading.agreement, making.edition)
    rows = []
    for placed in reading.in_the_text:
        paragraph = placed.paragraph
        state = reading.state_of(paragraph)
        found = negotiating(state)
        wanted = [_wanted(found.read(side.code) if found else None, state.current) for side in sides]
        agreed = reading.standings[paragraph.id] in {Standing.AGREED, Standing.RECORDED}
        rows.append(
            (
                _number(reading, paragraph),
                _both(pair(state.current or NOTHING)),
                *wanted,
                _both(pair(paragraph.text or NOTHING)) if agreed else (),
            )
        )
    return exports.TableDocument(
        **frame(reading, making),
        columns=(
            _column("No.", "序号", 1),
            _column("Text in common", "共同案文", 5),
            *(Column(heading=_strong(side.name), share=5) for side in sides),
            _column("Agreed", "已商定", 5),
        ),
        rows=tuple(rows),
    )


def positions(_session: orm.Session, reading: Reading, making: Making) -> exports.TableDocument:
    """Return what each side holds of each paragraph; in a delegation's own copy all it ever said, and who said it."""
    sides = sides_in_order(reading.agreement, making.edition)
    rows = [
        (
            _number(reading, placed.paragraph),
            _both(pair(bracketed(reading, placed.paragraph))),
            *(tuple(_said(reading, placed.paragraph, side, own=making.own)) for side in sides),
        )
        for placed in reading.in_the_text
    ]
    return exports.TableDocument(
        **frame(reading, making),
        columns=(
            _column("No.", "序号", 1),
            _column("Text", "案文", 6),
            *(Column(heading=_strong(side.name), share=4) for side in sides),
        ),
        rows=tuple(rows),
    )


def _said(reading: Reading, paragraph: Paragraph, side: Delegation, *, own: str | None) -> Iterator[Words]:
    """Yield what `side` holds of the present text of `paragraph`; of the own side everything it ever said, and who."""
    is_own = own == side.code
    said = paragraph.positions if is_own else held(reading, paragraph)
    for one in said:
        if one.delegation_id != side.id:
            continue
        stance = STANCES[one.stance]
        yield Words(stance.en, _EN, is_strong=True)
        yield Words(stance.zh, _ZH, is_strong=True)
        if one.reason:
            yield Words(one.reason, _language_of(one.reason))
        when = f"{one.at:%Y-%m-%d %H:%M} UTC · {one.wording_number}"
        yield Words(f"{when} · {one.membership.account.name}" if is_own else when, _EN, is_quiet=True)


def _wanted(text: Bilingual | None, current: Bilingual | None) -> tuple[Words, ...]:
    """Return what a side wants instead of the text in common; nothing where it wants nothing else."""
    if text is None or text == current:
        return ()
    if text.is_empty:
        return (Words("SUP", _EN), Words("删除", _ZH)) if current is not None else ()
    return _both(pair(text))


def _comments(comments: tuple[exports.Comment, ...]) -> Iterator[Words]:
    for one in comments:
        yield Words(f"{one.author}, {one.at:%Y-%m-%d}", _EN, is_quiet=True)
        yield from (Words(line, _language_of(line)) for line in one.text.splitlines() if line.strip())


def _number(reading: Reading, paragraph: Paragraph) -> tuple[Words, ...]:
    number = reading.numbers.get(paragraph.id, "")
    return (Words(number, _EN),) if number else ()


def _text(said: exports.Pair, language: exports.Language) -> tuple[Words, ...]:
    text = said[language]
    return (Words(text, language) if text.strip() else Words(exports.PENDING[language], language, is_quiet=True),)


def _both(said: exports.Pair) -> tuple[Words, ...]:
    return tuple(Words(said[language], language) for language in (_EN, _ZH) if said[language].strip())


def _column(en: str, zh: str, share: int) -> Column:
    return Column(heading=(_head(en, _EN), _head(zh, _ZH)), share=share)


def _strong(name: Bilingual) -> tuple[Words, ...]:
    return _head(name.en, _EN), _head(name.zh, _ZH)


def _head(text: str, language: exports.Language) -> Words:
    return Words(text, language, is_strong=True)


def _language_of(text: str) -> exports.Language:
    """Return in whose type a remark is set that may be in either language."""
    return _ZH if any("\u3400" <= character <= "\u9fff" for character in text) else _EN
