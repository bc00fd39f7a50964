"""What people type: one module per blueprint, one class per page. A form knows shapes; it never queries."""

from typing import Final
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import HiddenField

from workflow.i18n import N_, gettext, ngettext

#: The sentences WTForms' own validators and fields can say, so that they are in the catalogue.
WTFORMS_WORDS: Final = (
    N_("This field is required."),
    N_("Not a valid choice."),
    N_("Not a valid choice"),
    N_("Invalid Choice: could not coerce."),
    N_("Invalid Choice: could not coerce"),
    N_("Choices cannot be None."),
    N_("Not a valid integer value."),
    N_("'%(value)s' is not a valid choice for this field."),
    N_("Not a valid date value."),
    N_("Invalid input."),
)


class Words:
    """WTForms' sentences, looked up in this project's catalogue."""

    def gettext(self, message: str) -> str:
        """Return `message` in the reader's language."""
        return str(gettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return what is said of `number` in the reader's language."""
        return str(ngettext(singular, plural, number))


class PageForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Base of every form: its sentences come from the catalogue, its token is the page's one token.

    The token is checked before any view runs (:func:`workflow.create_app`); the field is there to be printed.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF is untyped
        """How its fields are bound."""

        def get_translations(self, _form: object) -> Words:
            """Return where sentences are looked up."""
            return Words()


class OnTextForm(PageForm):
    """Base of every form that acts on a text: it carries what the page showed, so that nobody acts unseen."""

    face = HiddenField()
    """Content hash of the text shown, for acts of consent."""
    base = HiddenField()
    """Key of the wording, or of the addition, that the text typed was written against."""

    @property
    def seen_face(self) -> str:
        """The content hash of the text on the page this was sent from; empty if the page forgot."""
        return self.face.data or ""

    @property
    def seen_base(self) -> UUID | None:
        """The key the text typed was written against; ``None`` where there was nothing, or nothing readable."""
        return key_in(self.base.data)


def key_in(typed: str | None) -> UUID | None:
    """Return the key `typed` holds; ``None`` where it holds nothing readable."""
    try:
        return UUID(typed or "")
    except ValueError:
        return None


def version_in(sent: str | None) -> int:
    """Return the version `sent` holds; 0, which fits none, where it holds nothing readable."""
    return int(sent) if sent and sent.isdecimal() and sent.isascii() and len(sent) < 10 else 0  # noqa: PLR2004 -- nothing is saved a billion times
