"""The lint sees each fault it is there for: every case breaks a sound document on purpose."""

import zipfile
from io import BytesIO

import pytest

from exports.docx_text import write_docx
from exports.lint import TRACES, faults
from tests.exports.samples import agreement, parts

BODY = "word/document.xml"
STYLES = "word/styles.xml"
RELATIONSHIPS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
INSERTION = '<w:ins w:id="{id}" w:author="{author}" w:date="{date}"/>'
SOUND = {"id": "1", "author": "US", "date": "2019-03-12T17:30:00Z"}


def packed(changed: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, blob in changed.items():
            archive.writestr(name, blob)
    return stream.getvalue()


def broken(name: str, old: str, new: str) -> list[str]:
    """Return the faults of a sound document in which `old` was replaced by `new` in the part `name`."""
    sound = dict(parts(write_docx(agreement())))
    assert old.encode() in sound[name], "there is something to break"
    return faults(packed(sound | {name: sound[name].replace(old.encode(), new.encode(), 1)}))


def in_the_body(markup: str) -> list[str]:
    return broken(BODY, "<w:p>", f"<w:p>{markup}</w:p><w:p>")


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        pytest.param(
            BODY, "</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", "does not end in a paragraph", id="a cell without an end"
        ),
        pytest.param(BODY, "<w:tc>", "<w:tc/><w:tc>", "does not end in a paragraph", id="an empty cell"),
        pytest.param(BODY, "<w:tc>", "<w:tc><w:p/></w:tc><w:tc>", "3 cells for 2 columns", id="a cell too many"),
        pytest.param(BODY, "<w:pPr><w:pStyle", "<w:pPr><w:jc/><w:pStyle", "out of order", id="children out of order"),
        pytest.param(BODY, "<w:pPr>", "<w:pPr><w:frob/>", "['frob']", id="an unknown child"),
        pytest.param(
            BODY,
            "Consensus</w:t>",
            "Consensus</w:t><w:delText>x</w:delText>",
            "is written as delText",
            id="deleted text outside a deletion",
        ),
        pytest.param(
            BODY, ' xml:space="preserve">\u00a0 ', ">\u00a0 ", "loses its outer spaces", id="spaces unprotected"
        ),
        pytest.param(
            BODY, 'w:val="NarrativeZh"', 'w:val="Nowhere"', "paragraph style 'Nowhere'", id="an unknown style"
        ),
        pytest.param(
            BODY, 'w:val="ParagraphLabel"', 'w:val="Title"', "character style 'Title'", id="a style of the wrong type"
        ),
        pytest.param(
            STYLES, 'w:basedOn w:val="Normal"', 'w:basedOn w:val="TableNormal"', "does not exist", id="a base"
        ),
        pytest.param(STYLES, 'w:styleId="TitleZh"', 'w:styleId="Title"', "'Title' occurs 2 times", id="a style twice"),
        pytest.param(BODY, 'r:id="rId4"', 'r:id="rId9"', "relationship rId9 does not exist", id="a dangling reference"),
        pytest.param(RELATIONSHIPS, "header1.xml", "header2.xml", "header2.xml does not exist", id="a missing part"),
        pytest.param(
            RELATIONSHIPS, 'Target="header1.xml"', 'Target="http://x" TargetMode="External"', "outside", id="a way out"
        ),
        pytest.param(RELATIONSHIPS, 'Id="rId2"', 'Id="rId1"', "rId1 is used twice", id="a relationship id twice"),
        pytest.param(TYPES, "/word/settings.xml", "/word/other.xml", "is not declared", id="an undeclared part"),
        pytest.param(TYPES, "/word/settings.xml", "/word/other.xml", "declared but missing", id="a declared absence"),
    ],
)
def test_a_damaged_document_is_found_out(name: str, old: str, new: str, fault: str) -> None:
    assert any(fault in found for found in broken(name, old, new))


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        pytest.param(
            '<w:del w:id="1" w:author="US" w:date="x"><w:r><w:t>a</w:t></w:r></w:del>', "as t", id="kept text"
        ),
        pytest.param('<w:bookmarkStart w:id="1" w:name="a"/>', "different numbers", id="a bookmark without an end"),
        pytest.param(
            '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkStart w:id="2" w:name="a"/>', "bookmark 'a'", id="a name"
        ),
        pytest.param(
            '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkStart w:id="1" w:name="b"/>', "bookmark id", id="an id"
        ),
        pytest.param(INSERTION.format(**SOUND | {"author": " "}), "no author", id="no author"),
        pytest.param(INSERTION.format(**SOUND | {"date": "2019-03-12"}), "dated '2019-03-12'", id="half a date"),
        pytest.param(INSERTION.format(**SOUND) * 2, "revision '1' occurs 2 times", id="a revision id twice"),
    ],
)
def test_unsound_marks_are_found_out(markup: str, fault: str) -> None:
    assert any(fault in found for found in in_the_body(markup))


def test_sound_marks_are_left_in_peace() -> None:
    marks = INSERTION.format(**SOUND) + '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>'

    assert in_the_body(marks) == []


@pytest.mark.parametrize("trace", TRACES)
def test_a_trace_of_another_maker_is_found_in_any_part(trace: bytes) -> None:
    sound = dict(parts(write_docx(agreement())))

    for name in ("docProps/core.xml", BODY):
        marked = sound | {name: sound[name] + b"<!-- " + trace + b" -->"}
        assert faults(packed(marked)) == [f"{name}: says {trace.decode()!r}"]


def test_a_part_is_judged_by_its_name_too() -> None:
    sound = dict(parts(write_docx(agreement())))

    assert "docProps/thumbnail.jpeg: says 'thumbnail'" in faults(packed(sound | {"docProps/thumbnail.jpeg": b""}))


def test_relationships_of_a_part_that_is_not_there_are_checked_for_what_they_name() -> None:
    sound = dict(parts(write_docx(agreement())))
    orphan = sound[RELATIONSHIPS]

    found = faults(packed(sound | {"elsewhere/_rels/missing.xml.rels": orphan}))

    assert "elsewhere/_rels/missing.xml.rels: styles.xml does not exist" in found
