"""Which documents there are, and which choices go together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

import exports
from workflow.domain.bilingual import Language


class DocumentKind(StrEnum):
    """What a document holds."""

    TEXT = "text"
    """The agreed text; of one that is still negotiated, what is in common, the rest in square brackets."""
    NEGOTIATING = "negotiating"
    """The same with working numbers, standings, and reservations as footnotes."""
    WORKING_TABLE = "working-table"
    FOUR_COLUMN = "four-column"
    REDLINE = "redline"
    AGENDA = "agenda"
    PARTICIPANTS = "participants"
    STATEMENTS = "statements"
    POSITIONS = "positions"
    CERTIFICATE = "certificate"


class Form(StrEnum):
    """What kind of file a document is."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"
    JSON = "json"
    """The fields behind the content hash, for whoever wants to compute it again."""


#: What each kind of file is called on the way to a reader, and how its name ends.
MIME_TYPES: Final[Mapping[Form, str]] = {
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.PDF: "application/pdf",
    Form.HTML: "text/html; charset=utf-8",
    Form.TEXT: "text/plain; charset=utf-8",
    Form.JSON: "application/json",
}
ENDINGS: Final[Mapping[Form, str]] = {**{form: form.value for form in Form}, Form.TEXT: "txt"}

#: The layout of what is a table by nature.
TABLE: Final = "table"
LAYOUTS: Final = tuple(layout.value for layout in exports.Layout)
PAPERS: Final = tuple(paper.value for paper in exports.Paper)
HOUSES: Final = tuple(house.value for house in exports.House)

_TABLES: Final = frozenset({DocumentKind.WORKING_TABLE, DocumentKind.FOUR_COLUMN, DocumentKind.POSITIONS})
_OPEN: Final = frozenset({DocumentKind.TEXT, DocumentKind.NEGOTIATING})
_PRINTED: Final = frozenset({Form.DOCX, Form.PDF})

#: What only some documents have a use for, by the names of the choices: of which kind they are, and which kind of file.
_OF_KINDS: Final[Mapping[str, frozenset[DocumentKind]]] = {
    "layout": frozenset(DocumentKind) - _TABLES,
    "attributed": frozenset({DocumentKind.NEGOTIATING}),
    "own": frozenset({DocumentKind.POSITIONS}),
    "since": frozenset({DocumentKind.REDLINE}),
    "until": frozenset({DocumentKind.REDLINE}),
}
_OF_FORMS: Final[Mapping[str, frozenset[Form]]] = {
    "layout": frozenset(Form) - {Form.JSON},
    "edition": frozenset(Form) - {Form.JSON},
    "house": _PRINTED,
    "paper": _PRINTED,
}


class WrongCombination(ValueError):  # noqa: N818 -- what the reader asked for
    """Choices that do not go together.

    Attributes:
        choice: Which choice is wrong, by the name of its field in `Making`.
        right: What would be right in its place, each as it is written; empty: nothing may be given.

    """

    def __init__(self, kind: DocumentKind, choice: str, right: tuple[str, ...]) -> None:
        self.kind, self.choice, self.right = kind, choice, right
        known = f"right would be: {', '.join(right)}" if right else "leave it out"
        super().__init__(f"{choice} does not go with the document {kind}; {known}")


class NothingToPrint(ValueError):  # noqa: N818 -- what the reader asked for
    """A document that would be empty.

    Attributes:
        what: ``agenda``, ``participants``, ``statements`` or ``redline``.

    """

    def __init__(self, what: str, why: str) -> None:
        self.what = what
        super().__init__(why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """Which document is asked for.

    Raises:
        WrongCombination: If the choices do not go together.

    """

    kind: DocumentKind = DocumentKind.TEXT
    form: Form = Form.DOCX
    layout: str = ""
    """One of `LAYOUTS`, or `TABLE`; empty for the first that is right."""
    edition: str | None = None
    """The delegation whose own edition it is; ``None`` for the recorded order, English first."""
    house: str = HOUSES[0]
    paper: str = PAPERS[0]
    is_attributed: bool = False
    """Whether brackets name who wants what."""
    own: str | None = None
    """The delegation whose own copy it is, with what only that one reads; ``None`` for what all may read."""
    since: int | None = None
    """Of a redline: the Rev. it begins with, or with `paragraph` the number of a wording."""
    until: int | None = None
    """Of a redline: the Rev., or wording, it ends with; ``None`` for the text as it stands."""
    paragraph: UUID | None = None
    """Of a redline: the paragraph whose wordings are compared."""
    amendment: UUID | None = None
    """Of a redline: the amendment to show."""

    def __post_init__(self) -> None:
        """Settle on the layout, and refuse what does not go together."""
        if not self.layout:
            object.__setattr__(self, "layout", layouts_of(self.kind, self.form)[0])
        for choice, right in self._wrong():
            raise WrongCombination(self.kind, choice, right)

    def _wrong(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each choice that does not go with the others, and what would be right in its place."""
        if self.form not in forms_of(self.kind):
            yield "form", tuple(forms_of(self.kind))
        if self.layout not in layouts_of(self.kind, self.form):
            yield "layout", layouts_of(self.kind, self.form)
        if self.form not in _PRINTED:  # what is not printed has neither paper nor a house style
            yield from (("paper", PAPERS[:1]),) if self.paper != PAPERS[0] else ()
            yield from (("house", HOUSES[:1]),) if self.house != HOUSES[0] else ()
        yield from ((choice, ()) for choice in self._out_of_place())

    def _out_of_place(self) -> Iterator[str]:
        """Yield each choice that the document has no use for."""
        if self.edition and self.form not in _OF_FORMS["edition"]:
            yield "edition"
        if self.is_attributed and self.kind not in _OF_KINDS["attributed"]:
            yield "attributed"
        if self.own and self.kind not in _OF_KINDS["own"]:
            yield "own"
        of_redlines = {"since": self.since, "until": self.until, "paragraph": self.paragraph}
        if self.kind is not DocumentKind.REDLINE:
            of_redlines["amendment"] = self.amendment
        elif self.amendment is None:
            of_redlines = {}  # an amendment is shown against what it was written against, and nothing else
        yield from (choice for choice, chosen in of_redlines.items() if chosen is not None)

    @property
    def mimetype(self) -> str:
        """What it is called on the way to a reader."""
        return MIME_TYPES[self.form]

    @property
    def languages(self) -> tuple[Language, ...]:
        """The one language its layout asks for; none where it has both."""
        return (Language(self.layout),) if self.layout in tuple(Language) else ()

    def file_name(self, names: Mapping[str, str], pattern: str = "") -> str:
        """Return what the file is called.

        Args:
            names: What the fields ``agreement``, ``dialogue``, ``session`` and ``rev`` stand for.
            pattern: A dialogue's own; fields stand in braces, as in `FILE_NAME`.

        """
        fields = {
            **names,
            "document": self.kind.value,
            "layout": self.layout,
            "edition": f"{self.edition.lower()}-edition" if self.edition else "",
            "house": "" if self.house == HOUSES[0] else self.house,
            "paper": self.paper if self.form in _PRINTED else "",
        }
        made = (pattern or FILE_NAME).format_map(fields)
        return f"{'-'.join(part for part in made.split('-') if part)}.{ENDINGS[self.form]}"


#: What a file is called where the dialogue says nothing else. What is empty leaves no hyphen.
FILE_NAME: Final = "{agreement}-{document}-{layout}-{edition}-{house}-{paper}"


def forms_of(kind: DocumentKind) -> tuple[Form, ...]:
    """Return the kinds of file a document of `kind` can be."""
    return tuple(form for form in Form if form is not Form.JSON or kind is DocumentKind.CERTIFICATE)


def layouts_of(kind: DocumentKind, form: Form = Form.DOCX) -> tuple[str, ...]:
    """Return the layouts that are right for `kind`, the usual first."""
    if kind in _TABLES:
        return (TABLE,)
    if form is Form.TEXT:  # lines of text have no columns
        return tuple(one.value for one in (exports.Layout.SEQUENTIAL, exports.Layout.EN, exports.Layout.ZH))
    return LAYOUTS


def fitting() -> dict[str, dict[str, dict[str, tuple[str, ...]]]]:
    """Return which choices go with each kind of document, and with each kind of file, for a page to show no others.

    ``without`` names the choices there is no use for; ``form`` and ``layout`` list what can be chosen.
    """
    return {
        "kind": {
            kind.value: {
                "form": tuple(forms_of(kind)),
                "without": tuple(choice for choice, kinds in _OF_KINDS.items() if kind not in kinds),
            }
            for kind in DocumentKind
        },
        "form": {
            form.value: {
                "layout": layouts_of(DocumentKind.TEXT, form),
                "without": tuple(choice for choice, forms in _OF_FORMS.items() if form not in forms),
            }
            for form in Form
        },
    }
