"""What people send when they give a comment to a colleague to see to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, SelectField
from wtforms.validators import InputRequired

from workflow.forms import PageForm
from workflow.forms.fields import choices
from workflow.i18n import lazy_gettext as _l


class TaskForm(PageForm):
    """``tasks/new.html``: who is to see to it, and by when."""

    assignee = SelectField(_l("Who sees to it"))
    due = DateTimeLocalField(
        _l("By when"), validators=[InputRequired(_l("State the moment."))], format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    )
    zone = SelectField(_l("Time zone"))

    def offer(self, *, colleagues: Sequence[tuple[str, str]], zones: Sequence[str]) -> None:
        """Let one of `colleagues`, as ``(key, name)``, and one of `zones` be chosen."""
        self.assignee.choices = choices(colleagues)
        self.zone.choices = choices([(zone, zone) for zone in zones])

    @property
    def chosen(self) -> UUID:
        """The membership chosen."""
        return UUID(self.assignee.data)

    @property
    def moment(self) -> datetime:
        """The moment chosen, as that zone's clocks show it; of two such moments in autumn, the first."""
        due = self.due.data or datetime.min  # noqa: DTZ901 -- validated before; a clock's face, the zone follows
        return due.replace(tzinfo=ZoneInfo(self.zone.data or "UTC"))
