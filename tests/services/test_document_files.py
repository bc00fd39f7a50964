"""The files themselves: valid, and read back by readers that are not ours word for word as the record has them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

import exports
from tests.factories import Cast
from tests.pairwise import pairwise
from tests.readers import Settled, by_docx_editor, by_pandoc, invalid, plain
from tests.services.moves import common
from tests.services.test_motions import put, stated
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.bracket_display import written
from workflow.domain.changes import Listed
from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import AmendmentKind
from workflow.models import Agreement
from workflow.services import comparisons, documents, motions, statements
from workflow.services.documents import HOUSES, PAPERS, DocumentKind, Making, NothingToPrint
from workflow.services.reading import Reading, read
from workflow.services.rows import negotiating

pytestmark = pytest.mark.documents

AGREEMENTS: Final = ("exercise", "december-2019", "march-2019")
REDLINES: Final = ((1, 2), (2, None), (1, None))
NAMES: Final = {exports.Language.EN: "English", exports.Language.ZH: "中文"}


class Chosen(NamedTuple):
    """What a document is asked for with."""

    agreement: str
    kind: str
    """With the Revs of a redline after it."""
    layout: str
    house: str
    paper: str
    edition: str | None

    @property
    def making(self) -> Making:
        """The document asked for."""
        kind, *revs = self.kind.split()
        extra: dict[str, Any] = dict(zip(("since", "until"), map(int, revs), strict=False))
        return Making(
            kind=DocumentKind(kind),
            layout=self.layout,
            house=self.house,
            paper=self.paper,
            edition=self.edition,
            **extra,
        )


def kinds_of(agreement: str) -> Iterator[str]:
    """Yield the kinds of document there are of an agreement of the demonstration."""
    for kind in DocumentKind:
        if kind is DocumentKind.REDLINE:
            if agreement == "exercise":
                yield from (" ".join(map(str, (kind, *filter(None, revs)))) for revs in REDLINES)
        # Nobody asked in the demonstration that a statement be printed, and the exercise has no participants.
        elif kind is not DocumentKind.STATEMENTS and (agreement, kind) not in NOT_THERE:
            yield str(kind)


NOT_THERE: Final = {("exercise", DocumentKind.PARTICIPANTS), ("march-2019", DocumentKind.AGENDA)}

ALL: Final = [
    Chosen(agreement, kind, layout, *rest)
    for agreement in AGREEMENTS
    for kind in kinds_of(agreement)
    for layout in documents.layouts_of(DocumentKind(kind.split()[0]))
    for rest in product(HOUSES, PAPERS, (None, "US", "CN"))
]


def reading_of(session: orm.Session, name: str) -> Reading:
    agreement = session.scalars(sa.select(Agreement).where(Agreement.short_name == name)).one()
    return read(session, agreement.id)


def made(session: orm.Session, readings: dict[str, Reading], chosen: Chosen, folder: Path) -> Path:
    """Return the file of the document that was asked for."""
    if chosen.agreement not in readings:
        readings[chosen.agreement] = reading_of(session, chosen.agreement)
    path = folder / f"{'-'.join(str(one).replace(' ', '-') for one in chosen)}.docx"
    path.write_bytes(documents.make(session, readings[chosen.agreement], chosen.making))
    return path


def wrong(session: orm.Session, chosen: Iterable[Chosen], folder: Path) -> dict[Chosen, list[str]]:
    """Return what the lint and the Open XML SDK find wrong with each document."""
    readings: dict[str, Reading] = {}
    found = {}
    for one in chosen:
        path = made(session, readings, one, folder)
        found[one] = [*exports.faults(path.read_bytes()), *invalid(path)]
        path.unlink()
    return {one: faults for one, faults in found.items() if faults}


def test_every_kind_of_document_is_among_those_that_are_looked_at(shown: orm.Session) -> None:
    there = {DocumentKind(one.kind.split()[0]) for one in ALL}

    assert there == set(DocumentKind) - {DocumentKind.STATEMENTS}
    for agreement, kind in NOT_THERE:
        with pytest.raises(NothingToPrint):
            documents.make(shown, reading_of(shown, agreement), Making(kind=kind))


def test_the_sample_has_every_pair_of_choices() -> None:
    sample = list(pairwise(ALL))

    for first, second in combinations(range(len(Chosen._fields)), 2):
        assert {(one[first], one[second]) for one in sample} == {(one[first], one[second]) for one in ALL}
    assert len(sample) < len(ALL) / 5


@pytest.mark.parametrize("part", range(4))
def test_the_lint_and_the_open_xml_sdk_find_nothing_in_a_sample(shown: orm.Session, tmp_path: Path, part: int) -> None:
    assert wrong(shown, list(pairwise(ALL))[part::4], tmp_path) == {}


@pytest.mark.slow
@pytest.mark.parametrize("part", range(16))
def test_they_find_nothing_in_any_document(shown: orm.Session, tmp_path: Path, part: int) -> None:
    assert wrong(shown, ALL[part::16], tmp_path) == {}


# -- what the files say ----------------------------------------------------------------


def described_lines(document: exports.TextDocument | exports.TableDocument) -> list[str]:
    """Return the lines that `document`, which is no redline, is to say, in order."""
    opening = [pair[one] for pair in document.cover for one in document.languages]
    opening += [notice.text[one] for notice in document.notices for one in document.languages]
    if isinstance(document, exports.TableDocument):
        cells = [column.heading for column in document.columns] + [cell for row in document.rows for cell in row]
        return [*opening, *(f"{one.label}\t" * bool(one.label) + one.text for cell in cells for one in cell)]
    return [*opening, *laid_out([*paragraphs(document), *participants(document)], document)]


def laid_out(blocks: Iterable[dict[exports.Language, list[str]]], document: exports.TextDocument) -> Iterator[str]:
    """Yield the lines of `blocks` as the layout of `document` puts them."""
    if document.layout is exports.Layout.TWO_COLUMN:
        yield from (NAMES[one] for one in document.languages)
    if document.layout is exports.Layout.SEQUENTIAL:
        yield from (line for one in document.languages for block in blocks for line in block[one])
    else:
        yield from (line for block in blocks for one in document.languages for line in block[one])


def paragraphs(document: exports.TextDocument) -> Iterator[dict[exports.Language, list[str]]]:
    for one in document.paragraphs:
        parted = "" if one.kind is exports.ParagraphKind.HEADING else "\t"
        yield {
            language: [
                *filter(None, [one.aside[language]]),
                f"{one.label[language]}{parted}" * bool(one.label[language])
                + (one.texts[language] or exports.PENDING[language]),
            ]
            for language in exports.Language
        }


def participants(document: exports.TextDocument) -> Iterator[dict[exports.Language, list[str]]]:
    for listed in document.participant_lists:
        yield {language: [listed.heading[language]] for language in exports.Language}
        for one in listed.participants:
            yield {
                language: [one.name[language] + one.separator[language] + one.title[language]]
                for language in exports.Language
            }


@pytest.mark.parametrize("edition", [None, "CN"])
@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_each_document_in_each_layout_says_what_the_record_does_and_nothing_else(
    shown: orm.Session, tmp_path: Path, agreement: str, edition: str | None
) -> None:
    readings: dict[str, Reading] = {}
    all_of_it = [
        one
        for one in ALL
        if one[3:] == (HOUSES[0], PAPERS[0], edition)
        and one.agreement == agreement
        and not one.kind.startswith(DocumentKind.REDLINE)
    ]
    paths = [made(shown, readings, one, tmp_path) for one in all_of_it]

    for one, path, lines in zip(all_of_it, paths, by_docx_editor(paths, Settled.ACCEPT), strict=True):
        expected = described_lines(documents.describe(shown, readings[agreement], one.making))
        assert lines == expected, one
        assert by_pandoc(path, Settled.ACCEPT) == list(map(plain, expected)), one


def test_statements_for_the_record_are_valid_and_say_what_was_stated(
    session: orm.Session, cast: Cast, agreement: Agreement, tmp_path: Path
) -> None:
    """The demonstration prints none."""
    paragraph = common(session, agreement, cast)
    said = stated(session, paragraph, cast.us_head)
    asked = put(session, paragraph, cast.us_head, MotionKind.STATEMENT, statements.asked(said))
    motions.consent(session, motion=asked, by=cast.cn_head)
    session.expire_all()
    reading = read(session, agreement.id)
    makings = [Making(kind=DocumentKind.STATEMENTS, layout=layout) for layout in exports.Layout]
    paths = [tmp_path / f"{one.layout}.docx" for one in makings]
    for one, path in zip(makings, paths, strict=True):
        path.write_bytes(documents.make(session, reading, one))

    for one, path, lines in zip(makings, paths, by_docx_editor(paths, Settled.ACCEPT), strict=True):
        assert [*exports.faults(path.read_bytes()), *invalid(path)] == []
        assert lines == described_lines(documents.describe(session, reading, one))
        assert by_pandoc(path, Settled.ACCEPT) == list(map(plain, lines))


@pytest.mark.parametrize("layout", exports.Layout)
@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_the_text_stands_in_the_rows_as_it_does_in_the_document(
    shown: orm.Session, tmp_path: Path, agreement: str, layout: str
) -> None:
    chosen = Chosen(agreement, DocumentKind.TEXT, layout, HOUSES[0], PAPERS[0], None)
    readings: dict[str, Reading] = {}
    [lines] = by_docx_editor([made(shown, readings, chosen, tmp_path)], Settled.ACCEPT)
    said = [line.split("\t", 1)[-1] for line in lines]

    for language in Language if layout not in set(Language) else [Language(layout)]:
        wanted = [text for text in in_the_rows(readings[agreement], language) if text.strip()]
        assert [line for line in said if line in set(wanted)] == wanted


def in_the_rows(reading: Reading, language: Language) -> Iterator[str]:
    for placed in reading.in_the_text:
        found = negotiating(reading.state_of(placed.paragraph))
        yield written(found[language]) if found else (placed.paragraph.text or placed.paragraph.last_text)[language]


# -- redlines --------------------------------------------------------------------------


def issued_lines(listed: Iterable[Listed[Any]], document: exports.TextDocument) -> list[str]:
    """Return the lines that the text is to have, as a Rev. lists it: numbers, and what each paragraph says."""
    blocks = [
        {
            language: [
                *(line for line in [numbered(one.number, language)] if line),
                *(line for line in [in_brackets(one, language)] if line.strip()),
            ]
            for language in exports.Language
        }
        for one in listed
    ]
    return list(laid_out(blocks, document))


def numbered(number: str, language: exports.Language) -> str:
    return {exports.Language.EN: f"¶ {number}", exports.Language.ZH: f"第{number}段"}[language] if number else ""


def in_brackets(one: Listed[Any], language: exports.Language) -> str:
    text = one.text[Language(language)]
    return f"[{text}]" if text.strip() and not one.is_common else text


def text_only(lines: Iterable[str], document: exports.TextDocument) -> list[str]:
    """Return `lines` of a document without its opening, without labels, and without what stands for no text."""
    opening = [pair[one] for pair in document.cover for one in document.languages]
    opening += [notice.text[one] for notice in document.notices for one in document.languages]
    said = list(lines)
    assert said[: len(opening)] == opening
    pending = {exports.PENDING[one] for one in exports.Language}
    return [line.split("\t", 1)[-1] for line in said[len(opening) :] if line not in pending]


@pytest.mark.parametrize("layout", exports.Layout)
@pytest.mark.parametrize(("since", "until"), REDLINES)
def test_to_accept_all_gives_the_later_text_and_to_reject_all_the_earlier(
    shown: orm.Session, tmp_path: Path, since: int, until: int | None, layout: str
) -> None:
    reading = reading_of(shown, "exercise")
    making = Making(kind=DocumentKind.REDLINE, layout=layout, since=since, until=until)
    document = documents.describe(shown, reading, making)
    assert isinstance(document, exports.TextDocument)
    path = tmp_path / "redline.docx"
    path.write_bytes(documents.make(shown, reading, making))
    revs = {issue.number: issue for issue in reading.agreement.issues}
    before = comparisons.listed_in(shown, revs[since])
    after = comparisons.listed_in(shown, revs[until]) if until else comparisons.listed_now(reading)
    # Each Rev. counts anew. What stands in both is cited by the number that it has in the later.
    numbers = {one.key: one.number for one in (*before, *after)}
    earlier = [replace(one, number=numbers[one.key]) for one in before]

    for settled, listed in ((Settled.REJECT, earlier), (Settled.ACCEPT, after)):
        [lines] = by_docx_editor([path], settled)
        assert text_only(lines, document) == issued_lines(listed, document), settled
        assert by_pandoc(path, settled) == list(map(plain, lines)), settled


@pytest.mark.parametrize("kind", AmendmentKind)
def test_an_amendment_of_each_kind_is_accepted_and_rejected_in_every_layout(
    shown: orm.Session, tmp_path: Path, kind: AmendmentKind
) -> None:
    reading = reading_of(shown, "exercise")
    amendment = next(one for placed in reading.order for one in placed.paragraph.amendments if one.kind is kind)
    texts = {
        Settled.REJECT: Bilingual("", "") if kind is AmendmentKind.ADD else amendment.against_text,
        Settled.ACCEPT: Bilingual("", "") if kind is AmendmentKind.SUP else amendment.text,
    }
    described: list[exports.TextDocument] = []
    paths = [tmp_path / f"{layout}.docx" for layout in exports.Layout]
    for layout, path in zip(exports.Layout, paths, strict=True):
        making = Making(kind=DocumentKind.REDLINE, layout=layout, amendment=amendment.id)
        document = documents.describe(shown, reading, making)
        assert isinstance(document, exports.TextDocument)
        described.append(document)
        path.write_bytes(documents.make(shown, reading, making))
    number = described[0].paragraphs[0].aside

    for settled, text in texts.items():
        block = {one: [number[one], text[Language(one)]] if not text.is_empty else [] for one in exports.Language}
        for document, path, lines in zip(described, paths, by_docx_editor(paths, settled), strict=True):
            expected = [line for line in laid_out([block], document) if line.strip()]
            assert text_only(lines, document) == expected, (document.layout, settled)
            assert by_pandoc(path, settled) == list(map(plain, lines)), (document.layout, settled)
