"""Days and moments as people read them, the same in every locale of the machine."""

import datetime as dt

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day(date: dt.date) -> str:
    """`3 March 2026`."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def moment(at: dt.datetime) -> str:
    """`14 March 2026, 22:30 (UTC+1)`; without the zone when it has none."""
    return f"{day(at)}, {at:%H:%M}" + (f" ({_zone(at)})" if at.tzinfo else "")


def utc_now() -> dt.datetime:
    """Now in UTC, without its zone: the store keeps times so."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def local(at: dt.datetime) -> dt.datetime:
    """A time of the store in the zone of this computer."""
    return at.replace(tzinfo=dt.UTC).astimezone()


def _zone(at: dt.datetime) -> str:
    """`UTC`, `UTC+1`, `UTC−3:30`."""
    minutes = round((at.utcoffset() or dt.timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return "UTC" + (f"{sign}{hours}" if minutes else "") + (f":{rest:02}" if rest else "")
