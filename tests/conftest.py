"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Nothing is timed, so that a slow machine fails no test; a merge is decided on the same examples every time.
settings.register_profile(
    "jcdata", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("jcdata")
