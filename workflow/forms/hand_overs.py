"""What people type when they hand a draft over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from wtforms import DateTimeLocalField, SelectField
from wtforms.validators import Optional

from workflow.forms import key_in
from workflow.forms.due import AS_TYPED, DueForm
from workflow.forms.fields import NotBlank, NoteField, choices
from workflow.i18n import lazy_gettext as _l

MOST_IN_A_REQUEST = 1_000
"""Characters of what a colleague is asked for: a sentence or two."""


class HandOverForm(DueForm):
    """``hand_overs/new.html``: ask a colleague to go on with a draft."""

    colleague = SelectField(_l("To whom"))
    request = NoteField(
        _l("What you ask for"), (NotBlank(),), most=MOST_IN_A_REQUEST, description=_l("Your delegation reads it.")
    )
    due = DateTimeLocalField(_l("Due at"), validators=[Optional()], format=list(AS_TYPED))

    def offer(self, colleagues: Sequence[tuple[str, str]], *, zones: Sequence[str]) -> None:
        """Let one of `colleagues`, as ``(value, words)``, and one of `zones` be chosen."""
        self.colleague.choices = choices(colleagues)
        self.offer_zones(zones)

    @property
    def chosen(self) -> UUID | None:
        """The colleague chosen."""
        return key_in(self.colleague.data)

    @property
    def moment(self) -> datetime | None:
        """The moment chosen; ``None`` where none was."""
        return self.in_zone(self.due.data)
