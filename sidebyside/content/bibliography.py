"""References as files for other programs: BibTeX, RIS and CSL-JSON of any sources.

Names stand as our table has them (``Walton et al.``): a shortened list of authors is not made longer by guessing.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pybtex.database import Entry

    from sidebyside.data.sources import Source

OTHERS = "others"
_ET_AL = re.compile(r"\s+et al\.?$")
_BETWEEN_NAMES = re.compile(r",\s+(?:and\s+)?|\s+and\s+|\s+&\s+")
_PERSON = re.compile(r"(?:[A-Z]{1,2} )?(?:[^\W\d_]+ (?=de |van ))?(?:de |van |Van |Al )?[A-Z][\w'-]+(?: [A-Z]{1,3})?")


class _Kind(NamedTuple):
    """How the three formats call one kind of work."""

    bibtex: str
    ris: str
    csl: str


ARTICLE = _Kind("article", "JOUR", "article-journal")
PAGE = _Kind("misc", "ELEC", "webpage")
DATA = _Kind("misc", "DATA", "dataset")


class Format(NamedTuple):
    """A file format of references: what readers call it, how it is written, its ending and its kind."""

    name: str
    write: Callable[[Iterable[Source]], str]
    ending: str
    mime: str


def bibtex(sources: Iterable[Source]) -> str:
    """The sources as BibTeX, one entry each under its id; what is unknown is left out."""
    from pybtex.database import BibliographyData

    return str(BibliographyData(entries={s.source_id: _entry(s) for s in sources}).to_string("bibtex"))


def ris(sources: Iterable[Source]) -> str:
    """The sources as RIS; what is unknown is left out."""
    import rispy

    class Plain(rispy.RisWriter):  # type: ignore[misc]
        """RIS without a number before each reference, which the format does not know."""

        def set_header(self, count: int) -> str:
            return ""

    return str(rispy.dumps([_known(_ris(s)) for s in sources], implementation=Plain)).lstrip()


def csl(sources: Iterable[Source]) -> str:
    """The sources as CSL-JSON, as citation programs read it; what is unknown is left out."""
    return json.dumps([_known(_csl(s)) for s in sources], ensure_ascii=False, indent=1)


FORMATS = (
    Format("BibTeX", bibtex, "bib", "application/x-bibtex"),
    Format("RIS", ris, "ris", "application/x-research-info-systems"),
    Format("CSL-JSON", csl, "json", "application/vnd.citationstyles.csl+json"),
)


# ---------------------------------------------------------------- parts


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _kind(source: Source) -> _Kind:
    if source.kind == "dataset":
        return DATA
    return ARTICLE if source.doi or source.pmid or source.kind != "statement" else PAGE


def _names(source: Source) -> list[str]:
    """The authors one by one, ``others`` for those we do not name; what may be a body's name stays whole."""
    said = source.authors.split(" (")[0]
    shown = _ET_AL.sub("", said)
    parts = [name for name in _BETWEEN_NAMES.split(shown) if name]
    names = parts if all(map(_PERSON.fullmatch, parts)) else [shown]
    return [*names, OTHERS] if shown != said else names


def _listed(source: Source) -> list[str]:
    """The authors where a format has no word for others: they stand behind the last name."""
    names = _names(source)
    return [*names[:-2], f"{names[-2]} et al."] if names[-1:] == [OTHERS] else names


def _entry(source: Source) -> Entry:
    from pybtex.database import Entry, Person

    kind = _kind(source)
    fields = {
        "title": f"{{{_safe(source.title)}}}" if source.title else "",
        "journal" if kind is ARTICLE else "howpublished": _safe(source.container),
        "year": source.year,
        "doi": source.doi,
        "url": source.url,
        "note": f"PMID {source.pmid}" if source.pmid else "",
    }
    people = [Person(name if name == OTHERS else f"{{{_safe(name)}}}") for name in _names(source)]
    return Entry(kind.bibtex, fields=_known(fields), persons={"author": people} if people else {})


def _safe(text: str) -> str:
    """Text in which nothing can open or close a group, or begin a formula."""
    return text.translate({ord("{"): "(", ord("}"): ")", ord("\\"): "/", ord("$"): "USD "})


def _ris(source: Source) -> dict[str, Any]:
    return {
        "type_of_reference": _kind(source).ris,
        "id": source.source_id,
        "authors": _listed(source),
        "title": source.title,
        "secondary_title": source.container,
        "year": source.year,
        "doi": source.doi,
        "accession_number": source.pmid,
        "urls": [source.url] if source.url else [],
    }


def _csl(source: Source) -> dict[str, Any]:
    return {
        "id": source.source_id,
        "type": _kind(source).csl,
        "author": [{"literal": name} for name in _listed(source)],
        "title": source.title,
        "container-title": source.container,
        "issued": {"date-parts": [[int(source.year)]]} if source.year else {},
        "DOI": source.doi,
        "PMID": source.pmid,
        "URL": source.url,
    }
