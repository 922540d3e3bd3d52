"""What every test needs."""

from __future__ import annotations

import pytest

from tests.browsing import browser, server  # noqa: F401


@pytest.fixture(autouse=True)
def _no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests mean the same at a desk and on a service: what that says of itself chooses formats and paths."""
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
