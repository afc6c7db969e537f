"""The static edition: the pages as plain HTML files that any file host can serve, and anyone can keep.

``python -m sidebyside.edition`` (``make static``) writes them. They are made from the outlines, texts, figures and
lists of the dashboard, need no JavaScript, and hold figures about length of life on a page of their own. The same
tables give the same bytes.
"""

from __future__ import annotations

import argparse
import functools
import json
import posixpath
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, quote, urlsplit

from markdown_it import MarkdownIt

import sidebyside
from sidebyside import check, dataset, interface, links, prose, publish, references, sheet, still, tabled, theme
from sidebyside.charts import model_settings
from sidebyside.content import care, claims, comparisons, glossary, help, studies
from sidebyside.content.search import KINDS, figures, measured, topics, whom
from sidebyside.data import archive, contract
from sidebyside.data.faults import DataError
from sidebyside.data.sources import citations, search, sources
from sidebyside.layouts import page_list
from sidebyside.outlines import ANSWER, GLANCE, SURVIVAL, TIME, Asked, Bench, Card, Listing, Pairs, Section
from sidebyside.outlines.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from markdown_it.token import Token

    from sidebyside.charts.definition import Recipe
    from sidebyside.charts.figure import Figure
    from sidebyside.content.claims import Verdict
    from sidebyside.content.comparisons import Pair
    from sidebyside.content.listing import Cited
    from sidebyside.data.facts import Fact
    from sidebyside.data.sources import Source
    from sidebyside.figures.labs import Lab
    from sidebyside.outlines import Outline, Part
    from sidebyside.theme import Condition

FOLDER: Final = "site"
# Where nothing is said: no address of its own, and the dashboard just above, which serves the folder under ``/plain/``.
ADDRESS: Final = ""
APP: Final = ".."
# The pages by file, each with the words of its tab.
TITLES: Final = interface.cases(
    "tab", "index", "mechanism", "course", "survival", "claims", "evidence", "figures", "glossary"
)
# The first sentence of pages that are no page of the dashboard.
ANSWERS: Final = interface.cases("page-answer", "survival", "claims", "figures", "glossary")
# What the evidence page calls places that are pages of their own here.
_FILES: Final = {outline.page: "index" if outline.page == "overview" else outline.page for outline in PAGES.values()}
_STORIES: Final = {file: page for page, file in _FILES.items()}


@dataclass(frozen=True)
class View:
    """One figure as the edition shows it; ``rows``, ``details`` and the second of each term are HTML.

    ``once`` is the id that it had in the first edition, or empty; addresses of that time still lead to it.
    """

    id: str
    figure: Figure
    drawing: str
    moments: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    details: tuple[str, ...]
    sources: tuple[Source, ...]
    terms: tuple[tuple[str, str], ...]
    file: str
    saved_as: str
    handle: str
    once: str


@dataclass
class Leaf:
    """A page being written: its name, its blocks in order, what it cites, its files, and the pages that belong to it.

    ``of`` is the page that it belongs to, or empty, and ``at`` the place there.
    """

    name: str
    title: str
    app: str
    of: str = ""
    at: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    below: list[Leaf] = field(default_factory=list)

    def add(self, kind: str, **said: Any) -> None:
        """One more block."""
        self.blocks.append({"kind": kind, **said})

    @property
    def heading(self) -> str:
        """The heading that stands over what comes next."""
        return next((str(block["heading"]) for block in reversed(self.blocks) if block.get("heading")), self.title)

    def cite(self, rows: Iterable[Cited]) -> None:
        """Remember what these rows cite."""
        self.cited += [source_id for row in rows for source_id in row.source_ids]

    def may_show(self, choice: str) -> bool:
        """Whether what waits for this choice may stand here."""
        return choice != SURVIVAL or "survival" in (self.name, self.of)

    def page(self, name: str, title: str, at: str) -> Leaf:
        """A new page that belongs to this one, to the place ``at``."""
        self.below.append(Leaf(name, title, self.app, self.name, at))
        return self.below[-1]


def build(address: str = ADDRESS, app: str = APP) -> dict[str, bytes]:
    """Every file of the edition by its path.

    Args:
        address: where the edition will lie, without a slash at its end; where it is empty, no page names its own.
        app: where the dashboard answers, without a slash at its end.

    Raises:
        DataError: a table breaks its contract, or a text or list cannot be made of it; nothing is made from a damaged
            package. A chart that cannot be drawn raises what it raised, with a note that names it.
    """
    if faults := check.words():
        raise DataError(faults)
    pages = [_leaf(name, app) for name in TITLES]
    leaves = [leaf for page in pages for leaf in (page, *page.below)]
    files = {f"{leaf.name}.html": _page(leaf, address) for leaf in leaves}
    for leaf in leaves:
        files |= leaf.files
    open_to_all = [leaf.name for leaf in leaves if leaf.of != "survival"]
    return {**files, **_beside(), **_for_search(address, open_to_all)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the edition and hold it; the exit status is 1 where something is wrong with it."""
    asked = argparse.ArgumentParser(prog="sidebyside build", description=main.__doc__)
    asked.add_argument("--address", default=ADDRESS, help="where the edition will lie (default: it is not said)")
    asked.add_argument("--app", default=APP, help="where the dashboard answers (default: it serves the folder itself)")
    asked.add_argument("--folder", default=FOLDER, type=Path, help="where to write it; an edition there is replaced")
    said = asked.parse_args(arguments)
    try:
        publish.refuse(said.folder)
        files = build(said.address.rstrip("/"), said.app.rstrip("/"))
    except (DataError, publish.RefusedError) as error:
        print(error)
        return 1
    beside = {posixpath.join(APP, name).rstrip("/") for name in ("", *page_list.PAGES)}
    if faults := links.faults(files, beside):
        print("\n".join(faults))
        return 1
    try:
        publish.write(said.folder, files)
    except publish.RefusedError as error:
        print(error)
        return 1
    size = sum(map(len, files.values())) / 1e6
    place = f"for {said.address}" if said.address else "to be served by the dashboard under /plain/"
    print(f"{said.folder}: {len(files)} files, {size:.1f} MB, {place}; its links lead to the dashboard at {said.app}")
    return 0


# ---------------------------------------------------------------- text


@functools.cache
def _asked() -> frozenset[str]:
    """The places that stand on the page about length of life."""
    parts = [part for outline in PAGES.values() for part in outline.asked_parts]
    sections = {part.name for part in parts if isinstance(part, Section)}
    charts = {part.recipe.id for part in parts if isinstance(part, Card)}
    return frozenset(sections | set(map(prose.place, charts)) | charts - _sections())


@functools.cache
def _sections() -> frozenset[str]:
    """The places of sections, on all pages."""
    parts = [part for outline in PAGES.values() for part in (*outline.open_parts, *outline.asked_parts)]
    return frozenset(part.name for part in parts if isinstance(part, Section))


def _place(href: str) -> str:
    """Where a link of the dashboard leads in the edition."""
    address = urlsplit(href)
    page = address.path.strip("/")
    if address.scheme or page not in _FILES:
        return href
    asked = {key: values[0] for key, values in parse_qs(address.query).items()}
    if "claim" in asked:
        return f"claims.html#claim-{asked['claim']}"
    if "term" in asked:
        return f"glossary.html#{glossary.anchor(asked['term'])}"
    if "source" in asked:
        return f"evidence.html#source-{asked['source']}"
    file = "survival" if address.fragment in _asked() else _FILES[page]
    return f"{file}.html#{address.fragment}" if address.fragment else f"{file}.html"


@functools.cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _at_home(tokens: Iterable[Token]) -> None:
    """Links to where they lead in the edition; heads of tables with what they head."""
    for token in tokens:
        if token.type == "link_open":
            token.attrSet("href", _place(str(token.attrGet("href"))))
        if token.type in ("th_open", "td_open"):
            token.attrs = {"scope": "col"} if token.type == "th_open" else {}
        _at_home(token.children or ())


def _rendered(tokens: list[Token]) -> str:
    _at_home(tokens)
    return str(_markdown().renderer.render(tokens, _markdown().options, {}))


def _html(text: str) -> str:
    """Markdown of ours as HTML."""
    return _rendered(_markdown().parse(text))


def _inline(text: str) -> str:
    """Words of Markdown, without paragraphs, as HTML."""
    return _rendered(_markdown().parseInline(text))


def _terms(known: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((term, _inline(plain)) for term, plain in known)


# ---------------------------------------------------------------- pages of the dashboard


def _leaf(name: str, app: str) -> Leaf:
    leaf = Leaf(name, interface.words("page-title", _STORIES.get(name, name)), app)
    if name in _STORIES:
        _story(leaf, PAGES[_STORIES[name]])
    else:
        _OTHERS[name](leaf)
    return leaf


def _story(leaf: Leaf, outline: Outline) -> None:
    """A page of the dashboard, but for what a reader asks for."""
    _section(leaf, outline.page, ANSWER)
    if outline.glance:
        _section(leaf, outline.page, GLANCE)
        _pairs(leaf, comparisons.glance())
    for part in outline.parts:
        _part(leaf, outline.page, part)


def _part(leaf: Leaf, page: str, part: Part) -> None:
    """One part of a page; here a fault stops everything, since an edition without a part would stay so."""
    try:
        _add(leaf, page, part)
    except Exception as error:
        error.add_note(f"Nothing is written: this part of the page {page} cannot be made: {str(part)[:200]}")
        raise


def _add(leaf: Leaf, page: str, part: Part) -> None:
    match part:
        case Section(name):
            _section(leaf, page, name)
        case Card(recipe):
            _card(leaf, page, recipe)
        case Bench(lab):
            _bench(leaf, page, lab)
        case Pairs():
            for topic in comparisons.topics(part.load()):
                _pairs(leaf, [pair for pair in part.load() if pair.topic == topic], topic)
        case Listing(name):
            _LISTS[name](leaf)
        case Asked(parts):
            leaf.add("asked", parts=bool(parts))
            if parts:
                _say_care(leaf, page, TIME)


def _section(leaf: Leaf, page: str, name: str) -> None:
    shown = prose.section(page, name)
    said = claims.verdicts(page, name)
    leaf.cited += shown.source_ids
    leaf.cite(row for row in said if leaf.may_show(row.choice))
    leaf.add(
        "section",
        id=name,
        heading="" if name == ANSWER else shown.heading,
        text=_html(shown.body),
        terms=_terms(shown.terms),
        verdicts=[_verdict(leaf, row) for row in said],
    )
    _care(leaf, page, name)


def _care(leaf: Leaf, page: str, place: str) -> None:
    """The words of care, where a section or a chart tells of loss."""
    if tells := care.cared_for(page).get(place):
        _say_care(leaf, page, tells)


def _say_care(leaf: Leaf, page: str, tells: str) -> None:
    """Words of care; the page that lists all who help is another one on what belongs to other pages."""
    said = care.care(tells, page if leaf.name == _FILES[page] else "")
    leaf.cited += said.source_ids
    leaf.add("care", text=_inline(said.body))


def _verdict(leaf: Leaf, row: Verdict) -> dict[str, Any]:
    _, shape = theme.VERDICTS[row.verdict]
    shown = leaf.may_show(row.choice)
    return {
        "id": row.id,
        "claim": row.claim,
        "verdict": row.verdict,
        "glyph": theme.GLYPHS[shape],
        "text": _inline(row.evidence.body) if shown else "",
        "year": row.year if shown else "",
        "where": _place(f"{row.page}#{row.section}"),
        "heading": next(words for name, words, _ in prose.listed(row.page) if name == row.section),
    }


def _card(leaf: Leaf, page: str, recipe: Recipe) -> None:
    """A chart; what else a reader could choose in it stands on a page of its own."""
    first, *others = recipe.options
    at = prose.place(recipe.id)
    shown = _view(leaf, recipe.figure(first), at, f"{page}#{at}")
    if recipe.choice is None:
        leaf.add("card", view=shown)
        _care(leaf, page, recipe.id)
        return
    words = recipe.labels
    below = leaf.page(f"chart-{recipe.id}", _other_views(leaf, recipe, others), at)
    for option in others:
        where = f"{page}{recipe.address(option)}#{at}"
        view = _view(below, recipe.figure(option), f"{recipe.id}-{option}", where)
        below.add("option", id=option, heading=_headed(words[str(option)]), views=[view])
    leaf.add("choice", view=shown, label=recipe.question, words=words[str(first)], below=below)
    for shows in (leaf, below):
        _care(shows, page, recipe.id)


def _other_views(leaf: Leaf, recipe: Recipe, others: Iterable[str | None]) -> str:
    """What a page of further choices is called: by its first finding, or where that is about length of life without."""
    words = recipe.labels
    if leaf.name != "survival":
        return recipe.figure(next(iter(others))).title
    return f"{leaf.heading}: {', '.join(words[str(option)] for option in others)}"


def _bench(leaf: Leaf, page: str, lab: Lab[Any]) -> None:
    """A simulation: each preset with the drawing of its run; what else is told of the runs stands on its own page."""
    below = leaf.page(f"chart-{lab.id}", interface.words("more-of-runs", heading=leaf.heading), lab.id)
    runs: list[tuple[str, View]] = []
    words = lab.choices
    for preset, settings in lab.presets.items():
        where = f"{page}{lab.address(preset, {})}"
        main, *more = lab.made(settings)
        first = f"{main.id}-{preset}" if runs else prose.place(main.id)
        runs.append((words[preset], _view(leaf, main, first, f"{where}#{prose.place(main.id)}")))
        views = [_view(below, figure, f"{figure.id}-{preset}", f"{where}#{prose.place(figure.id)}") for figure in more]
        below.add("option", id=preset, heading=words[preset], views=views)
    leaf.add("bench", id=lab.id, runs=runs, below=below)


def _view(leaf: Leaf, figure: Figure, name: str, handle: str) -> View:
    sources = citations(figure.source_ids)
    table = tabled.core(figure, sources)
    once = figure.id if name == prose.place(figure.id) else ""
    file = f"charts/{once or name}.csv"
    leaf.cited += figure.source_ids
    leaf.files[file] = figure.csv([source.citation for source in sources], sidebyside.credit()).encode()
    return View(
        id=name,
        figure=figure,
        drawing=still.drawing(figure),
        moments=still.settings(figure),
        heads=tuple(table.columns),
        rows=tuple(tuple(map(_inline, row)) for row in table.itertuples(index=False)),
        details=tuple(map(_inline, tabled.details(figure))) if figure.details else (),
        sources=tuple(sources),
        terms=_terms(figure.terms),
        file=file,
        saved_as=sidebyside.file_name("csv", name),
        handle=f"{leaf.app}/{handle}",
        once="" if once in _sections() else once,
    )


# ---------------------------------------------------------------- lists


def _pairs(leaf: Leaf, pairs: Iterable[Pair], topic: str = "") -> None:
    shown = [pair for pair in pairs if leaf.may_show(pair.choice)]
    leaf.cite(shown)
    leaf.add("pairs", topic=topic, pairs=[_pair(pair) for pair in shown])


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "heading": pair.heading,
        "more": _place(pair.more) if pair.more else "",
        "lead": pair.lead,
        "sides": [(_named(theme.MS), _inline(pair.ms.body)), (_named(theme.ALS), _inline(pair.als.body))],
        "note": pair.note,
        "terms": _terms(pair.terms),
    }


def _named(condition: Condition) -> tuple[str, str]:
    """A disease's full name and its short one."""
    return _headed(condition.name), condition.key


def _studies(leaf: Leaf) -> None:
    rows = studies.studies()
    leaf.cite(rows)
    shown = [(_inline(row.where), _inline(prose.escape(row.direction))) for row in rows]
    leaf.add("table", heads=studies.studies_heads(), rows=shown)
    _lines(leaf, interface.words("more-about-studies"), [row.said for row in rows])


def _settings(leaf: Leaf) -> None:
    rows = model_settings.settings()
    leaf.cite(rows)
    for model in dict.fromkeys(row.model for row in rows):
        own = [row.said for row in rows if row.model == model]
        _lines(leaf, interface.words("all-parameters", model=model, count=len(own)), own)


def _help(leaf: Leaf) -> None:
    signs, organisations = help.signs(), help.organisations()
    leaf.cite((*signs, *organisations))
    for urgency, words in help.URGENCY_WORDS.items():
        _lines(leaf, words, [row.said for row in signs if row.urgency == urgency], folded=False)
    told = [f"**{_headed(row.condition)}**, {row.said}" for row in organisations]
    _lines(leaf, interface.words("organisations"), told, folded=False, lead=help.check_organisations())


def _lines(leaf: Leaf, heading: str, lines: Iterable[str], *, folded: bool = True, lead: str = "") -> None:
    leaf.add("lines", heading=heading, lead=lead, folded=folded, lines=[_inline(line) for line in lines])


def _elsewhere(name: str) -> Callable[[Leaf], None]:
    """A list of the dashboard that is a page of its own here."""
    return lambda leaf: leaf.add("elsewhere", name=name, words=interface.words("elsewhere", name))


def _all_sources(leaf: Leaf) -> None:
    known = search(sources().values(), "")
    leaf.add("sources", sources=known, kinds=KINDS)


def _take_the_data(leaf: Leaf) -> None:
    leaf.add("data", names=len(contract.names()), formats=references.FORMATS, cite=sidebyside.cited_as())


def _take_a_sheet(leaf: Leaf) -> None:
    leaf.add("sheets", papers=list(sheet.PAPERS))


def _changes(leaf: Leaf) -> None:
    leaf.add("changes", text=_html(dataset.changes()))


_LISTS: Final[Mapping[str, Callable[[Leaf], None]]] = {
    "studies": _studies,
    "settings": _settings,
    "help": _help,
    "claims": _elsewhere("claims"),
    "figures": _elsewhere("figures"),
    "sources": _all_sources,
    "glossary": _elsewhere("glossary"),
    "take-the-data": _take_the_data,
    "take-a-sheet": _take_a_sheet,
    "changes": _changes,
}


# ---------------------------------------------------------------- pages of their own


def _survival(leaf: Leaf) -> None:
    """Everything about length of life, from all pages."""
    # The course page begins with what a reader should know before the first figure.
    for outline in sorted(PAGES.values(), key=lambda outline: outline.page != "course"):
        if outline.asked_parts and not isinstance(outline.asked_parts[0], Section):
            heading = interface.words("belongs-to-page", page=page_list.PAGES[outline.page])
            leaf.add("heading", id=f"from-{outline.page}", heading=heading)
        for part in outline.asked_parts:
            _part(leaf, outline.page, part)
    leaf.add("heading", id="side-by-side", heading=interface.words("side-by-side"))
    _pairs(leaf, [pair for pair in (*comparisons.glance(), *comparisons.differences()) if pair.choice])
    leaf.add("heading", id="claims", heading=interface.words("what-article-said"))
    _board(leaf, [row for row in claims.board() if row.choice])
    _facts(leaf, [fact for fact in figures(life=True) if fact.choice])


def _claims(leaf: Leaf) -> None:
    _board(leaf, claims.board())


def _board(leaf: Leaf, rows: Sequence[Verdict]) -> None:
    leaf.cite(row for row in rows if leaf.may_show(row.choice))
    leaf.add("board", claims=[_verdict(leaf, row) for row in rows])


def _figures(leaf: Leaf) -> None:
    _facts(leaf, figures(life=False))


def _facts(leaf: Leaf, known: Sequence[Fact]) -> None:
    for topic in topics(known):
        own = [fact for fact in known if fact.topic == topic]
        rows = [tuple(map(_inline, _told(fact))) for fact in own]
        name = glossary.anchor(topic).replace("term", "figures", 1)
        leaf.add("facts", id=name, heading=interface.words("all-figures-of", topic=topic), rows=rows)


def _told(fact: Fact) -> tuple[str, ...]:
    """One row of a list of figures, as Markdown."""
    about = "; ".join(filter(None, (whom(fact), prose.escape(fact.note))))
    return (measured(fact), prose.escape(fact.text), about, prose.attribute(fact))


def _glossary(leaf: Leaf) -> None:
    letters: dict[str, list[tuple[str, ...]]] = {}
    for term in glossary.glossary():
        said = (term.anchor, term.term, _inline(term.plain), _inline(term.technical))
        letters.setdefault(term.letter, []).append(said)
    leaf.add("glossary", letters=letters)


_OTHERS: Final[Mapping[str, Callable[[Leaf], None]]] = {
    "survival": _survival,
    "claims": _claims,
    "figures": _figures,
    "glossary": _glossary,
}


# ---------------------------------------------------------------- files


def _page(leaf: Leaf, address: str) -> bytes:
    tab = TITLES.get(leaf.name, leaf.title)
    cited = sorted(citations(leaf.cited), key=lambda source: source.label.casefold())
    words = _beyond(leaf) if leaf.of else ANSWERS.get(leaf.name) or page_list.description(_STORIES[leaf.name])
    url = _url(address, leaf.name)
    return (
        sheet.template("edition/page.html")
        .render(
            leaf=leaf,
            tab=page_list.headed(tab),
            words=words,
            answer=ANSWERS.get(leaf.name, ""),
            url=url,
            sign=_sign(),
            picture=f"{address}/share/{_pictured(leaf.of or leaf.name)}.png" if address else "",
            pages=dict(TITLES),
            handle=f"{leaf.app}/{_app_page(leaf.of or leaf.name)}",
            contents=[(b["id"], b["heading"]) for b in leaf.blocks if b.get("heading") and "id" in b],
            cited=cited,
            described=_described(leaf, words, url, cited),
            site=interface.words("site"),
            no_advice=interface.words("no-advice"),
            credit=sidebyside.credit(),
            verdicts={verdict: colour for verdict, (colour, _) in theme.VERDICTS.items()},
            ms=theme.MS,
            als=theme.ALS,
        )
        .encode()
    )


def _sign() -> str:
    """The site's sign for the browser tab, inside the page: else a browser asks the host for a picture."""
    marks = (
        f'<circle cx="8" cy="16" r="7" fill="{theme.MS.colour}"/><path d="M17 9h14v14H17z" fill="{theme.ALS.colour}"/>'
    )
    return "data:image/svg+xml," + quote(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{marks}</svg>')


def _app_page(name: str) -> str:
    """The page of the dashboard that says most of the same."""
    elsewhere = {"index": "", "survival": "course", "claims": "evidence", "figures": "evidence", "glossary": "evidence"}
    return elsewhere.get(name, name)


def _pictured(name: str) -> str:
    """The page whose first chart stands for this one; figures about length of life are in no preview."""
    return name if name in _STORIES else "evidence"


def _beyond(leaf: Leaf) -> str:
    """What a page of further choices holds."""
    page, site = leaf.of.capitalize(), interface.words("site")
    return interface.words("charts-of-page", title=leaf.title, page=page, site=site)


def _url(address: str, name: str) -> str:
    if not address:
        return ""
    return f"{address}/" if name == "index" else f"{address}/{name}.html"


def _described(leaf: Leaf, words: str, url: str, cited: Iterable[Source]) -> str:
    """The page for search engines: schema.org MedicalWebPage, on the evidence page with the Dataset."""
    page: dict[str, Any] = {
        "@context": dataset.SCHEMA,
        "@type": "MedicalWebPage",
        "name": leaf.title,
        "description": words,
        **({"url": url} if url else {}),
        "inLanguage": "en",
        "dateModified": dataset.modified(),
        "isPartOf": {"@type": "WebSite", "name": interface.words("site")},
        "about": [
            {"@type": "MedicalCondition", "name": full, "alternateName": short}
            for full, short in map(_named, theme.CONDITIONS)
        ],
        "citation": [source.url or source.label for source in cited],
    }
    if leaf.name == "evidence":
        page["mainEntity"] = json.loads(dataset.json_ld())
    # A closing tag inside a text must not end the script.
    return json.dumps(page, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


def _headed(words: str) -> str:
    """Words as a heading: they begin with a capital letter."""
    return words[:1].upper() + words[1:]


def _beside() -> dict[str, bytes]:
    """What lies beside the pages: the data, the references, the sheets, the pictures for previews."""
    known = list(sources().values())
    made = ". ".join(sidebyside.credit())
    first = {_FILES[page]: outline.shown[0].figure() for page, outline in PAGES.items()}
    return {
        "data.zip": archive.archive(),
        "dataset.jsonld": dataset.json_ld().encode(),
        **{f"references.{form.ending}": form.write(known).encode() for form in references.FORMATS},
        **{
            f"sheet-{paper.lower()}.html": sheet.sheet(sheet.sections(life=False), paper, made, life=False).encode()
            for paper in sheet.PAPERS
        },
        **{f"share/{name}.png": still.picture(figure) for name, figure in first.items()},
    }


def _for_search(address: str, names: Iterable[str]) -> dict[str, bytes]:
    if not address:
        return {"robots.txt": b"User-agent: *\nAllow: /\n"}
    places = [(_url(address, name), dataset.modified()) for name in names]
    sitemap = sheet.template("edition/sitemap.xml").render(places=places)
    return {
        "sitemap.xml": sitemap.encode(),
        "robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {address}/sitemap.xml\n".encode(),
    }


if __name__ == "__main__":
    sys.exit(main())
