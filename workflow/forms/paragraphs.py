"""What people say of one paragraph: positions."""

from typing import Final

from wtforms import Field, Form, HiddenField
from wtforms.validators import AnyOf, StopValidation

from workflow.domain.bilingual import is_blank
from workflow.domain.positions import Stance
from workflow.forms import OnTextForm
from workflow.forms.fields import NoteField
from workflow.i18n import gettext as _
from workflow.i18n import lazy_gettext as _l

#: Stances that are of no use to anybody without the reason (18, 22).
NEEDS_REASON: Final = frozenset({Stance.RESERVE, Stance.WITHDRAWN})


class TextForm(OnTextForm):
    """A button that acts on the text the page showed: certify, defer."""


def _reason_where_needed(form: Form, field: Field) -> None:
    if form["stance"].data in NEEDS_REASON and is_blank(field.data):
        raise StopValidation(_("Say why: the other side reads the reason with the position."))


def _statement_where_made(form: Form, field: Field) -> None:
    if form["stance"].data == Stance.AGREE_WITH_STATEMENT and is_blank(field.data):
        raise StopValidation(_("Write the statement in both languages."))


class PositionForm(OnTextForm):
    """``paragraphs/show.html``: what the delegation says of the text."""

    stance = HiddenField(validators=[AnyOf([stance.value for stance in Stance], _l("Not a valid choice."))])
    reason = NoteField(_l("Reason"), (_reason_where_needed,))
    statement_en = NoteField(_l("Statement in English"), (_statement_where_made,))
    statement_zh = NoteField(_l("Statement in Chinese"), (_statement_where_made,))
