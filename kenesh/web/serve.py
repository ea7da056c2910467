"""Run the site with uvicorn."""

from __future__ import annotations

import sys
from contextlib import suppress
from socket import socket

import uvicorn

from kenesh.app.house import House
from kenesh.web.app import create_app
from kenesh.web.live import Hub

GRACE_SECONDS = 2  # streams are ended at once; what is still being answered then has so long


class _Server(uvicorn.Server):
    """Ends the open streams before it waits for the connections to close: they never end by themselves."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self.hub = hub

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        self.hub.close()
        await super().shutdown(sockets)


def serve(house: House) -> None:
    """Serve until stopped by a signal.

    Forwarded addresses and protocols are believed from the proxies that the settings name, and only those.
    """
    settings = house.settings
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
    if not server.started:
        sys.exit(3)  # as uvicorn itself does: the address could not be taken
