"""The text itself: agreed, negotiated, or against what it said before."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

import exports
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.bracket_display import attributed, written
from workflow.domain.changes import Change
from workflow.domain.negotiation import AmendmentKind
from workflow.domain.positions import Stance
from workflow.domain.redline import Kind, Redline, bilingual_redline
from workflow.domain.text import ParagraphKind
from workflow.models import Amendment, Comment, Outcome, Paragraph, Placed, Position, Scope, Thread
from workflow.services import comparisons
from workflow.services.documents.choices import DocumentKind, Making, NothingToPrint, WrongCombination
from workflow.services.documents.frame import frame, lists_in_order
from workflow.services.documents.words import STANDINGS, pair
from workflow.services.reading import Reading
from workflow.services.rows import negotiating
from workflow.services.terms import words_of

_CHANGES = {Kind.EQUAL: None, Kind.INSERTED: exports.Change.INSERTED, Kind.DELETED: exports.Change.DELETED}

#: How an accepted amendment ended.
_TAKEN_UP = frozenset({Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART, Outcome.ABSORBED})


def text(reading: Reading, making: Making) -> exports.TextDocument:
    """Return the text of `reading`.

    What is not agreed stands in square brackets, without attribution; what was deferred,
    withdrawn or deleted is left out.
    """
    return exports.TextDocument(
        **frame(reading, making),
        layout=exports.Layout(making.layout),
        paragraphs=tuple(_paragraph(reading, placed) for placed in reading.in_the_text),
        participant_lists=lists_in_order(reading, making.edition),
    )


def negotiating_text(reading: Reading, making: Making) -> exports.TextDocument:
    """Return the text of `reading` as the sides negotiate it: numbers, brackets, standings, reservations."""
    return exports.TextDocument(
        **frame(reading, making),
        layout=exports.Layout(making.layout),
        paragraphs=tuple(_negotiated(reading, placed, making) for placed in reading.in_the_text),
    )


def redline(session: orm.Session, reading: Reading, making: Making) -> exports.TextDocument:
    """Return what changed, as tracked changes: between two Revs, two wordings of a paragraph, or by an amendment.

    Raises:
        WrongCombination: If there is no such Rev., wording or amendment. `right` names those there are.
        NothingToPrint: If nothing was issued yet that the text could be compared with.

    """
    if making.amendment is not None:
        paragraphs, since = _of_amendment(reading, making), None
    elif making.paragraph is not None:
        paragraphs, since = _of_wordings(reading, making), None
    else:
        paragraphs, since = _between_revs(session, reading, making)
    described = frame(reading, making)
    if since is not None:
        described["cover"] = (*described["cover"], since)
    shared = shared_comments(session, reading)
    return exports.TextDocument(
        **described,
        layout=exports.Layout(making.layout),
        paragraphs=tuple(replace(one, comments=shared.get(key, ())) for key, one in paragraphs),
        origin=exports.Origin(
            document=str(reading.agreement.id), revision=str(reading.rev) if reading.rev else reading.listing
        ),
    )


def bracketed(reading: Reading, paragraph: Paragraph, *, sides: Sequence[str] = ()) -> Bilingual:
    """Return what `paragraph` says with what is not agreed in brackets; `sides` named in them, where given."""
    found = negotiating(reading.state_of(paragraph))
    if found is None:
        return paragraph.text or NOTHING
    if sides:
        return Bilingual(*(attributed(found[language], sides) for language in Language))
    return Bilingual(*(written(found[language]) for language in Language))


def number_of(reading: Reading, paragraph: Paragraph) -> exports.Pair:
    """Return the working number of `paragraph` as both languages cite it; nothing where it has none."""
    number = reading.numbers.get(paragraph.id)
    return exports.Pair(f"¶ {number}", f"第{number}段") if number else exports.NO_LABEL


def reservations(reading: Reading, paragraph: Paragraph) -> tuple[exports.Pair, ...]:
    """Return what sides reserve on the present text of `paragraph`, one note each, in the order of sides."""
    return tuple(_reservation(one) for one in held(reading, paragraph) if one.stance is Stance.RESERVE)


def held(reading: Reading, paragraph: Paragraph) -> Iterable[Position]:
    """Yield the position in force of each side that has one on the present text."""
    state = reading.state_of(paragraph)
    for side in state.sides:
        found = state.positions.get(side)
        fitting = [
            one
            for one in paragraph.positions
            if found
            and one.delegation.code == side
            and one.wording_number == len(paragraph.wordings)
            and one.content_hash == state.face
            and one.stance is found.stance
        ]
        yield from fitting[-1:]


def _reservation(position: Position) -> exports.Pair:
    name, reason = position.delegation.name, position.reason.strip()
    return exports.Pair(
        f"The {name.en} reserves its position{f': {reason}' if reason else '.'}",
        f"{name.zh}保留立场{f'：{reason}' if reason else '。'}",
    )


def _level(placed: Placed) -> int:
    return 1 + min(placed.depth, 1) if placed.paragraph.kind is ParagraphKind.HEADING else 1


def _paragraph(reading: Reading, placed: Placed) -> exports.Paragraph:
    paragraph = placed.paragraph
    return exports.Paragraph(
        kind=exports.ParagraphKind(paragraph.kind),
        texts=pair(bracketed(reading, paragraph)),
        label=pair(reading.labels[paragraph.id]),
        level=_level(placed),
    )


def _negotiated(reading: Reading, placed: Placed, making: Making) -> exports.Paragraph:
    paragraph = placed.paragraph
    number, standing = number_of(reading, paragraph), STANDINGS[reading.standings[paragraph.id]]
    aside = exports.Pair(f"{number.en} · {standing.en}", f"{number.zh} · {standing.zh}") if number.en else standing
    sides = reading.agreement.dialogue.sides if making.is_attributed else ()
    return exports.Paragraph(
        kind=exports.ParagraphKind(paragraph.kind),
        texts=pair(bracketed(reading, paragraph, sides=sides)),
        label=pair(reading.labels[paragraph.id]),
        level=_level(placed),
        aside=aside,
        notes=reservations(reading, paragraph),
    )


# -- redlines --------------------------------------------------------------------------


def _between_revs(
    session: orm.Session, reading: Reading, making: Making
) -> tuple[list[tuple[UUID, exports.Paragraph]], exports.Pair]:
    revs = {issue.number: issue for issue in reading.agreement.issues}
    for choice in ("since", "until"):
        asked = getattr(making, choice)
        if asked is not None and asked not in revs:
            raise WrongCombination(DocumentKind.REDLINE, choice, tuple(map(str, revs)))
    page = comparisons.page(session, reading.agreement.id, first=making.since, second=making.until)
    if page is None:
        raise NothingToPrint("redline", "no Rev. was issued yet: there is nothing to compare the text with")
    begun = revs[page.first].at
    ended = revs[page.second].at if page.second else None
    found = []
    for one in page.differences:
        paragraph, compared = one.paragraph, one.compared
        marked = _marked(reading, one, begun, ended)
        found.append((paragraph.id, _redlined(reading, paragraph, marked, depth=compared.last.depth)))
    return found, _compared(page.first, page.second)


def _compared(first: int, second: int | None) -> exports.Pair:
    """Return what a redline of the whole text compares, for its cover."""
    if second is None:
        return exports.Pair(f"Rev.{first} compared with the text as it stands", f"Rev.{first}与现行案文对照")
    return exports.Pair(f"Rev.{first} compared with Rev.{second}", f"Rev.{first}与Rev.{second}对照")


def _marked(
    reading: Reading, difference: comparisons.Difference, begun: datetime, ended: datetime | None
) -> tuple[Bilingual, exports.Redline | None]:
    """Return what a paragraph says last, and what became of it in between; ``None`` where it reads as it did."""
    said, changed = difference.text, difference.redline
    whole = _whole(difference.changes)
    if whole is None and changed is None:
        return said, None
    taken = [
        one
        for one in difference.paragraph.amendments
        if begun < (one.ending.at if one.ending else one.at) and (ended is None or one.at <= ended)
    ]
    author, at = _authors(taken, reading), max((one.at for one in taken), default=ended or reading.as_of)
    if whole is not None:
        return said, _came_or_went(said, whole, author=author, at=at)
    assert changed is not None  # noqa: S101 -- told above; for the type checker
    return said, _spans(changed, author=author, at=at)


def _whole(changes: Sequence[Change]) -> exports.Change | None:
    if Change.ADDED in changes:
        return exports.Change.INSERTED
    return exports.Change.DELETED if Change.GONE in changes else None


def _came_or_went(said: Bilingual, whole: exports.Change, *, author: str, at: datetime) -> exports.Redline:
    en, zh = ((exports.Span(said[language], whole),) if said[language] else () for language in Language)
    return exports.Redline(en=en, zh=zh, author=author, at=at, whole=whole)


def _authors(taken: Iterable[Amendment], reading: Reading) -> str:
    """Return who made a change: the delegations whose amendments were taken up, else all of them."""
    names = dict.fromkeys(one.delegation.name.en for one in taken if one.outcome in _TAKEN_UP or one.outcome is None)
    return " / ".join(names or (one.name.en for one in reading.agreement.dialogue.delegations))


def _spans(changed: Redline, *, author: str, at: datetime) -> exports.Redline:
    en, zh = (
        tuple(exports.Span(span.text, _CHANGES[span.kind]) for span in changed[language]) for language in Language
    )
    return exports.Redline(en=en, zh=zh, author=author, at=at)


def _redlined(
    reading: Reading, paragraph: Paragraph, marked: tuple[Bilingual, exports.Redline | None], *, depth: int = 0
) -> exports.Paragraph:
    said, changed = marked
    return exports.Paragraph(
        kind=exports.ParagraphKind(paragraph.kind),
        texts=pair(said),
        label=pair(reading.labels.get(paragraph.id, NOTHING)),
        level=1 + min(depth, 1) if paragraph.kind is ParagraphKind.HEADING else 1,
        aside=number_of(reading, paragraph),
        redline=changed,
        anchor=paragraph.id.hex[-10:],
    )


def _of_amendment(reading: Reading, making: Making) -> list[tuple[UUID, exports.Paragraph]]:
    for placed in reading.order:
        for one in placed.paragraph.amendments:
            if one.id == making.amendment:
                return [(placed.paragraph.id, _redlined(reading, placed.paragraph, _amended(one), depth=placed.depth))]
    raise WrongCombination(DocumentKind.REDLINE, "amendment", ())


def _amended(amendment: Amendment) -> tuple[Bilingual, exports.Redline]:
    author = amendment.delegation.name.en
    if amendment.kind is AmendmentKind.MOD:
        changed = bilingual_redline(amendment.against_text, amendment.text, words_of(amendment.paragraph.agreement))
        return amendment.text, _spans(changed, author=author, at=amendment.at)
    is_addition = amendment.kind is AmendmentKind.ADD
    whole = exports.Change.INSERTED if is_addition else exports.Change.DELETED
    said = amendment.text if is_addition else amendment.against_text
    return said, _came_or_went(said, whole, author=author, at=amendment.at)


def _of_wordings(reading: Reading, making: Making) -> list[tuple[UUID, exports.Paragraph]]:
    placed = next((one for one in reading.order if one.paragraph.id == making.paragraph), None)
    if placed is None:
        raise WrongCombination(DocumentKind.REDLINE, "paragraph", ())
    wordings = {one.number: one for one in placed.paragraph.wordings}
    since, until = making.since or 1, making.until or len(wordings)
    for choice, number in (("since", since), ("until", until)):
        if number not in wordings:
            raise WrongCombination(DocumentKind.REDLINE, choice, tuple(map(str, wordings)))
    old, new = wordings[since], wordings[until]
    changed = bilingual_redline(old.text, new.text, words_of(reading.agreement))
    taken = [one for one in placed.paragraph.amendments if one.ending and old.at < one.ending.at <= new.at]
    marked = _spans(changed, author=_authors(taken, reading), at=new.at)
    return [(placed.paragraph.id, _redlined(reading, placed.paragraph, (new.text, marked), depth=placed.depth))]


# -- comments --------------------------------------------------------------------------


def shared_comments(session: orm.Session, reading: Reading) -> dict[UUID, tuple[exports.Comment, ...]]:
    """Return what is said openly beside each paragraph, in order, as it stands; what was withdrawn is left out.

    Nothing internal is ever read here.
    """
    found: dict[UUID, tuple[exports.Comment, ...]] = {}
    asked = (
        sa.select(Comment)
        .join(Comment.thread)
        .join(Thread.paragraph)
        .where(Paragraph.agreement_id == reading.agreement.id, Thread.scope == Scope.SHARED)
        .options(
            orm.contains_eager(Comment.thread), orm.joinedload(Comment.delegation), orm.selectinload(Comment.versions)
        )
        .order_by(Thread.at, Thread.id, Comment.number)
    )
    for one in session.scalars(asked):
        if not one.is_withdrawn:
            author = one.delegation.name.en if one.delegation else "Secretariat"
            said = exports.Comment(author=author, at=one.at, text=one.text)
            found[one.thread.paragraph_id] = (*found.get(one.thread.paragraph_id, ()), said)
    return found
