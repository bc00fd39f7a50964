"""What people type when they hand a draft over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, SelectField
from wtforms.validators import Optional

from workflow.forms import PageForm, key_in
from workflow.forms.fields import NotBlank, NoteField, choices
from workflow.i18n import lazy_gettext as _l

MOST_IN_A_REQUEST = 1_000
"""Characters of what a colleague is asked for: a sentence or two."""


class HandOverForm(PageForm):
    """``hand_overs/new.html``: ask a colleague to go on with a draft."""

    colleague = SelectField(_l("To whom"))
    request = NoteField(
        _l("What you ask for"), (NotBlank(),), most=MOST_IN_A_REQUEST, description=_l("Your delegation reads it.")
    )
    due = DateTimeLocalField(
        _l("Due at"),
        validators=[Optional()],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    zone = SelectField(_l("Time zone"))

    def offer(self, colleagues: Sequence[tuple[str, str]], *, zones: Sequence[str]) -> None:
        """Let one of `colleagues`, as ``(value, words)``, and one of `zones` be chosen."""
        self.colleague.choices = choices(colleagues)
        self.zone.choices = choices([(zone, zone) for zone in zones])

    @property
    def chosen(self) -> UUID | None:
        """The colleague chosen."""
        return key_in(self.colleague.data)

    @property
    def moment(self) -> datetime | None:
        """The moment typed, as that zone's clocks show it; of two such moments in autumn, the first."""
        return self.due.data.replace(tzinfo=ZoneInfo(self.zone.data or "UTC")) if self.due.data else None
