"""The static edition: the pages as plain HTML files that any file host can serve, and anyone can keep.

``python -m sidebyside build`` (``make static``) writes them. They are made from the layouts, texts, figures and
lists of the dashboard, need no JavaScript, and hold figures about length of life on a page of their own. The same
tables give the same bytes.
"""

from __future__ import annotations

import argparse
import posixpath
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sidebyside
from sidebyside.content import bibliography
from sidebyside.data import archive, jsonld
from sidebyside.data.faults import DataError
from sidebyside.data.sources import sources
from sidebyside.layouts import page_list
from sidebyside.layouts.pages import PAGES
from sidebyside.site import blocks, check, handout, linkcheck, page_file, publish, share
from sidebyside.site.page_builder import FILES, FORMER, NAMES, STORIES, PageBuilder, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLDER: Final = "site"
# Where nothing is said: no address of its own, and the dashboard just above, which serves the folder under ``/plain/``.
ADDRESS: Final = ""
APP: Final = ".."


def build(address: str = ADDRESS, app: str = APP) -> dict[str, bytes]:
    """Every file of the edition by its path.

    Args:
        address: where the edition will lie, without a slash at its end; where it is empty, no page names its own.
        app: where the dashboard answers, without a slash at its end.

    Raises:
        DataError: a table breaks its contract, or a text or list cannot be made of it; nothing is made from a damaged
            package. A chart that cannot be drawn raises what it raised, with a note that names it.
    """
    # Words alone: a chart that cannot be drawn stops everything as it is drawn, below.
    if faults := check.words():
        raise DataError(faults)
    pages = [_built(name, app) for name in NAMES]
    builders = [builder for page in pages for builder in (page, *page.subpages)]
    files = {f"{builder.name}.html": page_file.page(builder, address) for builder in builders}
    for builder in builders:
        files |= builder.files
    open_to_all = [builder.name for builder in builders if builder.parent != page_list.LENGTH_OF_LIFE]
    files |= {f"{former}.html": page_file.moved(now) for former, now in FORMER.items()}
    return {**files, **_beside(), **_for_search(address, open_to_all)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the edition and hold it; the exit status is 1 where something is wrong with it."""
    parser = argparse.ArgumentParser(prog="sidebyside build", description=main.__doc__)
    parser.add_argument("--address", default=ADDRESS, help="where the edition will lie (default: it is not said)")
    parser.add_argument("--app", default=APP, help="where the dashboard answers (default: it serves the folder itself)")
    parser.add_argument("--folder", default=FOLDER, type=Path, help="where to write it; an edition there is replaced")
    to = parser.parse_args(arguments)
    try:
        # `write` asks again; asked here first, nobody waits for an edition that may not be written.
        publish.refuse(to.folder)
        files = build(to.address.rstrip("/"), to.app.rstrip("/"))
    except (DataError, publish.RefusedError) as error:
        print(error)
        return 1
    beside = {posixpath.join(APP, name).rstrip("/") for name in ("", *page_list.PAGES)}
    if faults := linkcheck.faults(files, beside):
        print("\n".join(faults))
        return 1
    try:
        publish.write(to.folder, files)
    except publish.RefusedError as error:
        print(error)
        return 1
    size = sum(map(len, files.values())) / 1e6
    place = f"for {to.address}" if to.address else "to be served by the dashboard under /plain/"
    print(f"{to.folder}: {len(files)} files, {size:.1f} MB, {place}; its links lead to the dashboard at {to.app}")
    return 0


def _built(name: str, app: str) -> PageBuilder:
    builder = PageBuilder(name, title(name), app)
    blocks.story(builder, PAGES[STORIES[name]])
    return builder


def _beside() -> dict[str, bytes]:
    """What lies beside the pages: the data, the references, the sheets, the pictures for previews."""
    known = list(sources().values())
    made = ". ".join(sidebyside.credit())
    pictures = {FILES[page]: share.finding(page) for page, layout in PAGES.items() if layout.charts_shown}
    return {
        "data.zip": archive.archive(),
        "dataset.jsonld": jsonld.json_ld().encode(),
        **{f"references.{form.ending}": form.write(known).encode() for form in bibliography.FORMATS},
        **{
            f"sheet-{paper.lower()}.html": handout.handout(
                handout.sections(life=False), paper, made, life=False
            ).encode()
            for paper in handout.PAPERS
        },
        **{f"share/{name}.png": picture for name, picture in pictures.items()},
    }


def _for_search(address: str, names: Iterable[str]) -> dict[str, bytes]:
    if not address:
        return {"robots.txt": b"User-agent: *\nAllow: /\n"}
    places = [(page_file.address_of(address, name), jsonld.modified()) for name in names]
    sitemap = handout.template("sitemap.xml").render(places=places)
    return {
        "sitemap.xml": sitemap.encode(),
        "robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {address}/sitemap.xml\n".encode(),
    }


if __name__ == "__main__":
    sys.exit(main())
