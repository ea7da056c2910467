"""The settings of a data folder: one file, `kenesh.toml`; docs/reference/settings.md is made from this."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kenesh.errors import BadInput


class BadSettings(BadInput):
    """The settings file holds something that is no setting."""

    code = "input.settings"
    template = "{name}: {reason}"
    advice = "Compare with docs/reference/settings.md; unknown keys are refused on purpose."


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an operator may set. Each field's help text is its line in the docs."""

    title: Annotated[str, Meta(description="Name of the site, shown at the head of every page.")] = "Kenesh"
    origin: Annotated[
        str, Meta(description="Name of the record log; it is hashed into every event and must never change.")
    ] = "kenesh.invalid/record"
    base_url: Annotated[
        str,
        Meta(
            description="Address under which the site is reached, without a slash at its end.",
            pattern=r"^https?://[^/\s]+$",
        ),
    ] = "http://127.0.0.1:8000"
    host: Annotated[str, Meta(description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Meta(description="Port to listen on, 1 to 65535.", ge=1, le=65535)] = 8000
    seat_hosts: Annotated[
        bool,
        Meta(
            description="Give each seat an origin of its own, `http://SEAT.localhost:PORT`; loopback only, "
            "so that one browser can hold many seats."
        ),
    ] = False
    trusted_proxies: Annotated[
        tuple[str, ...],
        Meta(description="Addresses of reverse proxies whose X-Forwarded-Proto and -For are believed."),
    ] = ()
    session_hours: Annotated[
        int, Meta(description="How long a session lasts after it was last used, in hours.", ge=1, le=720)
    ] = 16
    link_hours: Annotated[
        int, Meta(description="How long an unused sign-in link stays good, in hours.", ge=1, le=720)
    ] = 48

    @property
    def is_secure(self) -> bool:
        """Whether the site is reached by TLS; then cookies are `__Host-` and `Secure`."""
        return self.base_url.startswith("https://")


def load_settings(path: Path) -> Settings:
    """Read a settings file; a missing one gives the defaults.

    Raises:
        BadSettings: not TOML, an unknown key, or a value out of range.
    """
    if not path.exists():
        return Settings()
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Settings)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadSettings(name=str(path), reason=str(error)) from error
    except OSError as error:
        raise BadSettings(name=str(path), reason=error.strerror or str(error)) from error


def changed(settings: Settings, name: str, **values: object) -> Settings:
    """The settings with some values replaced, checked like those of a file; `name` is who set them.

    Raises:
        BadSettings: a value is out of range.
    """
    try:
        return msgspec.convert(msgspec.to_builtins(settings) | values, Settings)
    except msgspec.ValidationError as error:
        raise BadSettings(name=name, reason=str(error)) from error


def write_settings(path: Path, settings: Settings) -> None:
    """Write all settings with their help as comments, so that the file explains itself."""
    lines = []
    for field in msgspec.structs.fields(Settings):
        info = msgspec.inspect.type_info(field.type)
        description = (
            (info.extra_json_schema or {}) if isinstance(info, msgspec.inspect.Metadata) else {}
        ).get("description", "")
        lines.append(f"# {description}")
        lines.append(f"{field.name} = {_to_toml(getattr(settings, field.name))}\n")
    path.write_text("\n".join(lines), encoding="utf-8")


def _to_toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_to_toml(v) for v in value) + "]"
    return msgspec.json.encode(str(value)).decode()
