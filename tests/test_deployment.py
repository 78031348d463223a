"""What the deployment files do is what the README and the Makefile do; nginx is tried for real where there is one."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from web.__main__ import ENDS_WITHIN_S as CHANNEL_ENDS_WITHIN_S
from web.server.admission import MOST_CONNECTIONS, connections_allowed
from web.server.ending import ENDS_WITHIN_S

PROJECT = Path(__file__).resolve().parent.parent
DEPLOY = PROJECT / "deploy"
UNITS = ("policyqa.service", "policyqa-wecom.service")


def read(name: str) -> str:
    return (PROJECT / name).read_text("utf-8")


def recipe(target: str) -> list[str]:
    """The commands of a target of the Makefile, with what its variables stand for."""
    (block,) = re.findall(rf"^{target}:.*\n((?:\t.*\n)+)", read("Makefile"), re.MULTILINE)
    return [line.strip().replace("$(PY)", ".venv/bin/python").replace("$$", "$") for line in block.splitlines()]


def test_the_end_of_a_process_that_reads_an_upload_is_not_the_end_of_the_service() -> None:
    assert "\nOOMPolicy=continue\n" in read("deploy/policyqa.service"), "systemd stops the whole unit otherwise"


def test_the_container_is_built_by_the_steps_of_the_readme() -> None:
    dockerfile = read("Dockerfile")
    steps = re.findall(r"^RUN (make \w+)", dockerfile, re.MULTILINE)
    assert steps == ["make setup", "make index"]
    for step in steps:
        assert re.search(rf"^{step.split()[1]}:", read("Makefile"), re.MULTILINE)
    assert "make run" in read("README.md")


def test_the_container_starts_what_make_run_starts() -> None:
    (command,) = re.findall(r'^CMD \["sh", "-c", "(.*)"\]', read("Dockerfile"), re.MULTILINE)
    assert command.replace("exec ", "").split(" && ") == [*recipe("index"), *recipe("run")]


def test_all_that_the_service_is_made_of_is_copied() -> None:
    copied = set(re.findall(r"^COPY (.+) \S+$", read("Dockerfile"), re.MULTILINE))
    names = {name for line in copied for name in line.split()}
    assert {"ingest", "index", "bot", "eval", "web", "corpus", "app.py", "pyproject.toml", "Makefile"} <= names
    for name in names:
        assert (PROJECT / name).exists()
        assert f"!{name}\n" in read(".dockerignore") + "\n"


def test_the_container_needs_no_rights() -> None:
    dockerfile = read("Dockerfile")
    assert dockerfile.index("USER 10001") < dockerfile.index("RUN make index")
    for line in ("read_only: true", "no-new-privileges:true", "- ALL", '- "127.0.0.1:7860:7860"'):
        assert line in read("compose.yaml")


def test_the_unit_starts_what_make_run_starts() -> None:
    unit = read("deploy/policyqa.service")
    started = re.findall(r"^ExecStart(?:Pre)?=(-?)/opt/policyqa/(.*)$", unit, re.MULTILINE)
    (built,) = recipe("index")
    # "-" for "|| [ $? -eq 2 ]": the other files serve, and what is wrong with the set-up the service says itself
    assert started == [("-", built.removesuffix(" || [ $? -eq 2 ]")), *(("", line) for line in recipe("run"))]


def test_supervisors_give_it_files_enough_and_time_to_end() -> None:
    (descriptors,) = re.findall(r"^LimitNOFILE=(\d+)$", read("deploy/policyqa.service"), re.MULTILINE)
    (in_the_container,) = re.findall(r"^ +nofile: (\d+)", read("compose.yaml"), re.MULTILINE)
    assert connections_allowed(0, int(descriptors)) == MOST_CONNECTIONS
    assert connections_allowed(0, int(in_the_container)) == MOST_CONNECTIONS
    stops = [re.findall(r"^TimeoutStopSec=(\d+)$", read(f"deploy/{unit}"), re.MULTILINE) for unit in UNITS]
    graces = re.findall(r"stop_grace_period: (\d+)s", read("compose.yaml"))
    given = [int(seconds) for seconds in (*graces, *(stop for (stop,) in stops))]
    assert len(given) == 4
    assert min(given) > max(ENDS_WITHIN_S, CHANNEL_ENDS_WITHIN_S)


def test_the_bot_of_a_chat_platform_is_started_alike_everywhere() -> None:
    assert "ExecStart=/opt/policyqa/.venv/bin/python -m web wecom\n" in read("deploy/policyqa-wecom.service")
    assert 'command: [".venv/bin/python", "-m", "web", "wecom"]' in read("compose.yaml")
    for unit in UNITS:
        assert "\nRestartPreventExitStatus=2\n" in read(f"deploy/{unit}")


@pytest.mark.parametrize("unit", UNITS)
def test_the_unit_has_no_fault(unit: str) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd on this machine")
    said = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / unit)], capture_output=True, text=True, check=False
    ).stderr
    complaints = [line for line in said.splitlines() if unit in line]
    assert [line for line in complaints if "/opt/policyqa/.venv/bin/python is not executable" not in line] == []


@pytest.mark.parametrize("file", sorted(path.name for path in DEPLOY.iterdir()))
def test_every_file_is_explained(file: str) -> None:
    assert f"deploy/{file}" in read("docs/deployment.md")


# ── nginx ──────────────────────────────────────────────────────────────────────────────────────


def little_service() -> FastAPI:
    """Tells what reaches it, and speaks slowly."""
    app = FastAPI(docs_url=None)

    @app.get("/told")
    def told(request: Request) -> JSONResponse:
        client = request.client.host if request.client else None
        return JSONResponse({"client": client, "address": str(request.url), "prefix": request.scope["root_path"]})

    @app.get("/slowly")
    def slowly() -> StreamingResponse:
        async def words() -> AsyncIterator[str]:
            import asyncio

            for word in ("event: sentence\n", "event: done\n"):
                yield word
                await asyncio.sleep(1.0)

        return StreamingResponse(words(), media_type="text/event-stream")

    _ = (told, slowly)
    return app


@dataclass(frozen=True)
class Proxy:
    """A running nginx in front of two services: one on a name of its own, one below a path."""

    plain: str
    secure: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serving(app: ASGIApp, port: int, root_path: str = "") -> uvicorn.Server:
    trusting = ProxyHeadersMiddleware(app, trusted_hosts="127.0.0.1")  # pyright: ignore[reportArgumentType]
    config = uvicorn.Config(
        trusting, host="127.0.0.1", port=port, log_level="error", root_path=root_path, proxy_headers=False
    )
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    return server


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    nginx, openssl = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin"), shutil.which("openssl")
    if nginx is None or openssl is None:
        pytest.skip("no nginx on this machine: apt-get install nginx-light")
    home = tmp_path_factory.mktemp("nginx")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=zc.example.gov.cn",
         "-keyout", str(home / "zc.key"), "-out", str(home / "zc.crt")], check=True, capture_output=True,
    )  # fmt: skip
    own, below, plain, secure = (free_port() for _ in range(4))
    (home / "nginx.conf").write_text(_configuration(home, own, below, plain, secure), "utf-8")
    services = [serving(little_service(), own), serving(little_service(), below, "/zc")]
    process = subprocess.Popen([nginx, "-p", str(home), "-c", str(home / "nginx.conf"), "-g", "daemon off;"])
    try:
        _wait_for(plain, process)
        yield Proxy(f"http://127.0.0.1:{plain}", f"https://127.0.0.1:{secure}")
    finally:
        process.terminate()
        process.wait(timeout=10)
        for service in services:
            service.should_exit = True


def _configuration(home: Path, own: int, below: int, plain: int, secure: int) -> str:
    """The files of ``deploy``, with other ports and places."""

    def placed(name: str, service: int) -> str:
        text = (DEPLOY / name).read_text("utf-8")
        text = text.replace("127.0.0.1:7860", f"127.0.0.1:{service}").replace("/etc/ssl/", f"{home}/")
        text = text.replace("/etc/nginx/policyqa-proxy.conf", str(DEPLOY / "policyqa-proxy.conf"))
        text = re.sub(r"\n\s*listen \[::\].*", "", text)  # not every machine has IPv6
        return text.replace("listen 80;", f"listen 127.0.0.1:{plain};").replace(
            "listen 443", f"listen 127.0.0.1:{secure}"
        )

    site = placed("nginx.conf", own)
    below_a_path = placed("nginx-path.conf", below)
    where = site.rindex("    location / {")
    site = site[:where] + below_a_path + site[where:]
    temporary = "".join(
        f"{kind}_temp_path {home}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if _is_root() else ""
    return f"{user} pid {home}/pid; error_log {home}/error; events {{}} http {{ access_log off; {temporary}\n{site}\n}}"


def _is_root() -> bool:
    import os

    return os.geteuid() == 0


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "nginx ended; its configuration is at fault"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx does not listen")


@pytest.fixture
def visitor() -> Iterator[httpx.Client]:
    with httpx.Client(verify=False, trust_env=False, headers={"Host": "zc.example.gov.cn"}) as made:
        yield made


def test_without_https_the_visitor_is_sent_to_it(proxy: Proxy, visitor: httpx.Client) -> None:
    reply = visitor.get(f"{proxy.plain}/told?q=1")
    assert (reply.status_code, reply.headers["location"]) == (301, "https://zc.example.gov.cn/told?q=1")


def test_the_visitor_cannot_make_up_an_address(proxy: Proxy, visitor: httpx.Client) -> None:
    reply = visitor.get(f"{proxy.secure}/told", headers={"X-Forwarded-For": "203.0.113.9"})
    told = reply.json()
    assert told == {"client": "127.0.0.1", "address": "https://zc.example.gov.cn/told", "prefix": ""}
    assert "max-age" in reply.headers["strict-transport-security"]


def test_below_a_path_the_service_knows_where_it_stands(proxy: Proxy, visitor: httpx.Client) -> None:
    told = visitor.get(f"{proxy.secure}/zc/told").json()
    assert told["prefix"] == "/zc"
    assert told["address"] == "https://zc.example.gov.cn/zc/told"
    assert visitor.get(f"{proxy.secure}/zc").headers["location"].endswith("/zc/")


@pytest.mark.parametrize("path", ["/slowly", "/zc/slowly"])
def test_words_pass_while_the_rest_is_being_written(proxy: Proxy, visitor: httpx.Client, path: str) -> None:
    with visitor.stream("GET", proxy.secure + path) as reply:
        came = [(time.monotonic(), words) for words in reply.iter_text()]
    assert [words for _, words in came] == ["event: sentence\n", "event: done\n"]
    assert came[1][0] - came[0][0] > 0.5  # of the second between them: not held back by the proxy
