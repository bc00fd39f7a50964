"""What the closing page sends: the listing it showed, a silence proposed, an objection to one."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, HiddenField, SelectField
from wtforms.validators import InputRequired

from workflow.forms import PageForm
from workflow.forms.fields import NotBlank, NoteField, choices
from workflow.forms.motions import MotionForm
from workflow.i18n import lazy_gettext as _l
from workflow.i18n import zone_name


class AdoptionForm(PageForm):
    """``adoptions/show.html``: adopt exactly the text shown."""

    listing = HiddenField()
    """The hash of the listing on the page."""


class SilenceForm(MotionForm):
    """``adoptions/show.html``: adopt at a stated moment unless somebody objects or amends."""

    until = DateTimeLocalField(
        _l("Adopted at"),
        validators=[InputRequired(_l("State the moment."))],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    zone = SelectField(_l("Time zone"))

    def offer(self, zones: Sequence[str]) -> None:
        """Let one of `zones` be chosen."""
        self.zone.choices = choices([(zone, zone_name(zone)) for zone in zones])

    @property
    def moment(self) -> datetime:
        """The moment chosen, as that zone's clocks show it; of two such moments in autumn, the first."""
        until = self.until.data or datetime.min  # noqa: DTZ901 -- validated before; a clock's face, the zone follows
        return until.replace(tzinfo=ZoneInfo(self.zone.data or "UTC"))


class BreakForm(PageForm):
    """``adoptions/show.html``: object to a silence that runs."""

    reason = NoteField(_l("Why"), (NotBlank(),))
