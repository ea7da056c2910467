"""What stands before every request and beside every answer.

* Only the hosts the site is known by are answered (DNS rebinding).
* An unsafe method must come from the same origin: `Sec-Fetch-Site` first, then `Origin` against `Host`.
  A client that sends neither is no browser and carries no ambient cookie; it is let through.
* Every answer carries a strict content security policy: no inline script, no inline style, nothing from
  elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A published HTML edition carries its own style and nothing else; it is shown as it was recorded.
EDITION_CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox"
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_BODY = 2_500_000  # bytes: a draft of 2,000,000 and its form
MAX_DROPPED = 100_000_000  # bytes of an oversized request that are read before the line is cut


def is_known_host(host: str, allowed: Sequence[str], *, seat_hosts: bool) -> bool:
    """Whether the `Host` header names this site; `*.localhost` counts where seats have their own."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return name in allowed or (seat_hosts and name.endswith(".localhost"))


def is_same_origin(method: str, fetch_site: str | None, origin: str | None, host: str) -> bool:
    """Whether a request may change something.

    Args:
        fetch_site: the `Sec-Fetch-Site` header, None where it is absent.
        origin: the `Origin` header, None where it is absent.
    """
    if method in SAFE_METHODS:
        return True
    if fetch_site is not None:
        return fetch_site in ("same-origin", "none")
    return origin is None or urlsplit(origin).netloc == host


class Guard:
    """ASGI middleware: refuses what must not come in, and adds the headers to what goes out."""

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str], seat_hosts: bool, secure: bool) -> None:
        self.app = app
        self.hosts = hosts
        self.seat_hosts = seat_hosts
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        host, length = headers.get("host", ""), headers.get("content-length") or "0"
        send = self._adding_headers(send)
        if not is_known_host(host, self.hosts, seat_hosts=self.seat_hosts):
            await _refuse(send, 421, "This server does not answer to that name.")
        elif not is_same_origin(scope["method"], headers.get("sec-fetch-site"), headers.get("origin"), host):
            await _refuse(send, 403, "The request came from another site and was refused.")
        elif not (length.isascii() and length.isdigit()):
            await _refuse(send, 400, "The length of the request is no number.")
        elif len(length) > 18 or int(length) > MAX_BODY:
            await _drain(receive)
            await _refuse(send, 413, f"Too large: at most {MAX_BODY:,} bytes are taken. Nothing was changed.")
        else:
            await self.app(scope, receive, send)

    def _adding_headers(self, send: Send) -> Send:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {k.lower() for k, _ in message["headers"]}
                extra = [h for h in HEADERS if h[0] not in present]
                if b"content-security-policy" not in present:
                    extra.append((b"content-security-policy", CSP.encode()))
                if b"cache-control" not in present:
                    extra.append((b"cache-control", b"no-store"))
                if self.secure:
                    extra.append((b"strict-transport-security", b"max-age=31536000"))
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        return with_headers


async def _drain(receive: Receive) -> None:
    """Read what is still coming and drop it, so that the browser hears the answer; but not for ever."""
    dropped = 0
    while dropped <= MAX_DROPPED:
        message = await receive()
        if message["type"] != "http.request":
            return
        dropped += len(message.get("body", b""))
        if not message.get("more_body", False):
            return


async def _refuse(send: Send, status: int, reason: str) -> None:
    body = reason.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
