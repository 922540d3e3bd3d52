"""What a reader of feeds may be asked to do, for the test that it survives it."""

from __future__ import annotations

import os
import signal
import time


def hang() -> str:
    time.sleep(60)
    return "too late"


def die() -> str:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return "too late"


def well() -> str:
    return "well"
