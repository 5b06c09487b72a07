import pytest
from starlette.requests import Request

from chassis.clock import new_id
from chassis.principal import Principal
from chassis.problems import Problem
from gateway.access.csrf import check_csrf, check_same_origin
from gateway.access.viewers import StaffSession

SESSION = StaffSession(
    staff_id=new_id(),
    login="specialist",
    full_name="Ковалёв Дмитрий Андреевич",
    roles=("specialist",),
    principal=Principal(kind="staff", id=new_id(), full_name="Ковалёв Дмитрий Андреевич"),
    csrf_token="right",
    key="session",
)


def post(headers: dict[str, str], body: bytes = b"") -> Request:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    sent = {"host": "desk.example", **headers}
    encoded = [(name.lower().encode(), value.encode()) for name, value in sent.items()]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": encoded}, receive)


async def test_the_token_may_come_as_a_header() -> None:
    await check_csrf(post({"X-CSRF-Token": "right"}), SESSION)


async def test_the_token_may_come_as_a_form_field() -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    await check_csrf(post(form, b"csrf_token=right"), SESSION)


@pytest.mark.parametrize("headers", [{}, {"X-CSRF-Token": "wrong"}, {"X-CSRF-Token": ""}])
async def test_a_write_without_the_right_token_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(Problem) as refusal:
        await check_csrf(post(headers), SESSION)
    assert refusal.value.status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://desk.example.evil"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_write_from_another_site_is_refused_even_with_the_token(headers: dict[str, str]) -> None:
    with pytest.raises(Problem):
        await check_csrf(post({**headers, "X-CSRF-Token": "right"}), SESSION)


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://desk.example"}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_our_own_pages_and_programs_without_a_browser_may_write(headers: dict[str, str]) -> None:
    check_same_origin(post(headers))
