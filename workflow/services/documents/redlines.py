"""Redlines: the text against what it said before, as tracked changes in the names of delegations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import orm

import exports
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.changes import Compared, Listed, in_both_places
from workflow.domain.negotiation import AmendmentKind
from workflow.domain.numbering import labels_in
from workflow.domain.redline import Kind, Redline, bilingual_redline
from workflow.models import Amendment, Delegation, Issue, Outcome, Paragraph, Wording
from workflow.services.comparisons import listed_in, listed_now
from workflow.services.documents.choices import DocumentKind, Making, NothingToPrint, WrongCombination
from workflow.services.documents.frame import draft_mark_of, frame, language_of
from workflow.services.documents.texts import level, shared_comments
from workflow.services.documents.words import numbered, pair
from workflow.services.reading import Reading
from workflow.services.terms import words_of

_Keyed: TypeAlias = tuple[UUID, exports.Paragraph]

_CHANGES: Final = {Kind.EQUAL: None, Kind.INSERTED: exports.Change.INSERTED, Kind.DELETED: exports.Change.DELETED}


def redline(session: orm.Session, reading: Reading, making: Making) -> exports.TextDocument:
    """Return what changed, as tracked changes: between two Revs, two wordings of a paragraph, or by an amendment.

    To accept every change gives the later text in its order, to reject every one the earlier.
    What one side alone has tabled stands in square brackets in both.

    Raises:
        WrongCombination: If there is no such Rev., wording or amendment. `right` names those there are.
        NothingToPrint: If nothing was issued yet that the text could be compared with.

    """
    described = frame(reading, making)
    language = language_of(making)
    revision = str(reading.rev) if reading.rev else reading.listing
    if making.amendment is not None:
        found = [_of_amendment(reading, making.amendment, language)]
    elif making.paragraph is not None:
        found = [_of_wordings(reading, making, making.paragraph, language)]
    else:
        since, until = _revs(reading, making)
        described["cover"] = (*described["cover"], _compared(since, until))
        if until is not None:
            revision = str(until.number)
            described |= {"draft_mark": draft_mark_of(until.number), "as_of": until.at}
        found = list(_between(session, reading, since, until, language))
    shared = shared_comments(session, reading, language)
    return exports.TextDocument(
        **described,
        layout=exports.Layout(making.layout),
        # A paragraph that moved stands here twice, and carries its anchor where it stands now.
        paragraphs=tuple(replace(one, comments=shared.get(key, ()) if one.anchor else ()) for key, one in found),
        origin=exports.Origin(document=str(reading.agreement.id), revision=revision),
    )


# -- between two Revs ------------------------------------------------------------------


def _revs(reading: Reading, making: Making) -> tuple[Issue, Issue | None]:
    """Return the Revs that are compared; ``None`` stands for the text as it is."""
    revs = {issue.number: issue for issue in reading.agreement.issues}
    for choice in ("since", "until"):
        asked = getattr(making, choice)
        if asked is not None and asked not in revs:
            raise WrongCombination(DocumentKind.REDLINE, choice, tuple(map(str, revs)))
    if not revs:
        raise NothingToPrint("redline", "no Rev. was issued yet: there is nothing to compare the text with")
    return revs.get(making.since or 0, reading.agreement.issues[-1]), revs.get(making.until or 0)


def _compared(since: Issue, until: Issue | None) -> exports.Pair:
    """Return what a redline of the whole text compares, for its cover."""
    first = f"Rev.{since.number}"
    if until is None:
        return exports.Pair(f"{first} compared with the text as it stands", f"{first}与现行案文对照")
    return exports.Pair(f"{first} compared with Rev.{until.number}", f"{first}与Rev.{until.number}对照")


def _between(
    session: orm.Session, reading: Reading, since: Issue, until: Issue | None, language: Language
) -> Iterator[_Keyed]:
    before = listed_in(session, since)
    after = listed_in(session, until) if until else listed_now(reading)
    paragraphs = {placed.paragraph.id: placed.paragraph for placed in reading.order}
    labels = _labels(before, paragraphs) | _labels(after, paragraphs)
    window = _Window(reading, since.at, until.at if until else None)
    for one in in_both_places(before, after):
        paragraph = paragraphs[one.key]
        changed = _changed(one, reading, window.made(paragraph, one), language)
        left = one.has_moved and one.after is None
        shown = _redlined(paragraph, one.last, labels[one.key], changed)
        yield one.key, replace(shown, anchor="") if left else shown


def _labels(listed: Sequence[Listed[UUID]], paragraphs: Mapping[UUID, Paragraph]) -> dict[UUID, Bilingual]:
    """Return what prints before each paragraph of a reading of the text."""
    styles = [(one.depth, paragraphs[one.key].label_style) for one in listed]
    found = {one.key: label for one, label in zip(listed, labels_in(styles), strict=True)}
    literal = {key: one.label for key, one in paragraphs.items() if key in found and one.label is not None}
    return found | {key: Bilingual(label, label) for key, label in literal.items()}


def _changed(one: Compared[UUID], reading: Reading, made: "_Made", language: Language) -> exports.Redline | None:
    """Return what became of a paragraph; ``None`` where it reads as it did."""
    if one.before is None or one.after is None:
        whole = exports.Change.INSERTED if one.before is None else exports.Change.DELETED
        return _whole(_shown(one.last), whole, made, language)
    old, new = _shown(one.before), _shown(one.after)
    return None if old == new else _spans(bilingual_redline(old, new, words_of(reading.agreement)), made, language)


def _shown(one: Listed[UUID]) -> Bilingual:
    """Return what a paragraph says, in square brackets while one side alone has tabled it (14)."""
    if one.is_common:
        return one.text
    return Bilingual(*(f"[{text}]" if (text := one.text[language]).strip() else text for language in Language))


# -- who made it -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Made:
    """Whose a change is, and since when it is before all."""

    by: tuple[Delegation, ...]
    at: datetime

    def name(self, language: Language) -> str:
        """Return whom Word is to name: the delegations, never a person."""
        return " / ".join(one.name[language] for one in self.by)


@dataclass(frozen=True, slots=True)
class _Window:
    """What happened from one Rev. to another, or to the text as it stands."""

    reading: Reading
    begun: datetime
    ended: datetime | None

    def made(self, paragraph: Paragraph, one: Compared[UUID]) -> _Made:
        """Return whose work it is that `paragraph` came, went, moved or reads otherwise; in doubt everybody's."""
        if one.has_moved:
            found = None  # the drafters of all sides agree where a paragraph goes (4)
        elif one.before is None:
            found = self._came(paragraph)
        elif one.after is None:
            found = self._went(paragraph)
        elif one.before.text == one.after.text:
            found = None  # all sides made it common text
        else:
            found = self._reworded(paragraph)
        return found or _Made(_all(self.reading), self.ended or self.reading.as_of)

    def _reworded(self, paragraph: Paragraph) -> _Made | None:
        wordings = [one for one in paragraph.wordings if self._has(one.at)]
        return _makers(self.reading, paragraph, wordings) if wordings else self._tabled(paragraph)

    def _tabled(self, paragraph: Paragraph) -> _Made | None:
        tabled = [one for one in paragraph.amendments if one.is_addition and self._has(one.at)]
        return _Made((tabled[-1].delegation,), tabled[-1].at) if tabled else None

    def _came(self, paragraph: Paragraph) -> _Made | None:
        back = [one for one in paragraph.deferral_voices if not one.consents and self._has(one.at)]
        return self._tabled(paragraph) or (_Made((back[-1].delegation,), back[-1].at) if back else None)

    def _went(self, paragraph: Paragraph) -> _Made | None:
        deleted = [one for one in paragraph.wordings if one.is_deletion and self._has(one.at)]
        if deleted:
            return _makers(self.reading, paragraph, deleted[-1:])
        for one in paragraph.amendments:
            if one.is_addition and one.outcome is Outcome.WITHDRAWN and one.ending and self._has(one.ending.at):
                return _Made((one.delegation,), one.ending.at)
        return None

    def _has(self, moment: datetime) -> bool:
        return self.begun < moment and (self.ended is None or moment <= self.ended)


def _makers(reading: Reading, paragraph: Paragraph, wordings: Sequence[Wording]) -> _Made:
    """Return whose amendments made `wordings`, and when the last was tabled; what no amendment made is everybody's."""
    amendments = {one.id: one for one in paragraph.amendments}
    made = [amendments.get(one.amendment_id) if one.amendment_id else None for one in wordings]
    by = dict.fromkeys(side for one in made for side in ([one.delegation] if one else _all(reading)))
    at = max((one.at if one else wording.at) for one, wording in zip(made, wordings, strict=True))
    return _Made(tuple(by), at)


def _all(reading: Reading) -> tuple[Delegation, ...]:
    return tuple(reading.agreement.dialogue.delegations)


# -- of one paragraph ------------------------------------------------------------------


def _of_amendment(reading: Reading, key: UUID, language: Language) -> _Keyed:
    for placed in reading.order:
        for one in placed.paragraph.amendments:
            if one.id == key:
                return placed.paragraph.id, _here(reading, placed.paragraph, one.text, _asked(one, language))
    raise WrongCombination(DocumentKind.REDLINE, "amendment", ())


def _asked(amendment: Amendment, language: Language) -> exports.Redline:
    """Return what `amendment` asks for, as its author wrote it against the text it is made against."""
    made = _Made((amendment.delegation,), amendment.at)
    if amendment.kind is AmendmentKind.ADD:
        return _whole(amendment.text, exports.Change.INSERTED, made, language)
    if amendment.kind is AmendmentKind.SUP:
        return _whole(amendment.against_text, exports.Change.DELETED, made, language)
    words = words_of(amendment.paragraph.agreement)
    return _spans(bilingual_redline(amendment.against_text, amendment.text, words), made, language)


def _of_wordings(reading: Reading, making: Making, key: UUID, language: Language) -> _Keyed:
    paragraph = next((one.paragraph for one in reading.order if one.paragraph.id == key), None)
    if paragraph is None:
        raise WrongCombination(DocumentKind.REDLINE, "paragraph", ())
    wordings = {one.number: one for one in paragraph.wordings}
    since, until = making.since or 1, making.until or len(wordings)
    for choice, number in (("since", since), ("until", until)):
        if number not in wordings:
            raise WrongCombination(DocumentKind.REDLINE, choice, tuple(map(str, wordings)))
    old, new = wordings[since], wordings[until]
    between = [one for one in paragraph.wordings if since < one.number <= until] or [new]
    changed = bilingual_redline(old.text, new.text, words_of(reading.agreement))
    marked = _spans(changed, _makers(reading, paragraph, between), language)
    return key, _here(reading, paragraph, new.text, marked)


def _here(reading: Reading, paragraph: Paragraph, said: Bilingual, changed: exports.Redline) -> exports.Paragraph:
    """Return `paragraph` by itself, as it is numbered and labelled now."""
    [depth] = [placed.depth for placed in reading.order if placed.paragraph is paragraph]
    here = Listed(key=paragraph.id, text=said, number=reading.numbers.get(paragraph.id, ""), depth=depth)
    return _redlined(paragraph, here, reading.labels.get(paragraph.id, NOTHING), changed)


def _redlined(
    paragraph: Paragraph, one: Listed[UUID], label: Bilingual, changed: exports.Redline | None
) -> exports.Paragraph:
    return exports.Paragraph(
        kind=exports.ParagraphKind(paragraph.kind),
        texts=pair(_shown(one)),
        label=pair(label),
        level=level(paragraph, one.depth),
        aside=numbered(one.number),
        redline=changed,
        anchor=paragraph.id.hex[-10:],
    )


def _whole(said: Bilingual, change: exports.Change, made: _Made, language: Language) -> exports.Redline:
    en, zh = ((exports.Span(said[one], change),) if said[one] else () for one in Language)
    return exports.Redline(en=en, zh=zh, author=made.name(language), at=made.at, whole=change)


def _spans(changed: Redline, made: _Made, language: Language) -> exports.Redline:
    en, zh = (tuple(exports.Span(span.text, _CHANGES[span.kind]) for span in changed[one]) for one in Language)
    return exports.Redline(en=en, zh=zh, author=made.name(language), at=made.at)
