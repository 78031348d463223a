"""The area as a whole: no route without a login, room for uploads where it is meant, faults as pages."""

from __future__ import annotations

import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Route

from ingest.errors import PolicyQAError, UnusableInput
from tests.web.staff.conftest import BROWSER
from web.http.error_replies import add_fault_replies
from web.http.guards import RequestSizeLimit
from web.staff import pages
from web.staff.pages import PAGES, StaffPage, add_staff, is_wanted, upload_limit
from web.staff.shell.office import Office

OPEN = {"/staff/login"}


def trial_routes(office: Office) -> APIRouter:
    """A page for these tests."""
    routes = APIRouter()

    @routes.get("/staff/trial/{what}")
    def fail(what: str, n: int = 0) -> None:
        errors: dict[str, Exception] = {
            "unusable": UnusableInput("ingest.no_file_in_draft", name="<b>set</b>"),
            "fault": PolicyQAError("web.job_failed"),
            "zero": ZeroDivisionError("secret"),
        }
        raise errors[what]

    @routes.post("/staff/trial/upload")
    async def upload(request: Request) -> JSONResponse:
        form = await office.checked_form(request)
        file = form["file"]
        assert not isinstance(file, str)
        return JSONResponse({"bytes": len(await file.read())})

    _ = (fail, upload)
    return routes


@pytest.fixture
def with_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    page = StaffPage("audit", trial_routes, uploads=("/staff/trial/upload",))
    monkeypatch.setattr(pages, "PAGES", (*PAGES, page))


def staff_routes(app: FastAPI) -> list[tuple[str, str]]:
    """Method and path of every staff route, parameters filled with something."""
    found: list[tuple[str, str]] = []

    def walk(routes: list[BaseRoute]) -> None:
        for route in routes:
            inner = getattr(route, "routes", None) or getattr(getattr(route, "original_router", None), "routes", None)
            if isinstance(route, Route) and route.path.startswith("/staff"):
                path = "/".join("x" if step.startswith("{") else step for step in route.path.split("/"))
                found.extend((method, path) for method in route.methods or () if method != "HEAD")
            elif inner:
                walk(list(inner))

    walk(app.router.routes)
    return found


def test_no_staff_route_can_be_reached_without_signing_in(staff_app: FastAPI, visitor: TestClient) -> None:
    routes = staff_routes(staff_app)
    assert len(routes) > 8, "the routes are not where this test looks for them"
    for method, path in routes:
        if path in OPEN:
            continue
        page = visitor.request(method, path)
        assert page.status_code == 303, (method, path)
        assert page.headers["location"].startswith("/staff/login"), (method, path)
        script = visitor.request(method, path, headers={"Accept": "application/json"})
        assert script.status_code == 401, (method, path)


def test_no_staff_route_changes_anything_without_the_word(staff_app: FastAPI, client: TestClient) -> None:
    del client.headers["X-CSRF"]
    posts = [(method, path) for method, path in staff_routes(staff_app) if method != "GET" and path not in OPEN]
    assert posts
    assert [(m, p) for m, p in posts if client.request(m, p).status_code != 403] == []


def test_every_page_names_itself_in_both_languages(client: TestClient, office: Office) -> None:
    for language, missing in (("zh", "Audit log"), ("en", "操作日志")):
        page = client.get(f"/staff?lang={language}").text
        assert missing not in page
        for name in [page.name for page in PAGES if is_wanted(page, office.settings)]:
            assert f'href="/staff/{name}"' in page


def test_what_is_no_page_is_said_on_a_page(client: TestClient) -> None:
    reply = client.get("/staff/nowhere/<b>x</b>")
    assert reply.status_code == 404
    assert "没有这个页面" in reply.text
    assert "<b>x</b>" not in reply.text
    assert client.get("/staff/").headers["location"] == "/staff"
    assert client.get("/staff/nowhere", headers={"Accept": "application/json"}).json() == {"error": "Not Found."}


@pytest.mark.usefixtures("with_trial")
@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/staff/trial/unusable", 422, "草稿里没有文件“&lt;b&gt;set&lt;/b&gt;”。"),
        ("/staff/trial/fault", 500, "任务失败，服务器的日志里有原因"),
        ("/staff/trial/unusable?n=x", 422, "无法识别"),
    ],
)
def test_faults_are_pages_for_people_and_json_for_scripts(
    client: TestClient, path: str, status: int, said: str
) -> None:
    page = client.get(path)
    assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert said in page.text
    script = client.get(path, headers={"Accept": "application/json"})
    assert script.status_code == status
    assert set(script.json()) == {"error"}


@pytest.mark.usefixtures("with_trial")
def test_what_nobody_foresaw_tells_nothing(client: TestClient) -> None:
    reply = client.get("/staff/trial/zero")
    assert reply.status_code == 500
    assert "secret" not in reply.text


@pytest.mark.usefixtures("with_trial")
def test_faults_outside_the_area_stay_json(office: Office) -> None:
    app = FastAPI()
    add_fault_replies(app)
    add_staff(app, office)

    @app.get("/api/fault")
    def fault() -> None:
        raise UnusableInput("web.file_empty")

    with TestClient(app, headers=BROWSER) as client:
        assert client.get("/api/fault").json() == {"error": "The file is empty."}


@pytest.mark.usefixtures("with_trial")
def test_files_may_be_large_where_a_page_takes_them_and_for_staff_only(office: Office) -> None:
    scope = {"type": "http", "method": "POST", "path": "/staff/trial/upload", "headers": [], "client": None}
    usual = office.settings.max_request_bytes
    assert upload_limit(office, scope) == usual
    token = office.sessions.start(
        (account := office.accounts.check("wang.li", "correct horse 电池")) or pytest.fail(str(account)),
        office.accounts.stamp("wang.li") or "",
    )
    scope["headers"] = [(b"cookie", f"pq_staff={token}".encode())]
    assert upload_limit(office, scope) == 65 * 1024 * 1024
    assert upload_limit(office, {**scope, "path": "/staff/trial/other"}) == usual
    assert upload_limit(office, {**scope, "method": "PUT"}) == usual


@pytest.mark.usefixtures("with_trial")
def test_a_large_file_goes_through(client: TestClient, staff_app: FastAPI, office: Office) -> None:
    limited = RequestSizeLimit(staff_app, 256 * 1024, lambda scope: upload_limit(office, scope))
    with TestClient(limited, headers=BROWSER, cookies=dict(client.cookies)) as signed_in:
        signed_in.headers["X-CSRF"] = client.headers["X-CSRF"]
        large = {"file": ("a.txt", b"x" * 2_000_000)}
        assert signed_in.post("/staff/trial/upload", files=large).json() == {"bytes": 2_000_000}
        assert signed_in.post("/staff/trial/other", files=large).status_code == 413
        signed_in.cookies.clear()
        assert signed_in.post("/staff/trial/upload", files=large).status_code == 413
