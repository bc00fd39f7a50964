"""Patterns a dialogue writes for its documents: words with fields in braces, such as ``{agreement}``."""

from string import Formatter
from typing import Final

#: What a line of a cover can name.
COVER_FIELDS: Final = frozenset({"dialogue", "agreement", "session", "dates", "places", "hosts"})

#: What the name of a file can name.
FILE_NAME_FIELDS: Final = frozenset(
    {"agreement", "dialogue", "session", "rev", "document", "layout", "edition", "house", "paper"}
)


def unknown_fields(pattern: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the fields of `pattern` that are none of `known`, in order; a lone brace counts as one."""
    try:
        fields = [(name, form, conversion) for _, name, form, conversion in Formatter().parse(pattern)]
    except ValueError:
        return ("{",)
    return tuple(
        name for name, form, conversion in fields if name is not None and (name not in known or form or conversion)
    )
