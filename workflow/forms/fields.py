"""What people type: taken exactly as it was typed, or refused with a reason.

Nothing is trimmed, normalised or "corrected": two texts that look alike and differ are two
texts. The one change made is a browser's own: every line end of a text area arrives as
CR LF, whatever was typed, and is put back to LF.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from flask_babel import format_decimal
from flask_babel.speaklater import LazyString
from wtforms import Field, Form, SelectChoice, StringField, TextAreaField  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import StopValidation, ValidationError

from workflow.dialogue_file.fields import LONGEST_NAME, is_time_zone
from workflow.domain.bilingual import is_blank
from workflow.i18n import gettext as _

MOST_IN_A_WORDING: Final = 20_000
"""Characters one language of a wording can have."""
MOST_IN_A_NOTE: Final = 5_000
"""Characters a reason, a statement or a comment can have."""
MOST_IN_A_LINE: Final = 300
"""Characters a title or a name can have."""

#: Controls but tab and line feed, halves of characters, what XML (so: a document) cannot hold,
#: and the marks that make a text read in another order than it is stored in.
_UNREADABLE: Final = re.compile(
    "[^\t\n\u0020-\u007e\u00a0-\u2027\u202f-\u2065\u2070-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)


def as_typed(text: str | None) -> str | None:
    """Return `text` with the browser's line ends put back to what was typed."""
    return None if text is None else text.replace("\r\n", "\n")


class NotBlank:
    """Refuses a text in which there is nothing to be seen."""

    field_flags: Final = {"required": True}

    def __init__(self, message: str | LazyString | None = None) -> None:
        self.message = message

    def __call__(self, _form: Form, field: Field) -> None:
        """Return if something is written in `field`.

        Raises:
            StopValidation: If not; nothing else can be wrong with nothing.

        """
        if is_blank(field.data):
            raise StopValidation(str(self.message or _("Something must be written here.")))


class AtMost:
    """Refuses a text of more than so many characters."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Form, field: Field) -> None:
        """Return if what is written in `field` is short enough.

        Raises:
            ValidationError: If not, with both numbers.

        """
        typed = len(field.data or "")
        if typed > self.most:
            raise ValidationError(
                _(
                    "This has %(typed)s characters; at most %(most)s are possible.",
                    typed=format_decimal(typed),
                    most=format_decimal(self.most),
                )
            )


class Readable:
    """Refuses characters that cannot be seen on a page or kept in a document."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Return if every character in `field` can be shown.

        Raises:
            ValidationError: If not, with the place of the first that cannot.

        """
        if found := _UNREADABLE.search(field.data or ""):
            raise ValidationError(
                _(
                    "Character %(place)s (%(name)s) cannot be shown on paper. Please take it out.",
                    place=found.start() + 1,
                    name=f"U+{ord(found[0]):04X}",
                )
            )


class Matching:
    """Refuses what is not spelt as `pattern` has it, or has more than so many characters."""

    def __init__(self, pattern: re.Pattern[str], message: str | LazyString, most: int = LONGEST_NAME) -> None:
        self.pattern = pattern
        self.message = message
        self.most = most

    def __call__(self, _form: Form, field: Field) -> None:
        """Return if `field` is spelt so.

        Raises:
            StopValidation: If not.

        """
        typed = field.data or ""
        if len(typed) > self.most or not self.pattern.fullmatch(typed):
            raise StopValidation(str(self.message))


class KnownTimeZone:
    """Refuses what this machine does not know as a time zone."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Return if `field` names a time zone.

        Raises:
            StopValidation: If not, with two that are.

        """
        if not is_time_zone(field.data or ""):
            raise StopValidation(_("Write the time zone as Asia/Shanghai or America/New_York are written."))


def choices(offered: Iterable[tuple[str, str | LazyString]]) -> list[SelectChoice]:
    """Return `offered`, as ``(value, words)``, as a field takes it."""
    return [SelectChoice(value, words) for value, words in offered]


class _AsTyped:
    """Makes a field of text exact and bounded, whatever else it is asked to be."""

    def __init__(
        self,
        label: str | LazyString | None = None,
        validators: Sequence[Any] = (),
        *,
        most: int,
        **more: Any,  # noqa: ANN401 -- handed on to WTForms
    ) -> None:
        bounds = (*validators, Readable(), AtMost(most))
        super().__init__(label, validators=bounds, filters=(as_typed,), **more)  # type: ignore[call-arg]  # the field's


class LineField(_AsTyped, StringField):
    """One line of text: a title, a name."""

    def __init__(
        self,
        label: str | LazyString | None = None,
        validators: Sequence[Any] = (),
        *,
        most: int = MOST_IN_A_LINE,
        **more: Any,  # noqa: ANN401 -- handed on to WTForms
    ) -> None:
        super().__init__(label, (*validators, _on_one_line), most=most, **more)


class NoteField(_AsTyped, TextAreaField):
    """What somebody says about a text: a reason, a statement, a comment."""

    def __init__(
        self,
        label: str | LazyString | None = None,
        validators: Sequence[Any] = (),
        *,
        most: int = MOST_IN_A_NOTE,
        **more: Any,  # noqa: ANN401 -- handed on to WTForms
    ) -> None:
        super().__init__(label, validators, most=most, **more)


class WordingField(_AsTyped, TextAreaField):
    """One language of a text under negotiation. It may be blank, unless `NotBlank` is asked for: the other pends."""

    def __init__(
        self,
        label: str | LazyString | None = None,
        validators: Sequence[Any] = (),
        *,
        most: int = MOST_IN_A_WORDING,
        **more: Any,  # noqa: ANN401 -- handed on to WTForms
    ) -> None:
        super().__init__(label, validators, most=most, **more)


def _on_one_line(_form: Form, field: Field) -> None:
    if "\n" in (field.data or "") or "\t" in (field.data or ""):
        raise ValidationError(_("This must fit on one line."))
