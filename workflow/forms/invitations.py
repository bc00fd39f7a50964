"""What is written to invite somebody, and to take an invitation up."""

from collections.abc import Sequence
from typing import Any

from wtforms import EmailField, HiddenField, PasswordField, SelectField
from wtforms.validators import EqualTo, ValidationError

from workflow import passwords
from workflow.forms import PageForm
from workflow.forms.fields import AtMost, LineField, NotBlank, Readable, as_typed, choices
from workflow.i18n import gettext as _
from workflow.i18n import lazy_gettext as _l
from workflow.services.members import CannotJoin, address


class InviteForm(PageForm):
    """``invitations/new.html``: invite somebody into the own side."""

    email = EmailField(
        _l("E-mail address"),
        validators=(NotBlank(_l("Write the e-mail address of whoever is invited.")), AtMost(254), Readable()),
        description=_l("Only whoever signs in with this address can accept."),
        render_kw={"autocomplete": "off"},
    )
    seat = SelectField(_l("As"), validators=(NotBlank(_l("Choose as what.")),))

    def offer(self, seats: Sequence[tuple[str, str]]) -> None:
        """Let `seats` be chosen from, as ``(value, words)``."""
        self.seat.choices = choices([("", _("choose")), *seats])

    def validate_email(self, field: Any) -> None:  # noqa: ANN401 -- a WTForms field
        """Refuse what is no address; keep it as accounts have it."""
        try:
            field.data = address(field.data or "")
        except CannotJoin as error:
            raise ValidationError(_("This is no e-mail address.")) from error


class AcceptForm(PageForm):
    """``invitations/show.html``: accept with the account that is signed in."""

    token = HiddenField()


class JoinForm(AcceptForm):
    """``invitations/show.html``: open an account, and accept."""

    name = LineField(
        _l("Your name"),
        (NotBlank(_l("Write your name.")),),
        description=_l(
            "What colleagues of your own side read. The other side sees the delegation, and your name only where the "
            "heads of all sides let names show across."
        ),
        most=100,
        render_kw={"autocomplete": "name"},
    )
    new_password = PasswordField(
        _l("Password"),
        filters=[as_typed],
        description=_l("At least 12 characters. A few words in a row are easier to remember than signs."),
        validators=(NotBlank(_l("Type a password.")), AtMost(passwords.LONGEST)),
        render_kw={"autocomplete": "new-password"},
    )
    new_password_confirm = PasswordField(
        _l("Password, once more"),
        filters=[as_typed],
        validators=(
            NotBlank(_l("Type the password once more.")),
            EqualTo("new_password", message=_l("The two passwords differ.")),
        ),
        render_kw={"autocomplete": "new-password"},
    )

    def validate_new_password(self, field: Any) -> None:  # noqa: ANN401 -- a WTForms field
        """Refuse a password that is too short, as the page that changes one does."""
        if len(field.data or "") < passwords.SHORTEST:
            raise ValidationError(
                _("A password has at least %(length)s characters, and at most 128.", length=passwords.SHORTEST)
            )
