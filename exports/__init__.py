"""Documents written from agreed text: frozen dataclasses in, bytes or text out.

A library of its own: it knows nothing of the web, of the database or of the rules of a
negotiation. Whoever asks for a document describes it as an
:class:`~exports.document.TextDocument` or a :class:`~exports.document.TableDocument`; a writer
per kind of file turns that into one.
The same description always gives the same bytes.
"""

from exports.document import (
    NO_LABEL,
    PENDING,
    Change,
    Column,
    Comment,
    House,
    Language,
    Layout,
    Notice,
    Origin,
    Pair,
    Paper,
    Paragraph,
    ParagraphKind,
    Participant,
    ParticipantList,
    Redline,
    Span,
    TableDocument,
    TextDocument,
    Words,
    order,
)
from exports.docx_table import write_table
from exports.docx_text import write_docx
from exports.html import fragment, write_html
from exports.lint import faults
from exports.pdf import NoPdf, write_pdf
from exports.text import write_table_text, write_text

__all__ = [
    "NO_LABEL",
    "PENDING",
    "Change",
    "Column",
    "Comment",
    "House",
    "Language",
    "Layout",
    "NoPdf",
    "Notice",
    "Origin",
    "Pair",
    "Paper",
    "Paragraph",
    "ParagraphKind",
    "Participant",
    "ParticipantList",
    "Redline",
    "Span",
    "TableDocument",
    "TextDocument",
    "Words",
    "faults",
    "fragment",
    "order",
    "write_docx",
    "write_html",
    "write_pdf",
    "write_table",
    "write_table_text",
    "write_text",
]
