"""The static edition, served under ``/plain/``."""

from __future__ import annotations

import os
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.staticfiles import StaticFiles

from sidebyside.site import plain_pages
from sidebyside.site.plain_pages import EDITION_FOLDER, EDITION_VARIABLE, PLAIN
from sidebyside.web.security_headers import PLAIN_POLICY, POLICY

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope


class Plain(StaticFiles):
    """The static edition, as soon as it is there: no script runs in it."""

    def __init__(self) -> None:
        """Serve the folder that the host names, or the usual one."""
        super().__init__(directory=os.environ.get(EDITION_VARIABLE) or EDITION_FOLDER, html=True, check_dir=False)

    async def check_config(self) -> None:
        """Nothing: the folder need not be there yet."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file of the edition, or the page for lost readers."""
        if plain_pages.edition_folder() is None:
            return _nowhere()
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != HTTPStatus.NOT_FOUND:
                raise
            return _nowhere()

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A file with its policy; asked for anew each time, since an edition may be written again."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.update({POLICY: PLAIN_POLICY, "Cache-Control": "no-cache"})
        return response


def to_plain(request: Request) -> Response:
    """To the edition's first page, by a relative address: a proxy may have taken a prefix off."""
    if plain_pages.edition_folder() is None:
        return _nowhere()
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{PLAIN}/{query}", status_code=308)


def _nowhere() -> Response:
    """Nothing is there: `security_headers.SecurityHeaders` puts the page for lost readers in its place."""
    return HTMLResponse(status_code=404)
