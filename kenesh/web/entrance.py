"""Signing in and out.

Two handlers on one path stay on the loop: litestar wraps such a pair for threads twice and never awaits it.
"""

from __future__ import annotations

from anyio import to_thread
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from kenesh.app.house import House
from kenesh.app.seats import Seat
from kenesh.app.sign_in import LinkSpent, sign_in, sign_out, whose_link
from kenesh.web.pages import page, seat_name
from kenesh.web.session import AnyRequest, TheHouse, seat_of, session_cookie, session_token


def _sign_in_page(
    house: House,
    seat: Seat | None,
    *,
    token: str = "",
    opens: Seat | None = None,
    problem: str = "",
    status: int = 200,
) -> Response[str]:
    name = seat_name(house, opens) if opens else ""
    return page(
        house, seat, "sign_in.html", status=status, token=token, opens=opens, opens_name=name, problem=problem
    )


@get("/sign-in", sync_to_thread=True)
def sign_in_help(request: AnyRequest, house: TheHouse) -> Response[str]:
    return _sign_in_page(house, seat_of(request, house))


@get("/sign-in/{token:str}", sync_to_thread=False)
def sign_in_page(request: AnyRequest, house: TheHouse, token: FromPath[str]) -> Response[str]:
    """Says whose seat the link opens. Looking does not spend it: mail scanners look at every link."""
    try:
        opens = whose_link(house, token)
    except LinkSpent as error:
        return _sign_in_page(house, None, problem=f"{error} {error.advice}", status=410)
    return _sign_in_page(house, None, token=token, opens=opens)


@post("/sign-in/{token:str}", status_code=303)
async def enter(request: AnyRequest, house: TheHouse, token: FromPath[str]) -> Response[str] | Redirect:
    """Spend the link; a session that was open here before is ended."""
    try:
        session, _ = await to_thread.run_sync(sign_in, house, token)
    except LinkSpent as error:
        return _sign_in_page(house, None, problem=f"{error} {error.advice}", status=410)
    if old := session_token(request, house.settings):
        await to_thread.run_sync(sign_out, house, old)
    return Redirect("/meetings", status_code=303, cookies=[session_cookie(house.settings, session)])


@post("/sign-out", sync_to_thread=True, status_code=303)
def leave(request: AnyRequest, house: TheHouse) -> Redirect:
    if token := session_token(request, house.settings):
        sign_out(house, token)
    return Redirect("/", status_code=303, cookies=[session_cookie(house.settings, "")])
