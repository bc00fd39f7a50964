"""What each document says of the record, and what none of them tells."""

import json
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

import exports
from tests.factories import Cast, a_participant_list, a_thread, an_agenda_item
from tests.services.moves import CHANGED, OTHER, TEXT, adopted, again, amended, closed, common, drafted, tabled
from tests.services.test_motions import put, stated
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.corrigenda import Correction
from workflow.domain.motions import MotionKind
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind
from workflow.models import Account, Agreement, Membership, Paragraph, Scope
from workflow.resources import DATA
from workflow.services import amendments, corrigenda, documents, issues, motions, positions, statements
from workflow.services.documents import (
    HOUSES,
    PAPERS,
    DocumentKind,
    Form,
    Making,
    NothingToPrint,
    WrongCombination,
    describe,
    fitting,
)
from workflow.services.drafts import Place
from workflow.services.reading import read

INTERNAL = "CANARY we could live with less"


def text_of(session: orm.Session, agreement: Agreement, **chosen: Any) -> str:
    return documents.make(session, read(session, agreement.id), Making(form=Form.TEXT, **chosen)).decode()


def redline(session: orm.Session, agreement: Agreement, **chosen: Any) -> exports.TextDocument:
    found = describe(session, read(session, agreement.id), Making(kind=DocumentKind.REDLINE, **chosen))
    assert isinstance(found, exports.TextDocument)
    return found


def reserved(session: orm.Session, paragraph: Paragraph, by: Membership, reason: str) -> None:
    face = again(session, paragraph).faces[paragraph.id]
    positions.take(session, paragraph=paragraph, by=by, stance=Stance.RESERVE, reason=reason, face=face)


@pytest.fixture
def negotiated(session: orm.Session, cast: Cast, agreement: Agreement) -> Agreement:
    """A text with something of everything: a heading, a reservation, an amendment, an addition, comments, two Revs."""
    tabled(session, agreement, cast.us_drafter, Bilingual("RULES", "规则"), Place(kind=ParagraphKind.HEADING))
    first = common(session, agreement, cast)
    amendments.accept(session, amendment=amended(session, first, cast.us_drafter), by=cast.cn_drafter)
    issues.issue(session, agreement=agreement, by=cast.secretariat)
    amendments.accept(session, amendment=amended(session, first, cast.cn_drafter, OTHER), by=cast.us_drafter)
    reserved(session, first, cast.us_head, "we wait for our agency")
    tabled(session, agreement, cast.cn_drafter, Bilingual("A new rule.", "新的规则。"))
    third = common(session, agreement, cast, Bilingual("A third.", "第三。"))
    said = statements.asked(stated(session, third, cast.cn_head))
    motions.consent(session, motion=put(session, third, cast.cn_head, MotionKind.STATEMENT, said), by=cast.us_head)
    amended(session, third, cast.us_drafter, CHANGED)
    issues.issue(session, agreement=agreement, by=cast.secretariat)
    drafted(session, agreement, cast.us_drafter, Bilingual(INTERNAL, INTERNAL))
    a_thread(session, first, cast.us_adviser, scope=Scope.DELEGATION, text=INTERNAL)
    a_thread(session, first, cast.cn_drafter, scope=Scope.SHARED, text="请再看一次。")
    a_thread(session, first, cast.secretariat, scope=Scope.SHARED, text="Noted.")
    an_agenda_item(session, first, delegation=cast.us)
    for delegation in (cast.us, cast.cn):
        a_participant_list(session, agreement.session, delegation)
    return agreement


@pytest.fixture
def reworded(session: orm.Session, negotiated: Agreement) -> Paragraph:
    """The paragraph of that text with three wordings."""
    order = read(session, negotiated.id).order
    return next(one.paragraph for one in order if len(one.paragraph.wordings) > 1)


def test_the_negotiating_text_numbers_brackets_and_notes_what_is_reserved(
    session: orm.Session, negotiated: Agreement
) -> None:
    said = text_of(session, negotiated, kind=DocumentKind.NEGOTIATING, layout="en")

    assert re.search(r"^DRAFT Rev\.2\n", said)
    assert re.search(r"¶ 1 · reserved\n.*review procurement rules\. \[1\]", said)
    assert re.search(r"\[1\] The .* reserves its position: we wait for our agency", said)
    assert "CN: " not in said
    assert "CN: " in text_of(session, negotiated, kind=DocumentKind.NEGOTIATING, layout="en", is_attributed=True)


def test_the_tables_say_how_each_paragraph_stands_and_what_was_said_openly(
    session: orm.Session, negotiated: Agreement
) -> None:
    working = text_of(session, negotiated, kind=DocumentKind.WORKING_TABLE)
    four = text_of(session, negotiated, kind=DocumentKind.FOUR_COLUMN, edition="CN")

    assert "Standing / 状态: reserved / 有保留" in working
    assert "状态 / Standing: 有保留 / reserved" in text_of(
        session, negotiated, kind=DocumentKind.WORKING_TABLE, edition="CN"
    )
    assert "请再看一次。" in working
    assert "Noted." in working
    assert "共同案文 / Text in common: 第三。 / A third." in four
    assert INTERNAL not in working + four


def test_the_record_of_positions_has_persons_in_the_own_copy_only(
    session: orm.Session, cast: Cast, negotiated: Agreement
) -> None:
    shared = text_of(session, negotiated, kind=DocumentKind.POSITIONS)
    own = text_of(session, negotiated, kind=DocumentKind.POSITIONS, own="US")

    assert "reserves its position / 保留立场 / we wait for our agency" in shared
    assert "agrees ad referendum / 同意，尚待核准" in shared
    assert shared.count("agrees ad referendum") < own.count("agrees ad referendum")
    assert cast.us_head.account.name not in shared
    assert cast.us_head.account.name in own
    assert "not to be passed on" in own


def test_a_redline_between_two_revs_names_who_changed_what(
    session: orm.Session, cast: Cast, negotiated: Agreement
) -> None:
    marks = [one.redline for one in redline(session, negotiated, since=1, until=2).paragraphs if one.redline]

    assert (marks[0].author, marks[0].whole) == (cast.cn.name.en, None)
    assert {one.whole for one in marks[1:]} == {exports.Change.INSERTED}


def test_a_redline_of_two_wordings_and_of_an_amendment(
    session: orm.Session, negotiated: Agreement, reworded: Paragraph
) -> None:
    [between] = redline(session, negotiated, paragraph=reworded.id, since=1, until=2).paragraphs
    live = [one for placed in read(session, negotiated.id).order for one in placed.paragraph.live_amendments]
    shown = [redline(session, negotiated, amendment=one.id).paragraphs[0].redline for one in live]

    assert between.redline is not None
    assert [span.text for span in between.redline.en if span.change] == ["all "]
    assert {one.whole for one in shown if one} == {None, exports.Change.INSERTED}


@pytest.mark.parametrize("choice", ["since", "until"])
def test_a_rev_or_wording_that_is_not_there_is_refused_with_those_that_are(
    session: orm.Session, negotiated: Agreement, reworded: Paragraph, choice: str
) -> None:
    with pytest.raises(WrongCombination, match="right would be: 1, 2"):
        redline(session, negotiated, **{choice: 9})
    with pytest.raises(WrongCombination, match="right would be: 1, 2, 3"):
        redline(session, negotiated, paragraph=reworded.id, **{choice: 9})
    for nowhere in ("paragraph", "amendment"):
        with pytest.raises(WrongCombination, match=nowhere):
            redline(session, negotiated, **{nowhere: negotiated.id})


def test_the_agenda_says_who_proposed_what(session: orm.Session, negotiated: Agreement) -> None:
    said = text_of(session, negotiated, kind=DocumentKind.AGENDA, layout="en")

    assert "PROVISIONAL" in said
    assert re.search(r"proposed by the .*\n1\. Both governments should review", said)


def test_what_would_be_empty_says_so(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    common(session, agreement, cast)
    for kind in (DocumentKind.AGENDA, DocumentKind.PARTICIPANTS, DocumentKind.STATEMENTS, DocumentKind.REDLINE):
        with pytest.raises(NothingToPrint):
            text_of(session, agreement, kind=kind)


def test_anybody_can_compute_the_content_hash_again_in_ten_lines(
    session: orm.Session, cast: Cast, agreement: Agreement, tmp_path: Path
) -> None:
    lead = common(session, agreement, cast, place=Place(kind=ParagraphKind.LEAD_IN))
    common(session, agreement, cast, OTHER, Place(parent=lead.id, kind=ParagraphKind.BULLET))
    a_participant_list(session, agreement.session, cast.us)
    reading = read(session, agreement.id)
    fields = documents.make(session, reading, Making(kind=DocumentKind.CERTIFICATE, form=Form.JSON))
    manual = (DATA.parent / "docs" / "content-hash.md").read_text(encoding="utf-8")
    [program] = re.findall(r"```python\n(.*?)```", manual, re.DOTALL)
    (tmp_path / "fields.json").write_bytes(fields)

    told = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "fields.json")], check=True, capture_output=True, text=True
    ).stdout

    assert len(list(filter(None, program.splitlines()))) <= 10
    assert told.strip() == reading.listing == json.loads(fields)["hash"]
    assert reading.listing in text_of(session, agreement, kind=DocumentKind.CERTIFICATE)


def test_the_certificate_says_who_adopted_when(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    before = text_of(session, agreement, kind=DocumentKind.CERTIFICATE, layout="en")
    closed(session, paragraph, cast)
    for head in (cast.us_head, cast.cn_head):
        adopted(session, agreement, head)
    after = text_of(session, agreement, kind=DocumentKind.CERTIFICATE, layout="en")

    assert "certifies nothing yet" in before
    assert before.count("not adopted yet") == 2
    assert after.count(": adopted on ") == 2
    assert "1 of 1 paragraphs certified" in after


def test_a_corrigendum_is_in_the_text_in_a_footnote_and_on_the_certificate(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    closed(session, paragraph, cast)
    for head in (cast.us_head, cast.cn_head):
        adopted(session, agreement, head)
    frozen = read(session, agreement.id).listing
    asked = corrigenda.asked(Correction(language=Language.ZH, wrong="公布", right="发布"))
    motion = put(session, paragraph, cast.us_head, MotionKind.CORRIGENDUM, asked)
    assert "Corr.1" not in text_of(session, agreement)
    motions.consent(session, motion=motion, by=cast.cn_head)
    session.expire_all()

    said, certificate = text_of(session, agreement), text_of(session, agreement, kind=DocumentKind.CERTIFICATE)

    assert TEXT.en in said
    assert TEXT.zh.replace("公布", "发布") in said
    assert re.search(r"Corr\.1 of .*, Chinese text: for “公布” read “发布”\.", said)
    assert re.search("Corr\\.1（.*日），中文文本：“公布”应为“发布”。", said)
    assert "Corr.1" in certificate
    assert frozen in certificate
    assert "as it was adopted, before these corrigenda" in certificate


def test_the_certificate_lists_each_certificate_and_names_delegations_only(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    common(session, agreement, cast, OTHER)
    closed(session, paragraph, cast)
    reading = read(session, agreement.id)

    said = text_of(session, agreement, kind=DocumentKind.CERTIFICATE, layout="en")

    [line] = [one for one in said.splitlines() if reading.faces[paragraph.id] in one]
    assert re.fullmatch(r"1\. “Both governments .*”, SHA-256 \w{64}: U.*, \w+ \d+, \d{4}, .* UTC; C.* UTC", line)
    assert cast.us_translator.account.name not in said
    assert "1 of 2 paragraphs certified" in said


def test_statements_print_once_both_sides_consent_and_in_the_own_copy_before(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    said = stated(session, paragraph, cast.us_head)
    motion = put(session, paragraph, cast.us_head, MotionKind.STATEMENT, statements.asked(said))
    shared = text_of(session, agreement, kind=DocumentKind.POSITIONS)
    assert said.statement.en not in shared
    assert said.statement.zh in text_of(session, agreement, kind=DocumentKind.POSITIONS, own="US")
    assert said.statement.en not in text_of(session, agreement, kind=DocumentKind.POSITIONS, own="CN")

    motions.consent(session, motion=motion, by=cast.cn_head)
    session.expire_all()

    printed = text_of(session, agreement, kind=DocumentKind.STATEMENTS, edition="CN")
    assert said.statement.en in printed
    assert said.statement.zh in printed
    assert f"Statement by the {cast.us.name.en}" in printed
    assert said.statement.en in text_of(session, agreement, kind=DocumentKind.POSITIONS)


@pytest.mark.parametrize(
    ("chosen", "choice", "right"),
    [
        ({"form": Form.HTML, "paper": "letter"}, "paper", "a4"),
        ({"form": Form.TEXT, "house": "gbt9704"}, "house", "neutral"),
        ({"kind": DocumentKind.CERTIFICATE, "form": Form.JSON, "edition": "CN"}, "edition", ""),
        ({"kind": DocumentKind.TEXT, "own": "US"}, "own", ""),
        ({"kind": DocumentKind.TEXT, "is_attributed": True}, "attributed", ""),
        ({"kind": DocumentKind.AGENDA, "since": 1}, "since", ""),
        ({"kind": DocumentKind.POSITIONS, "layout": "en"}, "layout", "table"),
        ({"form": Form.JSON}, "form", "docx, pdf, html, text"),
    ],
)
def test_choices_that_do_not_go_together_are_refused_with_those_that_do(
    chosen: dict[str, Any], choice: str, right: str
) -> None:
    with pytest.raises(WrongCombination, match=f"right would be: {right}$" if right else "leave it out$") as refused:
        Making(**chosen)
    assert refused.value.choice == choice


def test_an_english_copy_says_nothing_of_the_chinese_it_does_not_hold(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    common(session, agreement, cast)
    agreement.unofficial = frozenset({"zh"})

    assert "unofficial" not in text_of(session, agreement, layout="en")
    assert "非官方" in text_of(session, agreement, layout="zh")


def test_editions_differ_in_order_and_in_the_names_around_the_text_and_in_nothing_else(
    session: orm.Session, cast: Cast, negotiated: Agreement
) -> None:
    cast.us.named_first, cast.cn.named_first = Bilingual("U.S.-China", "美中"), Bilingual("China-U.S.", "中美")
    cast.dialogue.cover = Bilingual("U.S.-China talks\n{session}, {dates}", "美中对话\n{session}，{dates}")
    reading = read(session, negotiated.id)
    own, other = (describe(session, reading, Making(edition=side)) for side in ("US", "CN"))

    assert isinstance(own, exports.TextDocument)
    assert isinstance(other, exports.TextDocument)
    assert own.paragraphs == other.paragraphs
    assert own.participant_lists == other.participant_lists[::-1]
    assert own.cover[0] == exports.Pair("U.S.-China talks", "美中对话")
    assert other.cover[0] == exports.Pair("China-U.S. talks", "中美对话")
    assert own.cover[1:] == other.cover[1:]
    assert (own.notices, own.marks, own.as_of) == (other.notices, other.marks, other.as_of)


def all_of_them() -> Iterator[Making]:
    """Yield every document in every layout and kind of file, PDF apart: that is what LibreOffice makes of a docx."""
    for kind in DocumentKind:
        for form in documents.forms_of(kind):
            if form is not Form.PDF:
                for layout in documents.layouts_of(kind, form):
                    yield Making(kind=kind, form=form, layout=layout, edition=None if form is Form.JSON else "CN")


def test_no_document_tells_who_wrote_it_or_what_was_said_among_ourselves(
    session: orm.Session, negotiated: Agreement
) -> None:
    accounts = session.scalars(sa.select(Account)).all()
    secrets = [INTERNAL, "CANARY", socket.gethostname(), "python-docx", "LibreOffice", "lxml"]
    secrets += [word for account in accounts for word in (account.name, account.email)]
    reading = read(session, negotiated.id)

    for making in all_of_them():
        made = documents.make(session, reading, making)
        told = list(parts(made)) if making.form is Form.DOCX else [made]
        assert made == documents.make(session, reading, making)
        assert [secret for secret in secrets if any(secret.encode() in part for part in told)] == [], making
        if making.form is Form.DOCX:
            assert exports.faults(made) == [], making


def test_unadopted_text_never_leaves_without_its_mark_on_each_page(session: orm.Session, negotiated: Agreement) -> None:
    reading = read(session, negotiated.id)
    for making in all_of_them():
        if making.form is Form.DOCX and making.kind is not DocumentKind.PARTICIPANTS:
            head = dict(named_parts(documents.make(session, reading, making)))["word/header1.xml"].decode()
            assert re.search("DRAFT.*Rev|草案.*Rev", head), making
        elif making.form is Form.JSON:
            assert json.loads(documents.make(session, reading, making))["draft"] == ["DRAFT Rev.2", "草案 Rev.2"]


def named_parts(package: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def parts(package: bytes) -> Iterator[bytes]:
    for name, content in named_parts(package):
        yield name.encode()
        yield content


def test_a_dialogue_names_its_files(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    common(session, agreement, cast, TEXT)
    cast.dialogue.file_name = "{dialogue}-{session}-{rev}-{document}"

    name = documents.file_name(read(session, agreement.id), Making())

    assert re.fullmatch(rf"{cast.dialogue.short_name}-\d+-text\.docx", name)


@pytest.mark.parametrize("kind", DocumentKind)
def test_whatever_a_page_shows_as_fitting_goes_together(kind: DocumentKind) -> None:
    fits = fitting()
    of_kind = fits["kind"][kind]
    for form in map(Form, of_kind["form"]):
        of_form = fits["form"][form]
        without = {*of_kind["without"], *of_form["without"]}
        for layout in () if "layout" in without else of_form["layout"]:
            Making(kind=kind, form=form, layout=layout)  # or it says what does not go with what
        Making(
            kind=kind,
            form=form,
            edition=None if "edition" in without else "CN",
            paper=PAPERS[0] if "paper" in without else PAPERS[1],
            house=HOUSES[0] if "house" in without else HOUSES[1],
            is_attributed="attributed" not in without,
            own=None if "own" in without else "US",
            since=None if "since" in without else 1,
            until=None if "until" in without else 2,
        )
