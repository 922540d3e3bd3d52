"""Dates that can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

# Clocks differ, and so do those who forget their time zone.
_AHEAD = timedelta(hours=26)
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)


def credible(when: datetime | None, now: datetime) -> tuple[datetime | None, str | None]:
    """Return a date, or None with a note why it cannot be believed."""
    if when is None:
        return None, None
    if when > now + _AHEAD:
        return None, f"dated in the future ({when:%Y-%m-%d}); the date is left out"
    if when < _FIRST:
        return None, f"dated before there was a web ({when:%Y-%m-%d}); the date is left out"
    return when, None


def of_iso(value: object) -> datetime | None:
    """Return the date of RFC 3339 or ISO 8601; without a time zone it counts as UTC."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        when = datetime.fromisoformat(value.strip())
        return (when if when.tzinfo is not None else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def of_tuple(value: Sequence[int] | None) -> datetime | None:
    """Return the date of a time tuple in UTC, as feedparser gives it."""
    if value is None:
        return None
    try:
        year, month, day, hour, minute, second = value[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        return None
