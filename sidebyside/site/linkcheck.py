"""Finished pages held before they are given away: valid HTML, and every link and id leads somewhere."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from tinyhtml5.parser import HTMLParser

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from xml.etree.ElementTree import Element

POINTING: Final = ("aria-labelledby", "aria-describedby", "for", "headers")


def faults(files: Mapping[str, bytes], beside: Container[str] = ()) -> list[str]:
    """What is wrong with these files, by their paths: one line each, led by the file; nothing where all is well.

    ``beside`` are the paths, seen from the files' folder, of pages outside it that links may lead to.
    """
    read = {path: _read(content) for path, content in files.items() if path.endswith(".html")}
    ids = {path: list(_said(page, "id")) for path, (page, _) in read.items()}
    found: list[str] = []
    for path, (page, invalid) in read.items():
        hrefs = [*_said(page, "href"), *_said(page, "src")]
        pointed = [name for attribute in POINTING for words in _said(page, attribute) for name in words.split()]
        found += [f"{path}: invalid HTML, {where}" for where in invalid]
        found += [f"{path}: the id {name} stands twice" for name, count in Counter(ids[path]).items() if count > 1]
        found += [f"{path}: nothing has the id {name}" for name in pointed if name not in ids[path]]
        found += [f"{path}: {href} leads nowhere" for href in hrefs if not _leads(path, href, files, ids, beside)]
    return found


def _read(content: bytes) -> tuple[Element, list[str]]:
    """A page, and what its parser had to forgive."""
    parser = HTMLParser(namespace_html_elements=False)
    page = parser.parse(content.decode())
    return page, [f"line {line}: {code.replace('-', ' ')}" for (line, _), code, _ in parser.errors]


def _said(page: Element, attribute: str) -> Iterator[str]:
    """What a page says in this attribute, in order."""
    return (element.attrib[attribute] for element in page.iter() if attribute in element.attrib)


def _leads(
    path: str, href: str, files: Mapping[str, bytes], ids: Mapping[str, list[str]], beside: Container[str]
) -> bool:
    """Whether a link leads to one of these files, and to an id in it, or to a page beside; others are not looked at."""
    address = urlsplit(href)
    if address.scheme or address.netloc:
        return address.scheme in ("http", "https", "mailto", "tel") or href.startswith("data:image/")
    # Joined as a browser does it: from the folder of the page, an empty path being the page itself.
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address.path)) if address.path else path
    if target not in files:
        return target in beside
    return not address.fragment or unquote(address.fragment) in ids.get(target, [])
