"""The pictures that previews of a page show."""

from __future__ import annotations

import functools
import io
import logging
import textwrap
from typing import TYPE_CHECKING, Final

from starlette.responses import PlainTextResponse, Response

from sidebyside.layouts import page_list
from sidebyside.layouts.page_list import PAGES

if TYPE_CHECKING:
    from starlette.requests import Request

LOG = logging.getLogger(__name__)
# In pixels: what the networks that show previews ask for.
PICTURE_SIZE: Final = (1200, 630)


def share(request: Request) -> Response:
    """A page's picture for previews: its first finding, or its words; nothing is there where it cannot be drawn."""
    name = request.path_params["name"]
    if name not in PAGES:
        return PlainTextResponse("Not Found", status_code=404)
    try:
        drawn = _finding(name) or _picture(
            page_list.site_name(), page_list.short_title(name), page_list.description(name)
        )
    except Exception:
        LOG.exception("The picture of the page %s cannot be drawn", name)
        return PlainTextResponse("Not Found", status_code=404)
    return Response(drawn, media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})


def _finding(name: str) -> bytes:
    """A page's first chart under its title; empty where there is none, or none that can be drawn."""
    # Here, and not above: the server is up before tables and charts are loaded.
    from sidebyside.site import share as pictures

    try:
        return pictures.finding(name)
    except Exception:
        LOG.exception("The page %s goes out without the picture of its chart", name)
        return b""


# Words are part of the key, so a picture follows a changed text; one for each page is kept.
@functools.lru_cache(maxsize=len(PAGES))
def _picture(site: str, title: str, words: str) -> bytes:
    """A page's title and answer beside the marks of both diseases, as previews show it."""
    from PIL import Image, ImageDraw, ImageFont

    from sidebyside.charts import theme

    picture = Image.new("RGB", PICTURE_SIZE, "white")
    brush = ImageDraw.Draw(picture)
    brush.ellipse((80, 70, 150, 140), fill=theme.MS.colour)
    brush.rectangle((170, 73, 234, 137), fill=theme.ALS.colour)
    brush.text((264, 84), site, fill=theme.INK, font=ImageFont.load_default(42))
    brush.text((80, 190), title, fill=theme.INK, font=ImageFont.load_default(76))
    lines = textwrap.fill(words, 42, max_lines=4, placeholder=" ...")
    brush.multiline_text((80, 310), lines, fill=theme.INK, font=ImageFont.load_default(46), spacing=20)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
