"""What people send when they give a comment to a colleague to see to."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from wtforms import DateTimeLocalField, SelectField
from wtforms.validators import InputRequired

from workflow.forms.due import AS_TYPED, DueForm
from workflow.forms.fields import choices
from workflow.i18n import lazy_gettext as _l


class TaskForm(DueForm):
    """``tasks/new.html``: who is to see to it, and by when."""

    assignee = SelectField(_l("Who sees to it"))
    due = DateTimeLocalField(_l("By when"), validators=[InputRequired(_l("State the moment."))], format=list(AS_TYPED))

    def offer(self, *, colleagues: Sequence[tuple[str, str]], zones: Sequence[str]) -> None:
        """Let one of `colleagues`, as ``(key, name)``, and one of `zones` be chosen."""
        self.assignee.choices = choices(colleagues)
        self.offer_zones(zones)

    @property
    def chosen(self) -> UUID:
        """The membership chosen."""
        return UUID(self.assignee.data)

    @property
    def moment(self) -> datetime:
        """The moment chosen, which was found to be there when the form was checked."""
        return self.in_zone(self.due.data) or datetime.min.replace(tzinfo=UTC)
