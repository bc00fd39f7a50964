"""The form on the style page: one field of each sort, so that each can be looked at."""

from wtforms import BooleanField, FieldList, FormField, PasswordField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Optional

from workflow.forms import PageForm
from workflow.forms.fields import LineField, NotBlank, NoteField, WordingField
from workflow.forms.sessions import PlaceRow
from workflow.i18n import lazy_gettext as _

_SHORT = 12


class ShowForm(PageForm):
    """``style/show.html``: sent nowhere."""

    en = WordingField(_("English"), [NotBlank()])
    zh = WordingField(_("Chinese"), [NotBlank()])
    heading = LineField(_("Working title"), [NotBlank()], most=_SHORT)
    secret = PasswordField(_("Password"), validators=[Optional()])
    reason = NoteField(_("Reason"), [Optional()], description=_("Both sides read it."))
    layout = SelectField(_("Layout"), choices=[SelectChoice("a4", "A4"), SelectChoice("letter", "Letter")])
    scope = RadioField(
        _("Who reads it"),
        choices=[SelectChoice("delegation", _("Our delegation only")), SelectChoice("shared", _("Both sides"))],
        default="delegation",
        validators=[DataRequired()],
    )
    severable = BooleanField(_("The points may be accepted one by one"))
    places = FieldList(FormField(PlaceRow), min_entries=2)
