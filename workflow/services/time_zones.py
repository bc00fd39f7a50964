"""The time zones of a session: those its sides' calendars are kept in, and UTC."""

from datetime import datetime
from zoneinfo import ZoneInfo

from workflow.models import DialogueSession


def zones(meeting: DialogueSession) -> tuple[str, ...]:
    """Return the zones in which the days of `meeting` are counted, in the order of its dates, then UTC."""
    return tuple(dict.fromkeys([*(one.time_zone for one in meeting.dates), "UTC"]))


def zone_of(meeting: DialogueSession, side: str | None) -> str:
    """Return the zone of the calendar of `side`; the first of `meeting` where it has none of its own."""
    return next((one.time_zone for one in meeting.dates if one.side == side), zones(meeting)[0])


def in_each_zone(meeting: DialogueSession, moment: datetime) -> tuple[datetime, ...]:
    """Return `moment` in each of the `zones`; its ``tzinfo`` reads as the name of the zone."""
    return tuple(moment.astimezone(ZoneInfo(zone)) for zone in zones(meeting))
