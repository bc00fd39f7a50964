"""A moment by which something is asked for, typed as the clocks of one time zone show it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from wtforms import SelectField

from workflow.forms import PageForm
from workflow.forms.fields import choices
from workflow.i18n import lazy_gettext as _l
from workflow.i18n import zone_name

#: How browsers send a moment, and how people type it where theirs has no field for one.
AS_TYPED: Final = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")


class DueForm(PageForm):
    """Base of the forms with such a moment; each has the field `due` in its own words."""

    zone = SelectField(_l("Time zone"))

    def offer_zones(self, zones: Sequence[str]) -> None:
        """Let one of `zones` be chosen, as the reader calls it."""
        self.zone.choices = choices([(zone, zone_name(zone)) for zone in zones])

    def in_zone(self, typed: datetime | None) -> datetime | None:
        """Return the moment `typed`, as the clocks of the zone chosen show it; of two such in autumn, the first."""
        return typed.replace(tzinfo=ZoneInfo(self.zone.data or "UTC")) if typed else None
