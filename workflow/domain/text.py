"""What a text is made of: kinds of paragraph, tags, styles of label, kinds of agreement.

The words are the field's own (see the glossary); files, rows, pages and documents all
spell them by these values.
"""

from enum import StrEnum


class ParagraphKind(StrEnum):
    """What a paragraph is in the text it stands in."""

    TITLE = "title"
    HEADING = "heading"
    NARRATIVE = "narrative"
    LEAD_IN = "lead_in"
    """Opens a list, or the sections that follow, and governs what stands under it."""
    BULLET = "bullet"
    NUMBERED_ITEM = "numbered_item"


class Tag(StrEnum):
    """What a paragraph is for, whatever its kind."""

    RECOMMENDATION = "recommendation"
    AGENDA_ITEM = "agenda_item"


class LabelStyle(StrEnum):
    """How the label before a paragraph prints."""

    NONE = "none"
    BULLET = "bullet"
    """•"""
    PARENTHESISED = "parenthesised"
    """(1)"""
    DECIMAL = "decimal"
    """1."""


class AgreementKind(StrEnum):
    """How a text comes to stand in an agreement."""

    RECORDED = "recorded"
    """As published elsewhere: immutable, and nobody's position on it is asked."""
    NEGOTIATED = "negotiated"
