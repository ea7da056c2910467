"""Run the site with uvicorn."""

from __future__ import annotations

import uvicorn

from kenesh.app.house import House
from kenesh.web.app import create_app

GRACE_SECONDS = 2  # open streams are told to close, then cut


def serve(house: House) -> None:
    """Serve until stopped by a signal.

    Forwarded addresses and protocols are believed from the proxies that the settings name, and only those.
    """
    settings = house.settings
    uvicorn.run(
        create_app(house),
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
