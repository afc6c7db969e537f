"""What a host says of itself in environment variables."""

from __future__ import annotations

import os
import re
from typing import Final

# Where a host says its public address, such as https://example.org; else it is taken from each request.
SITE_VARIABLE: Final = "SIDEBYSIDE_SITE"
# Whether a proxy in front says what it was asked, in X-Forwarded-Proto and X-Forwarded-Host; anyone could, without one.
PROXY_VARIABLE: Final = "SIDEBYSIDE_PROXY"
TRUSTED: Final = "trusted"
# Who may show the dashboard in a frame: origins such as https://school.example, with spaces between.
FRAMES_VARIABLE: Final = "SIDEBYSIDE_FRAMES"
_ADDRESS = re.compile(r"https?://[^\s\"'<>?#]+")
_NAME = r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
_ORIGIN = re.compile(rf"(https://(\*\.)?{_NAME}|http://(localhost|127\.0\.0\.1))(:\d{{1,5}})?")


def settings() -> tuple[str, bool, str]:
    """What a host says: the public address or nothing, whether its proxy is trusted, and who may frame the dashboard.

    Raises:
        ValueError: one of them can't be what is meant.
    """
    site, proxy = os.environ.get(SITE_VARIABLE, "").rstrip("/"), os.environ.get(PROXY_VARIABLE, "")
    named = os.environ.get(FRAMES_VARIABLE, "").split()
    for variable, said, form, meant in (
        (SITE_VARIABLE, [site] if site else [], _ADDRESS, "an address such as https://example.org"),
        (PROXY_VARIABLE, [proxy] if proxy else [], re.compile(TRUSTED), f"{TRUSTED!r}, or nothing"),
        (FRAMES_VARIABLE, named, _ORIGIN, "origins such as https://school.example, with spaces between"),
    ):
        for wrong in (one for one in said if not form.fullmatch(one)):
            msg = f"{variable} is to be {meant}, not {wrong!r}"
            raise ValueError(msg)
    return site, proxy == TRUSTED, " ".join(named)
