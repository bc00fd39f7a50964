"""The time zones of a session: those of its dates, and UTC."""

from datetime import UTC, datetime

from sqlalchemy import orm

from tests.factories import Cast, a_session
from workflow.models import SessionDates
from workflow.services.time_zones import in_each_zone, zone_of, zones


def test_a_moment_reads_in_the_zone_of_each_side(session: orm.Session, cast: Cast) -> None:
    meeting = a_session(session, cast.dialogue)
    [ours] = meeting.dates
    ours.side, ours.time_zone = "US", "America/New_York"
    theirs = SessionDates(
        position=2, side="CN", first_day=ours.first_day, last_day=ours.last_day, time_zone="Asia/Shanghai"
    )
    meeting.dates.append(theirs)

    assert zones(meeting) == ("America/New_York", "Asia/Shanghai", "UTC")
    assert [zone_of(meeting, side) for side in ("CN", "US", None)] == [
        "Asia/Shanghai",
        "America/New_York",
        "America/New_York",
    ]
    assert [
        f"{one:%Y-%m-%d %H:%M} {one.tzinfo}" for one in in_each_zone(meeting, datetime(2026, 11, 26, 23, 0, tzinfo=UTC))
    ] == ["2026-11-26 18:00 America/New_York", "2026-11-27 07:00 Asia/Shanghai", "2026-11-26 23:00 UTC"]
    ours.side = None
    assert zone_of(meeting, "US") == "America/New_York"
