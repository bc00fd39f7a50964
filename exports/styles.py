"""Fonts, lengths and named styles: how the documents look, in one table.

Writers name a style and never a font, so that a profile, or a reader's own template, can
restyle a document whole. Each style exists once per language: Chinese headings are set in
a face of their own and not emboldened, which no single style can say, because bold in
WordprocessingML does not tell scripts apart.

Font families are written under their English names, which Word knows on every system.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from exports.document import House, Language, Pair, Paper, ParagraphKind
from exports.wordml import Element, child, element, serialised, w

#: Page width and height in twentieths of a point.
PAPERS: Final[Mapping[Paper, tuple[int, int]]] = {
    Paper.A4: (11906, 16838),
    Paper.LETTER: (12240, 15840),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Measures and type of a house style; lengths in twentieths of a point."""

    latin: str
    chinese: str
    chinese_heading: str
    chinese_title: str
    chinese_level_2: str
    """Of a heading that stands under another."""
    chinese_level_3: str
    """Of the two levels under those."""
    size: int
    """Of the text, in half-points."""
    title_size: int
    table_size: int
    """Of the text of a working table."""
    pitch: int
    """Exact distance from line to line, the same for both languages so that they stay level."""
    margin_top: int
    margin_bottom: int
    margin_left: int
    margin_right: int


NEUTRAL: Final = Profile(
    latin="Times New Roman",
    chinese="SimSun",
    chinese_heading="SimHei",
    chinese_title="SimHei",
    chinese_level_2="SimHei",
    chinese_level_3="SimHei",
    size=21,  # 10.5 pt, the usual Chinese text size (五号)
    title_size=28,
    table_size=18,
    pitch=310,
    margin_top=1418,  # 25 mm
    margin_bottom=1304,  # 23 mm
    margin_left=1247,  # 22 mm
    margin_right=1247,
)

#: GB/T 9704-2012, 5.2 and 7.3: margins 37, 35, 28 and 26 mm, 22 lines of 16 pt FangSong, a
#: title of 22 pt, headings in SimHei, under them in KaiTi, then in FangSong. The title's own face of the
#: standard is on few computers; SimSun, of which it is a heavier cut, stands in.
GBT9704: Final = Profile(
    latin="Times New Roman",
    chinese="FangSong",
    chinese_heading="SimHei",
    chinese_title="SimSun",
    chinese_level_2="KaiTi",
    chinese_level_3="FangSong",
    size=32,
    title_size=44,
    table_size=21,
    pitch=579,
    margin_top=2098,
    margin_bottom=1984,
    margin_left=1587,
    margin_right=1474,
)

PROFILES: Final[Mapping[House, Profile]] = {House.NEUTRAL: NEUTRAL, House.GBT9704: GBT9704}

#: Between the text of a column and its edge, in twentieths of a point.
CELL_MARGIN: Final = 142

INK: Final = "1F2937"
QUIET: Final = "5B6472"
RULE: Final = "9AA3AF"
HAIRLINE: Final = "D3D8DF"
ALERT: Final = "9B1C1C"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """A named paragraph style; its Chinese twin differs by `chinese` alone."""

    style_id: str
    name: str
    based_on: str = "Normal"
    following: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    boxed: bool = False
    before: int = 0
    after: int = 0
    loose: bool = False
    """Whether lines are as high as their type asks, instead of an exact pitch."""
    wider: int = 0
    """How much the exact pitch exceeds that of the text, for larger type."""
    left: int = 0
    hanging: int = 0
    chinese_hanging: int = 0
    """The same in Chinese, where it is more: a full-width "（10）" is wider than "(10)"."""
    align: str = "left"
    outline: int | None = None
    bold: bool = False
    colour: str = ""
    size: int = 0
    face: str = ""
    """The Chinese family, where it is not that of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterStyle:
    """A named style for some words within a paragraph."""

    style_id: str
    name: str
    bold: bool = False
    colour: str = ""
    face: str = ""
    size: int = 0
    raised: bool = False


LABEL: Final = "ParagraphLabel"
ASIDE: Final = Pair("Aside", "AsideZh")
CELL: Final = Pair("Cell", "CellZh")
CELL_ITEM: Final = Pair("CellItem", "CellItemZh")
CELL_STRONG: Final = Pair("CellStrong", "CellStrongZh")
CELL_QUIET: Final = Pair("CellQuiet", "CellQuietZh")
GRID: Final = "WorkingTable"
FOOTNOTE: Final = Pair("FootnoteText", "FootnoteTextZh")
FOOTNOTE_REFERENCE: Final = "FootnoteReference"
COMMENT: Final = "CommentText"
COMMENT_REFERENCE: Final = "CommentReference"
PENDING: Final = "PendingText"
TABLE: Final = "TwoColumns"
GAP: Final = "Gap"
HEADER: Final = "Header"
FOOTER: Final = "Footer"
DRAFT_MARK: Final = "DraftMark"

#: Style ids by language of what stands around the text.
COLUMN_HEADING: Final = Pair("ColumnHeading", "ColumnHeadingZh")
COVER_FIRST: Final = Pair("CoverTitle", "CoverTitleZh")
COVER_LINE: Final = Pair("CoverLine", "CoverLineZh")
NOTICE: Final = Pair("Notice", "NoticeZh")
PARTICIPANT: Final = Pair("Participant", "ParticipantZh")
PARTICIPANT_NAME: Final = Pair("ParticipantName", "ParticipantNameZh")
LIST_HEADING: Final = Pair("ListHeading", "ListHeadingZh")

#: The style of a paragraph of the agreement.
PARAGRAPH: Final[Mapping[ParagraphKind, Pair]] = {
    ParagraphKind.TITLE: Pair("Title", "TitleZh"),
    ParagraphKind.HEADING: Pair("Heading1", "Heading1Zh"),
    ParagraphKind.NARRATIVE: Pair("Narrative", "NarrativeZh"),
    ParagraphKind.LEAD_IN: Pair("LeadIn", "LeadInZh"),
    ParagraphKind.BULLET: Pair("Bullet", "BulletZh"),
    ParagraphKind.NUMBERED_ITEM: Pair("NumberedItem", "NumberedItemZh"),
}
#: Of headings, by level.
HEADINGS: Final = (
    PARAGRAPH[ParagraphKind.HEADING],
    *(Pair(f"Heading{level}", f"Heading{level}Zh") for level in (2, 3, 4)),
)
#: What is nothing without what follows, and therefore stays on its page.
KEPT: Final = frozenset({ParagraphKind.TITLE, ParagraphKind.HEADING, ParagraphKind.LEAD_IN})


def styles_part(profile: Profile) -> bytes:
    """Return the ``word/styles.xml`` of a document in `profile`."""
    root = element("styles")
    defaults = child(root, "docDefaults")
    run = child(child(defaults, "rPrDefault"), "rPr")
    _fonts(run, profile.latin, profile.chinese)
    child(run, "sz", val=profile.size)
    child(run, "szCs", val=profile.size)
    _language(run)
    child(child(child(defaults, "pPrDefault"), "pPr"), "spacing", after=0, line=240, lineRule="auto")

    normal = _style(root, kind="paragraph", style_id="Normal", name="Normal", default=True)
    child(normal, "qFormat")
    paragraph = child(normal, "pPr")
    child(paragraph, "widowControl")
    child(paragraph, "spacing", line=profile.pitch, lineRule="exact")
    run = child(normal, "rPr")
    _fonts(run, profile.latin, profile.chinese)
    _language(run)

    for paragraph_style in _paragraph_styles(profile):
        _paragraph_style(root, paragraph_style, profile)
    for character_style in _character_styles(profile):
        _character_style(root, character_style, profile)
    _table_styles(root)
    return serialised(root)


def mark_pitch(profile: Profile) -> int:
    """Return how far it is from line to line at the head of a page, in twentieths of a point."""
    return (profile.size - 3) * 13


def text_width(profile: Profile, paper: Paper, *, across: bool = False) -> int:
    """Return how wide the text of a page is, in twentieths of a point; `across` for a page on its side."""
    return PAPERS[paper][across] - profile.margin_left - profile.margin_right


def text_height(profile: Profile, paper: Paper, *, across: bool = False) -> int:
    """Return how high the text of a page is, in twentieths of a point; `across` for a page on its side."""
    return PAPERS[paper][not across] - profile.margin_top - profile.margin_bottom


def text_lines(text: str, *, width: int, size: int) -> int:
    """Return about how many lines `text` fills at `width` (twentieths of a point) and `size` (half-points).

    A Chinese character counts a full em, a Latin one half an em, which is a little more
    than it needs: an estimate that errs is to err upwards. The byte count tells the two
    apart without looking at each character.
    """
    half_ems = (len(text) + len(text.encode())) // 2
    return -(-half_ems * size * 5 // width) or 1


def _paragraph_styles(profile: Profile) -> Iterator[ParagraphStyle]:
    """Yield every paragraph style, each English one with its Chinese twin after it."""
    small, large = profile.size - 3, profile.title_size + 2
    table = profile.table_size
    heading = ParagraphStyle(
        style_id="Heading1",
        name="heading 1",
        following="Narrative",
        keep_next=True,
        keep_lines=True,
        before=160,
        after=80,
        wider=20,
        outline=0,
        bold=True,
        size=profile.size + 1,
        face=profile.chinese_heading,
    )
    for style in (
        ParagraphStyle(
            style_id="Title",
            name="Title",
            following="Narrative",
            keep_next=True,
            before=60,
            after=160,
            wider=max(120, profile.title_size * 13 - profile.pitch),
            align="center",
            bold=True,
            size=profile.title_size,
            face=profile.chinese_title,
        ),
        heading,
        *(
            replace(
                heading,
                style_id=f"Heading{level}",
                name=f"heading {level}",
                wider=0,
                outline=level - 1,
                size=profile.size,
                face=face,
            )
            for level, face in enumerate(
                (profile.chinese_level_2, profile.chinese_level_3, profile.chinese_level_3), start=2
            )
        ),
        ParagraphStyle(style_id="Narrative", name="Narrative", after=120),
        ParagraphStyle(style_id="LeadIn", name="Lead-in", keep_next=True, after=120),
        ParagraphStyle(style_id="Bullet", name="Bullet", after=100, left=284, hanging=284),
        ParagraphStyle(
            style_id="NumberedItem", name="Numbered Item", after=120, left=454, hanging=454, chinese_hanging=660
        ),
        replace(heading, style_id="ListHeading", name="List Heading", based_on="Heading1", following="Participant"),
        ParagraphStyle(style_id="Participant", name="Participant", keep_lines=True, after=60, left=284, hanging=284),
        ParagraphStyle(
            style_id="ColumnHeading",
            name="Column Heading",
            keep_next=True,
            after=20,
            bold=True,
            colour=QUIET,
            size=small,
            face=profile.chinese_heading,
        ),
        ParagraphStyle(
            style_id="CoverTitle",
            name="Cover Title",
            keep_next=True,
            before=40,
            after=40,
            loose=True,
            align="center",
            bold=True,
            size=large,
            face=profile.chinese_title,
        ),
        ParagraphStyle(
            style_id="CoverLine",
            name="Cover Line",
            keep_next=True,
            after=20,
            loose=True,
            align="center",
            colour=QUIET,
        ),
        ParagraphStyle(
            style_id="Notice",
            name="Notice",
            keep_lines=True,
            boxed=True,
            loose=True,
            left=170,
            size=small,
        ),
        ParagraphStyle(style_id="Aside", name="Aside", loose=True, before=40, after=20, colour=QUIET, size=small),
        ParagraphStyle(style_id="Cell", name="Cell", loose=True, after=40, size=table),
        ParagraphStyle(
            style_id="CellStrong",
            name="Cell Strong",
            loose=True,
            after=40,
            bold=True,
            size=table,
            face=profile.chinese_heading,
        ),
        ParagraphStyle(
            style_id="CellItem",
            name="Cell Item",
            loose=True,
            after=40,
            size=table,
            left=table * 22,  # "(10)" and the space after it
            hanging=table * 22,
            chinese_hanging=table * 32,
        ),
        ParagraphStyle(style_id="CellQuiet", name="Cell Quiet", loose=True, after=40, colour=QUIET, size=table - 2),
        ParagraphStyle(
            style_id="FootnoteText", name="footnote text", loose=True, after=20, left=170, hanging=170, size=small - 1
        ),
    ):
        yield style
        yield _chinese(style)
    yield ParagraphStyle(style_id=GAP, name="Gap", size=2, after=140, loose=True)
    yield ParagraphStyle(style_id=COMMENT, name="annotation text", loose=True, size=20)
    narrower = mark_pitch(profile) - profile.pitch
    yield ParagraphStyle(style_id=HEADER, name="header", wider=narrower, align="center", colour=QUIET, size=small)
    yield ParagraphStyle(
        style_id=DRAFT_MARK, name="Draft Mark", based_on=HEADER, wider=narrower, align="center", bold=True, colour=ALERT
    )
    yield ParagraphStyle(style_id=FOOTER, name="footer", loose=True, align="center", colour=QUIET, size=small)


def _chinese(style: ParagraphStyle) -> ParagraphStyle:
    """Return the Chinese twin of `style`: a heading's own face takes the place of bold."""
    return replace(
        style,
        style_id=f"{style.style_id}Zh",
        name=f"{style.name[0].upper()}{style.name[1:]} Chinese",
        based_on=f"{style.based_on}Zh" if style.based_on != "Normal" else "Normal",
        following=f"{style.following}Zh" if style.following else "",
        bold=False,
        left=style.chinese_hanging or style.left,
        hanging=style.chinese_hanging or style.hanging,
    )


def _character_styles(profile: Profile) -> Iterator[CharacterStyle]:
    yield CharacterStyle(style_id=LABEL, name="Paragraph Label")
    yield CharacterStyle(style_id=PENDING, name="Pending Text", colour=ALERT)
    yield CharacterStyle(style_id=FOOTNOTE_REFERENCE, name="footnote reference", raised=True)
    yield CharacterStyle(style_id=COMMENT_REFERENCE, name="annotation reference", size=16)
    yield CharacterStyle(style_id=PARTICIPANT_NAME[Language.EN], name="Participant Name", bold=True)
    yield CharacterStyle(
        style_id=PARTICIPANT_NAME[Language.ZH], name="Participant Name Chinese", face=profile.chinese_heading
    )


def _paragraph_style(root: Element, style: ParagraphStyle, profile: Profile) -> None:
    entry = _style(root, kind="paragraph", style_id=style.style_id, name=style.name)
    child(entry, "basedOn", val=style.based_on)
    if style.following:
        child(entry, "next", val=style.following)
    child(entry, "qFormat")

    paragraph = child(entry, "pPr")
    if style.keep_next:
        child(paragraph, "keepNext")
    if style.keep_lines:
        child(paragraph, "keepLines")
    if style.boxed:
        borders = child(paragraph, "pBdr")
        for side in ("top", "left", "bottom", "right"):
            child(borders, side, val="single", sz=4, space=6, color=RULE)
    line, rule = (240, "auto") if style.loose else (profile.pitch + style.wider, "exact")
    child(paragraph, "spacing", before=style.before, after=style.after, line=line, lineRule=rule)
    child(paragraph, "ind", left=style.left, right=style.left if style.boxed else 0, hanging=style.hanging)
    child(paragraph, "jc", val=style.align)
    if style.outline is not None:
        child(paragraph, "outlineLvl", val=style.outline)

    run = child(entry, "rPr")
    _fonts(run, profile.latin, style.face or profile.chinese)
    _letters(run, bold=style.bold, colour=style.colour)
    if style.size:
        child(run, "sz", val=style.size)
        child(run, "szCs", val=style.size)
    _language(run)


def _character_style(root: Element, style: CharacterStyle, profile: Profile) -> None:
    entry = _style(root, kind="character", style_id=style.style_id, name=style.name)
    child(entry, "qFormat")
    run = child(entry, "rPr")
    if style.face:
        _fonts(run, profile.latin, style.face)
    _letters(run, bold=style.bold, colour=style.colour)
    if style.size:
        child(run, "sz", val=style.size)
        child(run, "szCs", val=style.size)
    if style.raised:
        child(run, "vertAlign", val="superscript")
    _language(run)


def _table_styles(root: Element) -> None:
    plain = _style(root, kind="table", style_id="TableNormal", name="Normal Table", default=True)
    _cell_margins(child(plain, "tblPr"), side=0, top=0)

    columns = _style(root, kind="table", style_id=TABLE, name="Two Columns")
    child(columns, "basedOn", val="TableNormal")
    properties = child(columns, "tblPr")
    borders = child(properties, "tblBorders")
    child(borders, "top", val="single", sz=8, space=0, color=INK)
    child(borders, "bottom", val="single", sz=8, space=0, color=INK)
    child(borders, "insideV", val="single", sz=4, space=0, color=HAIRLINE)
    _cell_margins(properties, side=CELL_MARGIN, top=50)
    first = child(columns, "tblStylePr", type="firstRow")
    child(child(child(first, "tcPr"), "tcBorders"), "bottom", val="single", sz=4, space=0, color=RULE)

    grid = _style(root, kind="table", style_id=GRID, name="Working Table")
    child(grid, "basedOn", val="TableNormal")
    properties = child(grid, "tblPr")
    borders = child(properties, "tblBorders")
    for side in ("top", "bottom"):
        child(borders, side, val="single", sz=8, space=0, color=INK)
    for side in ("insideH", "insideV"):
        child(borders, side, val="single", sz=4, space=0, color=HAIRLINE)
    _cell_margins(properties, side=CELL_MARGIN // 2, top=50)


def _cell_margins(properties: Element, *, side: int, top: int) -> None:
    margins = child(properties, "tblCellMar")
    for name, width in (("top", top), ("left", side), ("bottom", 0), ("right", side)):
        child(margins, name, w=width, type="dxa")


def _style(root: Element, *, kind: str, style_id: str, name: str, default: bool = False) -> Element:
    entry = child(root, "style", type=kind)
    if default:
        entry.set(w("default"), "1")
    entry.set(w("styleId"), style_id)
    child(entry, "name", val=name)
    return entry


def _fonts(run: Element, latin: str, chinese: str) -> None:
    child(run, "rFonts", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin)


def _letters(run: Element, *, bold: bool, colour: str) -> None:
    if bold:
        child(run, "b")
    if colour:
        child(run, "color", val=colour)


def _language(run: Element) -> None:
    """Say what each script is to be read as: without it Word takes Chinese quotes for narrow ones."""
    child(run, "lang", val="en-US", eastAsia="zh-CN")
