"""The public address of the dashboard and its pages, behind a proxy and under a path too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sidebyside.layouts.page_list import FIRST
from sidebyside.web import settings

if TYPE_CHECKING:
    from starlette.requests import Request

_SCHEME = re.compile(r"https?")
HOST = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")


def prefix(base: str) -> str:
    """The path that the dashboard lives under, with a slash before it and none after; empty for the root."""
    return f"/{base.strip('/')}".rstrip("/")


def path(name: str) -> str:
    """The path of a page below that of the dashboard."""
    return "/" if name == FIRST else f"/{name}"


def site(request: Request, prefix: str) -> str:
    """The public address of the dashboard with its path, without a slash at its end."""
    said, trusted, _ = settings.settings()
    scheme, host = request.url.scheme, request.url.netloc
    if trusted:
        scheme, host = _forwarded(request, "proto", _SCHEME) or scheme, _forwarded(request, "host", HOST) or host
    said = said or f"{scheme}://{host}"
    return said if said.endswith(prefix) else f"{said}{prefix}"


def _forwarded(request: Request, what: str, form: re.Pattern[str]) -> str:
    """What the first proxy was asked; empty where it is not said, or can't be."""
    said = request.headers.get(f"x-forwarded-{what}", "").partition(",")[0].strip()
    return said if form.fullmatch(said) else ""
