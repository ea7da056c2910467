"""Run the site with uvicorn."""

from __future__ import annotations

from contextlib import suppress
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, socket

import uvicorn

from kenesh.app.house import House
from kenesh.errors import Unavailable
from kenesh.web.app import create_app
from kenesh.web.live import Hub

GRACE_SECONDS = 2  # streams are ended at once; what is still being answered then has so long


class AddressTaken(Unavailable):
    """The address to listen on cannot be had."""

    code = "unavailable.address"
    template = "{host}:{port} cannot be listened on: {reason}."
    advice = "Choose another with --port (make demo PORT=8001), or stop what holds it."


def ensure_free(host: str, port: int) -> None:
    """Say early that an address is taken, before anything is printed or used up. Raises AddressTaken."""
    family = AF_INET6 if ":" in host else AF_INET
    with socket(family, SOCK_STREAM) as trial:
        trial.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise AddressTaken(host=host, port=port, reason=error.strerror or str(error)) from error


class _Server(uvicorn.Server):
    """Ends the open streams before it waits for the connections to close: they never end by themselves."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self.hub = hub

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        self.hub.close()
        await super().shutdown(sockets)


def serve(house: House) -> None:
    """Serve until stopped by a signal. Raises AddressTaken.

    Forwarded addresses and protocols are believed from the proxies that the settings name, and only those.
    """
    settings = house.settings
    ensure_free(settings.host, settings.port)
    hub = Hub(house)
    config = uvicorn.Config(
        create_app(house, hub),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies) or None,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=64 * 1024,
    )
    server = _Server(config, hub)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:  # somebody took the address in the meantime
        raise AddressTaken(host=settings.host, port=settings.port, reason="the server did not start")
