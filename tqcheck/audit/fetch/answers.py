"""What an answer means: the outcome of a status, and whether and when another try makes sense."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.outcomes import OK, OutcomeError
from tqcheck.audit.values import Fetch

_STATUS = {
    401: "forbidden",
    403: "forbidden",
    404: "not-found",
    410: "gone",
    429: "too-many-requests",
    451: "forbidden",
}
# Worth another try in the same run. A server that trickles would only take as long again.
_AGAIN = {"timeout", "unreachable", "broken", "too-many-requests", "server-error"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request came to; the body, its content type and the address that sent it where the outcome is “ok”."""

    fetch: Fetch
    body: bytes = b""
    content_type: str = ""
    address: str = ""

    @property
    def ok(self) -> bool:
        """True where there is a body to read."""
        return self.fetch.outcome == OK


def judge(status: int, later: str | None) -> OutcomeError:
    """Return what a status means that is neither 200 nor a redirect; `later` is the header Retry-After."""
    group = {4: "client-error", 5: "server-error"}.get(status // 100, "odd-status")
    return OutcomeError(
        _STATUS.get(status, group), f"the server answered {status}", status=status, after=retry_after(later)
    )


def retry_after(value: str | None) -> float | None:
    """Return the seconds that Retry-After asks for: a number or a date."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except (TypeError, ValueError, OverflowError):
        return None
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


def pause(error: OutcomeError, address: str, attempt: int, settings: FetchSettings) -> float | None:
    """Return the seconds to wait before the next try, None where none makes sense in this run.

    The jitter comes from the address, so that feeds that fail together do not come back together.
    """
    if error.outcome not in _AGAIN:
        return None
    if error.after is not None and error.after > settings.longest_wait:
        return None
    jitter = random.Random(f"{settings.seed} {address} {attempt}").uniform(0.5, 1.5)
    wait: float = min(settings.backoff * 2 ** (attempt - 1) * jitter, settings.longest_wait)
    return max(wait, error.after or 0.0)
