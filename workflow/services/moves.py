"""Moves: putting a paragraph elsewhere, once the drafters of every side agree (RULES 4)."""

from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual
from workflow.domain.content import digest
from workflow.domain.negotiation import Refusal
from workflow.domain.text import ParagraphKind
from workflow.models import Membership, Motion, Paragraph
from workflow.services.reading import Reading, keep_numbers, open_for, read
from workflow.services.rows import quoted

#: What other paragraphs can stand under.
HOLD_OTHERS: Final = frozenset({ParagraphKind.HEADING, ParagraphKind.LEAD_IN})


def stands_on(reading: Reading, _paragraph: Paragraph | None) -> str:
    """Return the hash of the order of the text: every paragraph, where it stands."""
    return digest(["order 1", *(f"{placed.depth} {placed.paragraph.id}" for placed in reading.order)])


def asked(*, parent: UUID | None, before: UUID | None) -> dict[str, object]:
    """Return what a motion asks for: right `before` that paragraph, else last under `parent`, else last of all."""
    return {"parent": str(parent or ""), "before": str(before or "")}


def places(reading: Reading, paragraph: Paragraph) -> list[tuple[str, Bilingual, str]]:
    """Return where `paragraph` can be moved to, in reading order.

    Shape:
        ``(value, words of the place in both languages, working number)``; the value is
        ``before:<key>``, ``under:<key>`` for the end of a section or list, or ``end``.

    """
    found: list[tuple[str, Bilingual, str]] = []
    for placed in reading.in_the_text:
        other = placed.paragraph
        if other is paragraph:
            continue
        found.append((f"before:{other.id}", quoted(other.last_text), reading.numbers.get(other.id, "")))
        if other.kind in HOLD_OTHERS:
            found.append((f"under:{other.id}", quoted(other.last_text), ""))
    return [*found, ("end", Bilingual("", ""), "")]


def refusals(reading: Reading, paragraph: Paragraph | None, details: Mapping[str, object]) -> tuple[Refusal, ...]:
    """Return what keeps anybody from moving `paragraph` there: it cannot stand under itself, or where it stands."""
    if closed := open_for(reading, paragraph):
        return closed
    assert paragraph is not None  # noqa: S101 -- told above; for the type checker
    known = {placed.paragraph.id: placed.paragraph for placed in reading.order}
    if not {key for key in (_key(details, "parent"), _key(details, "before")) if key} <= known.keys():
        return (Refusal.NO_SUCH_PLACE,)
    parent, order = _arranged(reading, paragraph, details)
    if paragraph.id in _above(reading, parent) or (parent and known[parent].kind not in HOLD_OTHERS):
        return (Refusal.NO_SUCH_PLACE,)
    if parent == paragraph.parent_id and order == _under(reading, parent):
        return (Refusal.STANDS_THERE_ALREADY,)
    return ()


def effect(session: orm.Session, motion: Motion, _by: Membership) -> None:
    """Put the paragraph where `motion` asks. Positions survive, but where another lead-in governs a paragraph now."""
    paragraph = motion.paragraph
    assert paragraph is not None  # noqa: S101 -- such a motion is about one; for the type checker
    agreement = motion.agreement
    keep_numbers(session, agreement)
    before = agreement.governors
    paragraph.parent_id, order = _arranged(read(session, motion.agreement_id), paragraph, motion.details)
    for position, one in enumerate(order, 1):
        one.position = position
    after = agreement.governors
    for one in agreement.paragraphs:
        one.regoverned += before[one.id] != after[one.id]
    session.flush()


def _arranged(
    reading: Reading, paragraph: Paragraph, details: Mapping[str, object]
) -> tuple[UUID | None, list[Paragraph]]:
    """Return under what `paragraph` is to stand, and everything that will stand there, in order."""
    before = next((one.paragraph for one in reading.order if one.paragraph.id == _key(details, "before")), None)
    parent = before.parent_id if before else _key(details, "parent")
    others = [one for one in _under(reading, parent) if one is not paragraph]
    if before is paragraph:  # before itself: where it stands
        return parent, _under(reading, parent)
    at = others.index(before) if before else len(others)
    return parent, [*others[:at], paragraph, *others[at:]]


def _key(details: Mapping[str, object], name: str) -> UUID | None:
    written = str(details.get(name) or "")
    return UUID(written) if written else None


def _under(reading: Reading, parent: UUID | None) -> list[Paragraph]:
    return [placed.paragraph for placed in reading.order if placed.paragraph.parent_id == parent]


def _above(reading: Reading, key: UUID | None) -> Iterator[UUID]:
    """Yield `key` and what it stands under, from the inside."""
    parents = {placed.paragraph.id: placed.paragraph.parent_id for placed in reading.order}
    while key is not None:
        yield key
        key = parents.get(key)
