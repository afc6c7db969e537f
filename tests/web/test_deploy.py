"""What a host is given: the image, the proxy in front of replicas, the manifests; run for real where nginx is found."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import http.server
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from benchmarks import bench, replicas
from sidebyside.site import plain_pages
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

HOST = "127.0.0.1"
SECONDS_TO_LOG = 10
DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
# The oldest that still gets fixes at some hosts, and the newest.
KUBERNETES = ["1.32", "1.37"]
HEALTH = "/_stcore/health"
START_SECONDS = 60
with_nginx = pytest.mark.hosting
PINNED = re.compile(r"[a-z0-9./-]+:\d+\.\d+\.\d+(-[a-z0-9.-]+)?(@sha256:[0-9a-f]{64})?")
SECRET_NAMED = re.compile(r"(?i)(secret|password|token|api_?key)")


# ---------------------------------------------------------------- the image


def _dockerfile() -> list[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word.upper(), rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def _instructions(instruction: str) -> list[str]:
    return [rest for word, rest in _dockerfile() if word == instruction]


def _environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for line in _instructions("ENV") for pair in shlex.split(line))


def _let_in() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*", "the image must begin with nothing"
    return [rule[1:] for rule in rules if rule.startswith("!")]


def _image(folder: Path) -> Path:
    """What the image holds of this repository."""
    for name in _let_in():
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        elif source.is_file():
            shutil.copy(source, target)
    return folder


def test_image_starts_from_exact_versions_and_installs_only_what_the_dashboard_runs_on() -> None:
    (base,) = _instructions("FROM")
    assert PINNED.fullmatch(base)
    installs = [rest for rest in _instructions("RUN") if "install" in rest]
    assert len(installs) == 1
    assert "-r requirements.txt -c constraints.txt" in installs[0]
    assert "requirements-dev" not in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_image_runs_as_nobody_in_particular() -> None:
    words = [word for word, _ in _dockerfile()]
    user, group = _instructions("USER")[-1].split(":")
    assert int(user) > 0
    assert int(group) > 0
    assert words.index("USER") < words.index("CMD")


def test_image_says_whether_it_is_well_without_other_programs() -> None:
    (check,) = _instructions("HEALTHCHECK")
    command = json.loads(check[check.index("CMD") + 3 :])
    assert command[:2] == ["python", "-c"]
    assert HEALTH in command[2]


def test_image_holds_no_secret_and_nothing_that_could_be_one() -> None:
    assert not [name for name in _environment() if SECRET_NAMED.search(name)]
    # What is told while an image is built stays in its history: the public address, and nothing else.
    assert _instructions("ARG") == ["SITE="]
    assert set(_let_in()) & {".", ".git", ".env", ".streamlit", "tests"} == set()
    assert not [name for name in _let_in() if "secret" in name or "*" in name]


def test_image_holds_all_that_the_dashboard_reads(tmp_path: Path) -> None:
    app = _image(tmp_path / "app")
    subprocess.run(
        [sys.executable, "-m", "sidebyside.data.check"], cwd=app, env=_inside(tmp_path), check=True, timeout=120
    )
    for name in ("app.py", "requirements.txt", "constraints.txt", ".streamlit/config.toml"):
        assert (app / name).is_file(), name


def test_image_brings_the_static_edition_which_names_no_address_but_the_one_it_is_told(tmp_path: Path) -> None:
    (run,) = [rest for rest in _instructions("RUN") if "sidebyside build" in rest]
    command = f"{sys.executable} {run.partition('python ')[2].partition(' &&')[0]}"
    told = subprocess.check_output(["sh", "-c", f"echo {command}"], env={"SITE": "https://example.org"}, text=True)
    assert told.split()[-4:] == ["--address", "https://example.org/plain", "--app", "https://example.org"]
    app = _image(tmp_path / "app")
    env = {**_inside(tmp_path), plain_pages.EDITION_VARIABLE: "", "SITE": ""}
    subprocess.run(["sh", "-c", command], cwd=app, env=env, check=True, timeout=240)
    made = app / plain_pages.EDITION_FOLDER.name
    for path in (*made.glob("*.html"), made / "robots.txt"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r'localhost|canonical|og:url|og:image|Sitemap|"url": *""|(content|href)=""', text), path
    assert not (made / "sitemap.xml").exists()
    assert 'href="../course' in (made / "course.html").read_text(encoding="utf-8")


def test_simulation_is_compiled_into_the_temporary_folder_alone(tmp_path: Path) -> None:
    app, tmp = _image(tmp_path / "app"), tmp_path / "tmp"
    tmp.mkdir()
    before = sorted(app.rglob("*"))
    run = (
        "from sidebyside.models.nerve_fibre import Damage, simulate; simulate(Damage(internodes=1, temperature_c=37.0))"
    )
    subprocess.run([sys.executable, "-c", run], cwd=app, env=_inside(tmp), check=True, timeout=120)
    assert list((tmp / "numba").rglob("*.nbi"))
    assert sorted(app.rglob("*")) == before


def _inside(tmp: Path) -> dict[str, str]:
    """The image's environment, with another temporary folder."""
    said = {name: value.replace("/tmp", str(tmp)) for name, value in _environment().items()}
    assert said["HOME"] == str(tmp)
    return {"PATH": os.environ["PATH"], "TMPDIR": str(tmp), **said}


# ---------------------------------------------------------------- compose


def _compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def _replicas() -> dict[str, Any]:
    return {name: service for name, service in _compose()["services"].items() if name.startswith("app-")}


def test_every_container_is_locked_down() -> None:
    for name, service in _compose()["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert any(mount.startswith("/tmp:size=") for mount in service["tmpfs"]), name
        assert int(service["user"].split(":")[0]) > 0, name
        assert service["deploy"]["resources"]["limits"]["memory"], name
        assert service["healthcheck"]["test"][0] == "CMD", name
        assert PINNED.fullmatch(service["image"]), name
        assert not service.get("privileged"), name


def test_replicas_share_a_secret_that_the_host_must_give() -> None:
    services = _replicas()
    assert len(services) >= 2
    for service in services.values():
        assert service["environment"]["STREAMLIT_SERVER_COOKIE_SECRET"].startswith("${STREAMLIT_SERVER_COOKIE_SECRET:?")
        assert "ports" not in service, "only the proxy is reached from outside"
    assert _compose()["networks"]["inside"]["internal"] is True


def test_proxy_knows_the_replicas_that_run() -> None:
    run = {f"{service['networks']['inside']['ipv4_address']}:8501" for service in _replicas().values()}
    text = (DEPLOY / "nginx/replicas.conf").read_text(encoding="utf-8")
    tried = set(re.findall(r"server (\S+)", text))
    wanted = dict(re.findall(r"^ +(\d+) +([\d.:]+);", text, re.M))
    answered = {name: address.replace("\\", "") for address, name in re.findall(r'"~(\S+)\$" +(\d+);', text)}
    assert tried == run
    assert set(wanted.values()) == run
    assert wanted == answered


def test_proxy_waits_for_every_replica_at_the_start() -> None:
    assert set(_compose()["services"]["nginx"]["depends_on"]) == set(_replicas())


def test_compose_reads_its_file() -> None:
    command = next((found for found in (["docker", "compose"], ["docker-compose"]) if _answers(found)), None)
    if command is None:
        pytest.skip("no compose client found: its file is checked by structure alone")
    said = ["config", "--quiet"]
    environment = {name: value for name, value in os.environ.items() if name != "STREAMLIT_SERVER_COOKIE_SECRET"}
    given = environment | {"STREAMLIT_SERVER_COOKIE_SECRET": "x"}
    subprocess.run([*command, *said], cwd=ROOT, env=given, check=True, timeout=60)
    refused = subprocess.run([*command, *said], cwd=ROOT, env=environment, capture_output=True, timeout=60)
    assert refused.returncode != 0
    assert b"openssl rand -hex 32" in refused.stderr


def _answers(command: Sequence[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run([*command, "version"], capture_output=True, timeout=60).returncode == 0


# ---------------------------------------------------------------- Kubernetes


def _manifests() -> dict[str, Any]:
    return {found["kind"]: found for path in MANIFESTS for found in yaml.safe_load_all(path.read_text("utf-8"))}


@pytest.mark.parametrize("version", KUBERNETES)
@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_manifest_is_what_kubernetes_takes(path: Path, version: str) -> None:
    for manifest in yaml.safe_load_all(path.read_text(encoding="utf-8")):
        kubernetes_validate.validate(manifest, version, strict=True)


def test_a_wrong_manifest_is_noticed() -> None:
    wrong = _manifests()["Deployment"]
    wrong["spec"]["template"]["spec"]["containers"][0]["readOnly"] = True
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES[-1], strict=True)


def test_manifests_fit_together() -> None:
    found = _manifests()
    assert set(found) == {"Deployment", "Service", "Ingress", "HorizontalPodAutoscaler"}
    deployment, service = found["Deployment"], found["Service"]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"] == labels == service["spec"]["selector"]
    assert "replicas" not in deployment["spec"], "the autoscaler and the manifest would undo each other"
    target = found["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", deployment["metadata"]["name"])
    backend = found["Ingress"]["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend["name"] == service["metadata"]["name"]
    assert backend["port"]["name"] == service["spec"]["ports"][0]["name"]
    ports = {port["name"]: port["containerPort"] for port in _container()["ports"]}
    assert ports[service["spec"]["ports"][0]["targetPort"]] == int(_environment()["STREAMLIT_SERVER_PORT"])


def test_pod_is_locked_down_and_asked_whether_it_is_well() -> None:
    container, pod = _container(), _manifests()["Deployment"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}" == _instructions("USER")[-1]
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]
    assert container["resources"]["requests"]["cpu"], "the autoscaler measures against it"
    assert PINNED.fullmatch(container["image"])
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container[probe]["httpGet"]["path"] == HEALTH
    mounted = {mount["name"] for mount in container["volumeMounts"] if mount["mountPath"] == "/tmp"}
    assert mounted == {volume["name"] for volume in pod["volumes"] if "emptyDir" in volume}


def test_cluster_names_the_secret_and_does_not_hold_it() -> None:
    (secret,) = [entry for entry in _container()["env"] if entry["name"] == "STREAMLIT_SERVER_COOKIE_SECRET"]
    assert set(secret) == {"name", "valueFrom"}
    assert secret["valueFrom"]["secretKeyRef"]["name"] in (ROOT / "docs/hosting.md").read_text(encoding="utf-8")


def test_ingress_keeps_a_reader_on_one_pod() -> None:
    found = _manifests()
    by_ingress, by_service = (found[kind]["metadata"]["annotations"] for kind in ("Ingress", "Service"))
    assert by_ingress["nginx.ingress.kubernetes.io/affinity"] == "cookie"
    assert int(by_ingress["nginx.ingress.kubernetes.io/proxy-read-timeout"]) >= 600
    assert by_service["traefik.ingress.kubernetes.io/service.sticky.cookie"] == "true"


def _container() -> dict[str, Any]:
    (container,) = _manifests()["Deployment"]["spec"]["template"]["spec"]["containers"]
    found: dict[str, Any] = container
    return found


# ---------------------------------------------------------------- the proxy, running


@dataclass(frozen=True)
class Proxy:
    """The shipped proxy, running here."""

    port: int
    log: Path

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask it for a path, without a cookie unless one is given."""
        with contextlib.closing(http.client.HTTPConnection(HOST, self.port, timeout=30)) as connection:
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): said for name, said in answer.getheaders()}, answer.read())


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def cookie(self) -> str:
        """The cookie that a browser keeps of it."""
        return self.headers.get("set-cookie", "").partition(";")[0]


@contextlib.contextmanager
def _proxied(ports: Sequence[int]) -> Iterator[Proxy]:
    with replicas.behind_nginx(ports) as running:
        yield Proxy(running.port, running.log)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the server did not start"
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=2):
            return
        time.sleep(0.05)
    pytest.fail("the server did not answer in time")


class _Named(http.server.BaseHTTPRequestHandler):
    """A replica that says which one it is."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        said = f"{self.server.server_port} {self.headers.get('X-Forwarded-For', '')}".encode()  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def _small_replica() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer((HOST, 0), _Named)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def small() -> Iterator[tuple[Proxy, list[int]]]:
    """The proxy in front of two small replicas that live, and one that is down."""
    with _small_replica() as first, _small_replica() as second:
        ports = [first, second, bench.free_port()]
        with _proxied(ports) as proxy:
            yield proxy, ports


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """The proxy in front of the image's dashboard, between two replicas that are down."""
    folder, port = tmp_path_factory.mktemp("real"), bench.free_port()
    app, tmp = _image(folder / "app"), folder / "tmp"
    tmp.mkdir()
    (command,) = _instructions("CMD")
    environment = _inside(tmp) | {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_ADDRESS": HOST}
    start = [sys.executable, *json.loads(command)[1:]]
    with (
        (folder / "log").open("w") as out,
        subprocess.Popen(start, cwd=app, env=environment, stdout=out, stderr=out) as process,
    ):
        try:
            _wait(port, process)
            with _proxied([bench.free_port(), port, bench.free_port()]) as proxy:
                yield proxy
        finally:
            process.terminate()


@with_nginx
def test_nginx_reads_the_shipped_configuration(tmp_path: Path) -> None:
    written, _ = replicas.rendered(tmp_path, 8080, [8501, 8502, 8503])
    said = subprocess.run([*replicas.command(written), "-t"], capture_output=True, text=True, timeout=30)
    assert said.returncode == 0, said.stderr
    assert "[warn]" not in said.stderr


@pytest.mark.parametrize(
    ("name", "shipped", "changed"),
    [
        ("nginx.conf", "listen 8080;", "listen 80;"),
        ("nginx.conf", "pid /tmp/nginx.pid;", "pid /run/nginx.pid;"),
        ("nginx/replicas.conf", "server 10.89.7.12:8501", "server app-2:8501"),
        ("nginx/replicas.conf", '"~10\\.89\\.7\\.13:8501$"', '"~app-3$"'),
    ],
)
def test_what_is_tried_is_what_is_shipped_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, shipped: str, changed: str
) -> None:
    monkeypatch.setattr(replicas, "SHIPPED", shutil.copytree(DEPLOY, tmp_path / "deploy"))
    file = tmp_path / "deploy" / name
    text = file.read_text(encoding="utf-8")
    assert shipped in text
    file.write_text(text.replace(shipped, changed), encoding="utf-8")
    with pytest.raises(bench.BenchError, match="the shipped configuration"):
        replicas.rendered(tmp_path, 8080, [8501, 8502])


def test_a_configuration_for_one_replica_names_no_other(tmp_path: Path) -> None:
    _, by_cookie = replicas.rendered(tmp_path, 8080, [8501])
    assert by_cookie == {"1": 8501}
    assert set(re.findall(r"[\d.]+:\d+", (tmp_path / "nginx/replicas.conf").read_text())) == {f"{HOST}:8501", ".1:8501"}


@with_nginx
def test_new_readers_are_spread_and_then_stay(small: tuple[Proxy, list[int]]) -> None:
    proxy, ports = small
    cookies = {}
    for _ in range(12):
        answer = proxy.get("/")
        cookies[answer.cookie] = answer.body
    assert set(cookies) == {"replica=1", "replica=2"}
    for cookie, body in cookies.items():
        answers = [proxy.get("/media/x", {"Cookie": cookie}) for _ in range(10)]
        assert {answer.body for answer in answers} == {body}
        assert not any(answer.cookie for answer in answers), "the cookie is right already"
    assert int(cookies["replica=2"].split()[0]) == ports[1]


@with_nginx
def test_reader_of_a_dead_replica_is_moved_for_good(small: tuple[Proxy, list[int]]) -> None:
    proxy, _ = small
    moved = proxy.get("/", {"Cookie": "replica=3"})
    assert moved.status == 200
    assert moved.cookie in {"replica=1", "replica=2"}
    assert proxy.get("/", {"Cookie": moved.cookie}).body == moved.body


@with_nginx
@pytest.mark.parametrize("cookie", ["replica=9", "replica=", "replica=10.0.0.1:80", "replica=any", "other=1"])
def test_strange_cookie_leads_nowhere_strange(small: tuple[Proxy, list[int]], cookie: str) -> None:
    proxy, _ = small
    answer = proxy.get("/", {"Cookie": cookie})
    assert answer.status == 200
    assert answer.cookie in {"replica=1", "replica=2"}


@with_nginx
def test_cookie_needs_no_consent_and_is_safe(small: tuple[Proxy, list[int]]) -> None:
    proxy, _ = small
    plain, secure = (proxy.get("/", headers).headers["set-cookie"] for headers in ({}, {"X-Forwarded-Proto": "https"}))
    assert re.fullmatch(r"replica=[12]; Path=/; HttpOnly; SameSite=Lax", plain), "no more than the replica's number"
    assert secure.endswith("; Secure")


@with_nginx
def test_proxy_tells_nobody_who_reads(small: tuple[Proxy, list[int]]) -> None:
    proxy, _ = small
    answer = proxy.get("/course?secret-of-a-reader=1", {"X-Forwarded-For": "192.0.2.7"})
    assert answer.body.decode().split(" ", 1)[1] == ""
    assert answer.headers["server"] == "nginx"
    # nginx writes the line when the answer is out, which the reader may have read by then.
    until = time.monotonic() + SECONDS_TO_LOG
    log: list[str] = []
    while not any(" GET /course 200 " in line for line in log):
        assert time.monotonic() < until, "the request is not in the log"
        log = [line for line in proxy.log.read_text().splitlines() if " GET " in line and "upstream" not in line]
    assert not [line for line in log if "secret-of-a-reader" in line or HOST in line]


@with_nginx
def test_proxy_refuses_what_no_reader_sends(small: tuple[Proxy, list[int]]) -> None:
    proxy, _ = small
    assert proxy.get("/?" + "x" * 17_000).status == 414
    assert proxy.get("/", {"X-Long": "x" * 17_000}).status == 400
    for closed in ("metrics", "agent/interact", "upload_file/a/b"):
        assert proxy.get(f"/_stcore/{closed}").status == 404


@with_nginx
def test_dashboard_is_reached_past_dead_replicas(real: Proxy) -> None:
    for cookie in ("replica=1", "replica=2", "replica=3", ""):
        answer = real.get("/", {"Cookie": cookie})
        assert answer.status == 200
        assert b"<html" in answer.body
        assert answer.cookie == ("" if cookie == "replica=2" else "replica=2")


@with_nginx
@pytest.mark.parametrize("cookie", ["replica=2", "replica=3"])
def test_page_is_run_over_the_socket(real: Proxy, cookie: str) -> None:
    # The browser names the page's origin: the server must see the same host, or it refuses.
    origin: Any = "http://dashboard.example"
    subprotocol: Any = "streamlit"
    with connect(
        "ws://dashboard.example/_stcore/stream",
        sock=socket.create_connection((HOST, real.port)),
        origin=origin,
        subprotocols=[subprotocol],
        additional_headers={"Cookie": cookie},
    ) as page:
        request = BackMsg()
        request.rerun_script.query_string = ""
        page.send(request.SerializeToString())
        heard = ForwardMsg.FromString(bytes(page.recv(timeout=START_SECONDS, decode=False)))
        assert heard.WhichOneof("type") == "new_session"
        moved = page.response
    assert moved is not None
    said = moved.headers.get("Set-Cookie", "").partition(";")[0]
    assert said == ("" if cookie == "replica=2" else "replica=2"), "files are then asked for where the session is"


def test_socket_may_be_silent_for_long_whoever_answers() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    first = _location(text, "= /_stcore/stream")
    (other,) = re.findall(r"error_page 502 504 = (@\w+);", first)
    for block in (first, _location(text, other)):
        assert "proxy_buffering off;" in block
        assert "proxy_read_timeout 1h;" in block
        assert "proxy_send_timeout 1h;" in block


def _location(text: str, name: str) -> str:
    (found,) = re.findall(rf"location {re.escape(name)} {{(.*?)}}", text, re.S)
    return str(found)


@with_nginx
def test_hashed_files_come_small_and_are_kept_for_ever(real: Proxy) -> None:
    page = real.get("/").body.decode()
    script = "/" + re.findall(r"static/js/index\.[\w-]+\.js", page)[0]
    style = "/" + re.findall(r"static/css/index\.[\w-]+\.css", page)[0]
    for path in (script, style):
        whole = real.get(path)
        small = real.get(path, {"Accept-Encoding": "gzip, br"})
        assert small.headers["content-encoding"] == "gzip"
        assert gzip.decompress(small.body) == whole.body
        assert len(small.body) < 0.5 * len(whole.body)
        assert "immutable" in small.headers["cache-control"]
        assert int(re.findall(r"max-age=(\d+)", small.headers["cache-control"])[0]) >= 365 * 24 * 3600
        assert "accept-encoding" in small.headers["vary"].lower()
        assert not {"set-cookie"} & {*whole.headers, *small.headers}, "others may keep it"


@with_nginx
def test_a_missing_file_is_not_kept(real: Proxy) -> None:
    answer = real.get("/static/js/index.00000000.js")
    assert "immutable" not in answer.headers.get("cache-control", "")
