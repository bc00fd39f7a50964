"""Documents written from agreed text: frozen dataclasses in, bytes or text out.

A library of its own: it knows nothing of the web, of the database or of the rules of a
negotiation. Whoever asks for a document describes it as an
:class:`~exports.document.AgreementDocument`; a writer per layout turns that into a file.
The same description always gives the same bytes.
"""

from exports.document import (
    NO_LABEL,
    AgreementDocument,
    Language,
    Notice,
    Pair,
    Paper,
    Paragraph,
    ParagraphKind,
    Participant,
    ParticipantList,
)
from exports.lint import faults
from exports.text import write_text
from exports.two_column import write_two_column

__all__ = [
    "NO_LABEL",
    "AgreementDocument",
    "Language",
    "Notice",
    "Pair",
    "Paper",
    "Paragraph",
    "ParagraphKind",
    "Participant",
    "ParticipantList",
    "faults",
    "write_text",
    "write_two_column",
]
