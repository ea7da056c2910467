"""Answers: whole pages, problems, and where a form leads to."""

from __future__ import annotations

from urllib.parse import urlsplit

from litestar import Response
from litestar.response import Redirect

from kenesh.app.house import House
from kenesh.app.seats import Seat
from kenesh.errors import KeneshError, Refused
from kenesh.web.rendering import render
from kenesh.web.session import AnyRequest, SignInNeeded, seat_of

HTML = "text/html; charset=utf-8"


def seat_name(house: House, seat: Seat) -> str:
    """What a seat is called at the head of the page."""
    if seat.role == "secretariat":
        return "Secretariat"
    name = house.body.short_of(seat.delegation) if seat.delegation and house.profile else seat.id
    return f"Chair ({name})" if seat.role == "chair" else name


def page(
    house: House, seat: Seat | None, template: str, *, section: str = "", status: int = 200, **values: object
) -> Response[str]:
    """A whole page in the site's frame."""
    html = render(
        template,
        site=house.settings,
        seat=seat,
        seat_name=seat_name(house, seat) if seat else "",
        section=section,
        **values,
    )
    return Response(str(html), media_type=HTML, status_code=status)


def is_live(request: AnyRequest) -> bool:
    """Whether the page's own script asks; then errors come as fragments and success has no body."""
    return request.headers.get("x-live") == "1"


def done(request: AnyRequest, to: str) -> Response[None]:
    """The answer to a form that was carried out."""
    if is_live(request):
        return Response(None, status_code=204)
    return Redirect(to, status_code=303)


def problem(
    request: AnyRequest, error: KeneshError, house: House, *, kept: str | None = None
) -> Response[str]:
    """An error as a fragment for a form, as JSON for a program, or as a page.

    Args:
        kept: what the person wrote, given back so that nothing is lost.
    """
    if is_live(request):
        html = render("_problem.html", problem=str(error), advice=error.advice)
        return Response(str(html), media_type=HTML, status_code=error.http_status)
    if request.url.path.startswith("/api/"):
        body = {"error": error.code, "detail": str(error), "advice": error.advice}
        return Response(body, status_code=error.http_status)  # type: ignore[arg-type]
    if isinstance(error, SignInNeeded):
        return page(house, None, "sign_in.html", status=401, opens=None, problem=str(error))
    heading = "This was not done" if isinstance(error, Refused) else "This cannot be taken"
    if error.http_status == 404:
        heading = "Not found"
    return page(
        house,
        _seat_if_it_can_be_told(request, house),
        "problem.html",
        status=error.http_status,
        heading=heading,
        problem=str(error),
        advice=error.advice,
        kept=kept,
        back=_back(request),
    )


def _seat_if_it_can_be_told(request: AnyRequest, house: House) -> Seat | None:
    """The seat that asks; None also where what went wrong is that nobody can be recognized."""
    try:
        return seat_of(request, house)
    except Exception:  # the first error is being told already
        return None


def whole_number(text: str) -> int | None:
    """A number from an address, a form or a header; None where it is none, or longer than any of ours."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _back(request: AnyRequest) -> str:
    """The page the person came from, on this site only."""
    path = urlsplit(request.headers.get("referer", "")).path
    return path if path.startswith("/") and not path.startswith("//") else "/"
