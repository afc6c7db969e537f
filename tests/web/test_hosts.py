"""What the server says over HTTP: closed doors, headers, and what search engines and previews read."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import shutil
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlparse

import pytest
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse

from sidebyside.data import disk
from sidebyside.layouts import page_list
from sidebyside.site import plain_pages
from sidebyside.web import routes, security_headers, settings
from tests.browser.conftest import serving
from tests.support.damage import only_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.types import Message, Receive, Scope, Send

PATHS = {name: "/" if name == page_list.FIRST else f"/{name}" for name in page_list.PAGES}
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Answer:
    """Status, headers and body of one response."""

    def __init__(self, address: str, path: str, headers: Mapping[str, str] | None = None) -> None:
        """Ask once, without following a redirect."""
        place = urlparse(address)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
        connection.request("GET", path, headers=dict(headers or {}))
        response = connection.getresponse()
        self.status, self.headers, self.body = response.status, response.headers, response.read()
        connection.close()

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One running dashboard."""
    none = {plain_pages.EDITION_VARIABLE: str(tmp_path_factory.mktemp("none"))}
    with serving(tmp_path_factory.mktemp("hosting") / "log", **none) as address:
        yield address


class _Head(HTMLParser):
    """Title, links and meta tags of a page, and its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.scripts: list[dict[str, str]] = []
        self.titles: list[str] = []
        self._in_title = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        self._in_title = tag == "title"
        if tag == "meta":
            self.meta[said.get("name") or said.get("property") or ""] = said.get("content", "")
        if tag == "link":
            self.links[said.get("rel", "")] = said.get("href", "")
        if tag == "script":
            self.scripts.append(said)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.titles.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False


@pytest.mark.parametrize("name", page_list.PAGES)
def test_each_page_has_its_own_title_description_and_picture_before_any_script(site: str, name: str) -> None:
    head = _Head(Answer(site, PATHS[name]).text)
    assert head.titles == [page_list.page_title(page_list.short_title(name))]
    assert head.meta["description"] == page_list.description(name) == head.meta["og:description"]
    assert head.links["canonical"] == f"{site}{PATHS[name]}" == head.meta["og:url"]
    picture = Answer(site, urlparse(head.meta["og:image"]).path)
    assert picture.body.startswith(b"\x89PNG")
    assert picture.headers["Content-Type"] == "image/png"


def test_options_of_a_former_address_lead_to_the_page_that_has_them_now(site: str) -> None:
    """By relative addresses: a proxy may have taken a prefix off."""
    for path, now in (
        ("/?tests-words=mri", "./finding-out?tests-words=mri"),
        ("/course?x=1&source=walton-2020", "./sources?x=1&source=walton-2020"),
        ("/mechanism?sheet-paper=Letter", "./evidence?sheet-paper=Letter"),
    ):
        answer = Answer(site, path)
        assert (answer.status, answer.headers["Location"]) == (307, now)
    for path in ("/?x=1", "/finding-out?tests-words=mri", "/course?q=walking", "/?%00=%FF"):
        assert Answer(site, path).status == 200


def test_a_page_knows_where_its_former_places_stand_now(site: str) -> None:
    (listed,) = re.findall(r'<script[^>]* id="moved-places">(.*?)</script>', Answer(site, "/course").text)
    assert json.loads(listed)["relapses"] == "relapses#relapses"
    assert 'moved-places">' not in Answer(site, "/numbers").text


def test_descriptions_differ() -> None:
    assert len({page_list.description(name) for name in page_list.PAGES}) == len(page_list.PAGES)
    assert page_list.site_in_short() not in {page_list.description(name) for name in page_list.PAGES}


@pytest.mark.parametrize("path", [*PATHS.values(), "/robots.txt", "/sitemap.xml", "/_stcore/health", "/no-such-page"])
def test_every_answer_carries_the_security_headers(site: str, path: str) -> None:
    headers = Answer(site, path).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    # The one cookie keeps strangers from posting in a reader's name; it needs no consent.
    assert {cookie.split("=")[0] for cookie in headers.get_all("Set-Cookie", [])} <= {"_streamlit_xsrf"}


def test_a_pages_scripts_carry_a_nonce_that_is_new_each_time(site: str) -> None:
    nonces = set()
    for _ in range(2):
        answer = Answer(site, "/course")
        (nonce,) = re.findall(r"script-src 'self' 'nonce-([\w-]+)'", answer.headers["Content-Security-Policy"])
        assert {script["nonce"] for script in _Head(answer.text).scripts} == {nonce}
        nonces.add(nonce)
    assert len(nonces) == 2


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/upload_file/x", "/_stcore/agent"])
def test_what_a_public_host_keeps_shut_is_shut(site: str, path: str) -> None:
    assert Answer(site, path).status == 404


def test_an_unknown_address_says_so_with_links_to_the_pages(site: str) -> None:
    answer = Answer(site, "/no-such-page")
    assert answer.status == 404
    assert all(f'href="{path}"' in answer.text for path in PATHS.values())


SAVED = {"content-disposition": 'attachment; filename="sheet.html"'}


@pytest.mark.parametrize("base", ["", "for/all"])
@pytest.mark.parametrize(
    ("path", "headers", "kept"),
    [
        ("/media/a.html", SAVED, True),
        # The framework's own page, wherever it stands in for what is not there; a page that would open, not be saved.
        ("/no-such-page", {}, False),
        ("/media/no/such", {}, False),
        ("/media/a.html", {"content-disposition": "inline"}, False),
        ("/elsewhere/a.html", SAVED, False),
    ],
)
def test_a_page_to_be_saved_is_told_from_the_page_for_what_is_not_there(
    path: str, headers: dict[str, str], kept: bool, base: str
) -> None:
    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        await HTMLResponse("<p>ours</p>", headers=headers)(scope, receive, send)

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": f"/{base}{path}" if base else path, "query_string": b""}
    asyncio.run(security_headers.SecurityHeaders(served, base)({**scope, "headers": []}, None, send))  # type: ignore[arg-type]
    answered = Headers(raw=sent[0]["headers"])
    assert sent[0]["status"] == (200 if kept else 404)
    assert (sent[1]["body"] == b"<p>ours</p>") is kept
    assert answered["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answered["Content-Security-Policy"]
    assert ("sandbox" in answered["Content-Security-Policy"]) is kept


def test_the_first_page_has_one_address(site: str) -> None:
    answer = Answer(site, "/overview?x=1")
    assert answer.status == 308
    assert answer.headers["Location"].endswith("/?x=1")


def test_an_address_of_ten_kilobytes_leads_to_the_page_alone(site: str) -> None:
    answer = Answer(site, f"/course?x={'a' * 10_000}")
    assert answer.status == 303
    assert answer.headers["Location"].endswith("course")
    assert Answer(site, f"/{'a' * 10_000}").status == 414


@pytest.mark.parametrize("host", ["evil<script>", "a b", "x/../y"])
def test_a_host_that_is_none_is_refused(site: str, host: str) -> None:
    assert Answer(site, "/", {"Host": host}).status == 400


def test_robots_and_sitemap_name_every_page_under_the_host_that_was_asked(site: str) -> None:
    headers = {"Host": "example.org"}
    assert "Sitemap: http://example.org/sitemap.xml" in Answer(site, "/robots.txt", headers).text
    assert _places(Answer(site, "/sitemap.xml", headers)) == [f"http://example.org{path}" for path in PATHS.values()]


def _places(sitemap: Answer) -> list[str | None]:
    return [place.text for place in ET.fromstring(sitemap.text).iter(f"{NAMESPACE}loc")]


# ---------------------------------------------------------------- under a path


LATER = "later"


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard under a path, behind a proxy that is trusted, to be framed; its edition is not there yet."""
    said = {
        plain_pages.EDITION_VARIABLE: str(tmp_path_factory.getbasetemp() / LATER),
        settings.PROXY_VARIABLE: settings.TRUSTED,
        settings.FRAMES_VARIABLE: "https://school.example https://*.uni.example:8443",
    }
    with serving(tmp_path_factory.mktemp("below") / "log", base="/for/all", **said) as address:
        yield address


def _below(site: str, path: str) -> Answer:
    return Answer(site, urlparse(f"{site}{path}").path)


@pytest.mark.parametrize("name", page_list.PAGES)
def test_under_a_path_each_page_names_itself_and_finds_its_picture_and_scripts(below: str, name: str) -> None:
    page = _below(below, PATHS[name])
    head = _Head(page.text)
    assert (page.status, head.titles) == (200, [page_list.page_title(page_list.short_title(name))])
    assert head.links["canonical"] == f"{below}{PATHS[name]}" == head.meta["og:url"]
    picture = head.meta["og:image"]
    assert picture.startswith(f"{below}/")
    assert Answer(below, urlparse(picture).path).body.startswith(b"\x89PNG")
    scripts = [said["src"] for said in head.scripts if "src" in said]
    assert scripts
    for script in scripts:
        found = Answer(below, urlparse(urljoin(f"{below}{PATHS[name]}", script)).path)
        assert found.status == 200
        assert found.headers.get_content_subtype() == "javascript"


def test_under_a_path_robots_and_sitemap_name_it(below: str) -> None:
    assert f"Sitemap: {below}/sitemap.xml" in _below(below, "/robots.txt").text
    assert _places(_below(below, "/sitemap.xml")) == [f"{below}{path}" for path in PATHS.values()]


@pytest.mark.parametrize("path", ["/no-such-page", "/course/x"])
def test_under_a_path_an_unknown_address_says_so_with_links_to_the_pages(below: str, path: str) -> None:
    answer = _below(below, path)
    assert answer.status == 404
    links = re.findall(r'href="([^"]+)"', answer.text)
    assert links == [f"/for/all{page}" for page in PATHS.values()]
    assert [Answer(below, link).status for link in links] == [200] * len(links)


@pytest.mark.parametrize("path", [*PATHS.values(), "/robots.txt", "/sitemap.xml", "/share/course.png"])
def test_beside_the_path_there_is_nothing(below: str, path: str) -> None:
    assert Answer(below, path).status == 404


@pytest.mark.parametrize("path", ["metrics", "upload_file/x", "agent"])
def test_under_a_path_what_is_shut_is_shut(below: str, path: str) -> None:
    assert _below(below, f"/_stcore/{path}").status == 404


def test_what_a_trusted_proxy_was_asked_is_the_public_address(below: str, site: str) -> None:
    headers = {"X-Forwarded-Proto": "https, http", "X-Forwarded-Host": "side.example"}
    head = _Head(Answer(below, "/for/all/course", headers).text)
    assert head.links["canonical"] == "https://side.example/for/all/course" == head.meta["og:url"]
    assert head.meta["og:image"].startswith("https://side.example/for/all/")
    assert "Sitemap: https://side.example/for/all/sitemap.xml" in Answer(below, "/for/all/robots.txt", headers).text
    assert "https://side.example/for/all/course" in _places(Answer(below, "/for/all/sitemap.xml", headers))
    for wrong in ('"><script>', "side.example/x", "a b"):
        answered = _Head(Answer(below, "/for/all/course", {**headers, "X-Forwarded-Host": wrong}).text)
        assert answered.links["canonical"] == f"https://{urlparse(below).netloc}/for/all/course", wrong
    # Nobody else is believed.
    assert "side.example" not in Answer(site, "/course", headers).text


def test_only_who_is_named_may_frame_a_page(below: str, site: str) -> None:
    for path in ("/course", "/share/course.png", "/no-such-page"):
        headers = _below(below, path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.endswith("frame-ancestors 'self' https://school.example https://*.uni.example:8443"), path
        assert "X-Frame-Options" not in headers
        assert "frame-ancestors 'none'" in Answer(site, path).headers["Content-Security-Policy"]


def test_an_edition_is_served_and_linked_from_when_it_is_there(
    below: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / LATER
    for _ in range(2):
        for path in ("/plain", "/plain/", "/plain/course.html"):
            assert (_below(below, path).status, "no such page" in _below(below, path).text) == (404, True), path
        assert "plain/" not in _below(below, "/course").text
        folder.mkdir()
        (folder / "index.html").write_text("<!DOCTYPE html><title>First</title>", encoding="utf-8")
        led = _below(below, "/plain")
        assert (led.status, led.headers["Location"]) == (308, "./plain/")
        assert Answer(below, "/for/all/plain?x=1").headers["Location"] == "./plain/?x=1"
        assert "First" in _below(below, "/plain/").text
        assert "There is no such page" in _below(below, "/plain/gone.html").text
        assert '<a href="plain/course.html">' in _below(below, "/course").text
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("variable", "right", "wrong"),
    [
        (
            settings.FRAMES_VARIABLE,
            ["", "https://a.example http://localhost:8000"],
            ["*", "https:", "a.example", "'none'"],
        ),
        (settings.FRAMES_VARIABLE, ["https://*.a.example"], ["https://a.example/x", "http://a.example", "https://a;x"]),
        (
            settings.SITE_VARIABLE,
            ["", "https://a.example/", "http://a.example/x"],
            ["a.example", "javascript:x", "https://a b"],
        ),
        (settings.PROXY_VARIABLE, ["", "trusted"], ["yes", "*"]),
    ],
)
def test_a_setting_that_cannot_be_meant_stops_the_server(
    monkeypatch: pytest.MonkeyPatch, variable: str, right: list[str], wrong: list[str]
) -> None:
    for said in right:
        monkeypatch.setenv(variable, said)
        assert routes.routes("", "")
    for said in wrong:
        monkeypatch.setenv(variable, said)
        with pytest.raises(ValueError, match=variable):
            routes.routes("", "")


# ---------------------------------------------------------------- with a public address, and a damaged table

PUBLIC = "https://side.example"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard that was told its public address, with a table that has lost its texts."""
    folder = tmp_path_factory.mktemp("public")
    data = shutil.copytree(disk.DEFAULT_FOLDER, folder / "data")
    only_header(data / "explainers.csv")
    said = {settings.SITE_VARIABLE: f"{PUBLIC}/", "SIDEBYSIDE_DATA": str(data)}
    with serving(folder / "log", **said) as address:
        yield address


@pytest.mark.parametrize("name", page_list.PAGES)
def test_the_public_address_is_said_whatever_the_request_says(public: str, name: str) -> None:
    head = _Head(Answer(public, PATHS[name], {"Host": "inside:8501"}).text)
    assert head.links["canonical"] == f"{PUBLIC}{PATHS[name]}" == head.meta["og:url"]
    assert head.meta["og:image"] == f"{PUBLIC}/share/{name}.png"


def test_robots_and_sitemap_say_the_public_address(public: str) -> None:
    robots = Answer(public, "/robots.txt").text
    assert f"Sitemap: {PUBLIC}/sitemap.xml" in robots
    assert "Disallow" not in robots
    assert _places(Answer(public, "/sitemap.xml")) == [f"{PUBLIC}{path}" for path in PATHS.values()]


@pytest.mark.parametrize("name", page_list.PAGES)
def test_a_damaged_table_leaves_each_page_a_general_description_and_a_picture(public: str, name: str) -> None:
    page, picture = Answer(public, PATHS[name]), Answer(public, f"/share/{name}.png")
    head = _Head(page.text)
    assert (page.status, picture.status) == (200, 200)
    assert head.titles == [page_list.page_title(page_list.short_title(name))]
    assert head.meta["description"] == page_list.site_in_short() == head.meta["og:description"]
    assert page_list.site_in_short() in page.text.partition("<noscript>")[2]
    assert picture.body.startswith(b"\x89PNG")


# ---------------------------------------------------------------- the static edition beside the dashboard


@pytest.fixture(scope="module")
def with_edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard that serves a small edition; the whole one is held by its own tests."""
    folder = tmp_path_factory.mktemp("edition")
    (folder / "course.html").write_text("<!DOCTYPE html><title>Plain</title><style>p{}</style><p>x", encoding="utf-8")
    (folder / "index.html").write_text("<!DOCTYPE html><title>First</title>", encoding="utf-8")
    (folder / "charts").mkdir()
    (folder / "charts" / "a.csv").write_text("a\n1\n", encoding="utf-8")
    with serving(tmp_path_factory.mktemp("hosting") / "log", **{plain_pages.EDITION_VARIABLE: str(folder)}) as address:
        yield address


def test_the_edition_is_served_beside_the_dashboard(with_edition: str) -> None:
    page = Answer(with_edition, "/plain/course.html")
    assert (page.status, "Plain" in page.text) == (200, True)
    assert page.headers["Content-Type"].startswith("text/html")
    assert "First" in Answer(with_edition, "/plain/").text
    assert Answer(with_edition, "/plain/charts/a.csv").text == "a\n1\n"
    assert Answer(with_edition, "/plain/gone.html").status == 404
    for path in ("/plain/../app.py", "/plain/..%2Fapp.py", "/plain/%2e%2e/log", "/plain//etc/passwd"):
        outside = Answer(with_edition, path)
        assert outside.status in (400, 404), path
        assert "import" not in outside.text


def test_no_script_runs_in_the_edition(with_edition: str) -> None:
    headers = Answer(with_edition, "/plain/course.html").headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert "script-src" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-cache"


def test_a_page_without_script_leads_to_the_edition(with_edition: str, site: str) -> None:
    assert '<a href="plain/course.html">' in Answer(with_edition, "/course").text
    assert '<a href="plain/index.html">' in Answer(with_edition, "/").text
    assert Answer(site, "/plain/index.html").status == 404
    assert "plain/" not in Answer(site, "/course").text


@pytest.mark.parametrize(
    ("said", "name", "address"),
    [
        ("https://plain.example.org/", "course", "https://plain.example.org/course.html"),
        ("http://plain.example.org", "overview", "http://plain.example.org/index.html"),
        ("/no/such/folder", "course", ""),
        ("javascript:alert(1)", "course", ""),
    ],
)
def test_where_the_plain_page_lies(monkeypatch: pytest.MonkeyPatch, said: str, name: str, address: str) -> None:
    monkeypatch.setenv(plain_pages.EDITION_VARIABLE, said)
    assert plain_pages.plain_page(name) == address
