"""What can be asked for when a document is made."""

import re
from collections.abc import Sequence
from typing import Final

from flask_babel import LazyString
from wtforms import BooleanField, HiddenField, RadioField, SelectField

from workflow.forms import PageForm, key_in
from workflow.forms.fields import choices
from workflow.i18n import lazy_gettext as _l
from workflow.services.documents import HOUSES, PAPERS, DocumentKind, Form, Making

#: What each document is called on the page.
KINDS: Sequence[tuple[DocumentKind, LazyString]] = (
    (DocumentKind.TEXT, _l("The text, agreed or as it stands")),
    (DocumentKind.NEGOTIATING, _l("Negotiating text, with standings and reservations")),
    (DocumentKind.WORKING_TABLE, _l("Working table, with shared comments")),
    (DocumentKind.FOUR_COLUMN, _l("Four-column table")),
    (DocumentKind.REDLINE, _l("Redline, as tracked changes")),
    (DocumentKind.AGENDA, _l("Provisional agenda of the next session")),
    (DocumentKind.PARTICIPANTS, _l("Participant lists")),
    (DocumentKind.STATEMENTS, _l("Statements for the record")),
    (DocumentKind.POSITIONS, _l("Record of positions")),
    (DocumentKind.CERTIFICATE, _l("Certificate page, with the content hash")),
)
FORMS: Sequence[tuple[Form, LazyString | str]] = (
    (Form.DOCX, _l("Word document")),
    (Form.PDF, "PDF"),
    (Form.HTML, _l("HTML reading copy")),
    (Form.TEXT, _l("plain text")),
    (Form.JSON, _l("fields of the content hash (JSON)")),
)
LAYOUTS: Sequence[tuple[str, LazyString]] = (
    ("", _l("the usual one")),
    ("two-column", _l("two columns, one language beside the other")),
    ("sequential", _l("one language after the other")),
    ("interleaved", _l("paragraph by paragraph")),
    ("en", _l("English only")),
    ("zh", _l("Chinese only")),
    ("table", _l("table")),
)
HOUSE_STYLES: Sequence[tuple[str, LazyString]] = (
    (HOUSES[0], _l("neutral")),
    (HOUSES[1], _l("GB/T 9704, Chinese official documents")),
)
PAPER_SIZES: Sequence[tuple[str, LazyString | str]] = ((PAPERS[0], "A4"), (PAPERS[1], _l("US Letter")))

_TOKEN: Final = re.compile("[0-9a-f]{32}")


def _blank(chosen: str | None) -> str:
    """Return `chosen`, and what stands for the usual where a page sent nothing."""
    return chosen or ""


class DocumentForm(PageForm):
    """``documents/index.html``: preview a document, or make it."""

    kind = RadioField(
        _l("Document"), choices=choices((kind.value, words) for kind, words in KINDS), default=DocumentKind.TEXT.value
    )
    form = RadioField(
        _l("Kind of file"), choices=choices((form.value, words) for form, words in FORMS), default=Form.DOCX.value
    )
    layout = SelectField(_l("Layout"), choices=choices(LAYOUTS), default="", filters=[_blank])
    edition = SelectField(
        _l("Edition"), description=_l("Whose language and participant list come first."), filters=[_blank]
    )
    house = RadioField(
        _l("House style"),
        description=_l("Of Word documents and PDF."),
        choices=choices(HOUSE_STYLES),
        default=HOUSES[0],
    )
    paper = RadioField(
        _l("Paper"), description=_l("Of Word documents and PDF."), choices=choices(PAPER_SIZES), default=PAPERS[0]
    )
    attributed = BooleanField(_l("Name the sides in the brackets of the negotiating text"))
    own = BooleanField(_l("Record of positions: our own copy, with who said what; marked as internal on each page"))
    since = SelectField(_l("Redline from"), filters=[_blank])
    until = SelectField(_l("Redline to"), filters=[_blank])
    paragraph = HiddenField()
    amendment = HiddenField()
    token = HiddenField()
    """What the page's script knows the answer by: see ``static/js/busy.js``."""

    @property
    def seen_token(self) -> str:
        """The token the page sent; empty where it sent none, or something that no script of ours makes."""
        sent = self.token.data or ""
        return sent if _TOKEN.fullmatch(sent) else ""

    def offer(
        self, *, editions: Sequence[tuple[str, str]], since: Sequence[tuple[str, str]], until: Sequence[tuple[str, str]]
    ) -> None:
        """Let `editions`, and where a redline begins and ends, be chosen from; each is ``(value, words)``."""
        self.edition.choices = choices(editions)
        self.since.choices = choices(since)
        self.until.choices = choices(until)

    def chosen(self, *, own: str | None) -> Making:
        """Return what was asked for; `own` is the code of the reader's delegation.

        Raises:
            WrongCombination: If the choices do not go together.

        """
        is_redline = self.kind.data == DocumentKind.REDLINE
        return Making(
            kind=DocumentKind(self.kind.data),
            form=Form(self.form.data),
            layout=self.layout.data or "",
            edition=self.edition.data or None,
            house=self.house.data,
            paper=self.paper.data,
            is_attributed=bool(self.attributed.data),
            own=own if self.own.data else None,
            since=_number(self.since.data) if is_redline else None,
            until=_number(self.until.data) if is_redline else None,
            paragraph=key_in(self.paragraph.data) if is_redline else None,
            amendment=key_in(self.amendment.data) if is_redline else None,
        )


def _number(typed: str | None) -> int | None:
    return int(typed) if typed else None
