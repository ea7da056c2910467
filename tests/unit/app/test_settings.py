from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from kenesh.app.settings import BadSettings, Settings, load_settings, write_settings


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "kenesh.toml") == Settings()


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(
            title='The "Compact" \\ Özgen\n№ 7',
            base_url="https://council.example",
            port=1,
            seat_hosts=True,
            trusted_proxies=("10.0.0.1", "::1"),
        ),
    ],
)
def test_what_is_written_is_read_again(tmp_path: Path, settings: Settings) -> None:
    write_settings(tmp_path / "kenesh.toml", settings)
    assert load_settings(tmp_path / "kenesh.toml") == settings


def test_the_file_explains_each_of_its_settings(tmp_path: Path) -> None:
    write_settings(tmp_path / "kenesh.toml", Settings())
    lines = (tmp_path / "kenesh.toml").read_text("utf-8").split("\n")
    for field in msgspec.structs.fields(Settings):
        place = next(n for n, line in enumerate(lines) if line.startswith(f"{field.name} = "))
        assert lines[place - 1].startswith("# "), field.name
        assert len(lines[place - 1]) > 12, field.name


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("prot = 8000", "prot"),
        ("port = 0", "port"),
        ("port = 70000", "port"),
        ('port = "8000"', "port"),
        ("session_hours = 0", "session_hours"),
        ("title = ", "line 1|Invalid|invalid"),
        ("[server]\nport = 1", "server"),
        (b"title = '\xff'", "utf-8"),
    ],
)
def test_what_is_no_setting_is_refused_by_name(tmp_path: Path, text: str | bytes, reason: str) -> None:
    path = tmp_path / "kenesh.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadSettings, match=reason) as raised:
        load_settings(path)
    assert str(path) in str(raised.value)


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "kenesh.toml").mkdir()
    with pytest.raises(BadSettings, match=r"kenesh\.toml"):
        load_settings(tmp_path / "kenesh.toml")


@pytest.mark.parametrize(
    ("base_url", "secure"), [("https://council.example", True), ("http://127.0.0.1:8000", False)]
)
def test_cookies_are_bound_to_tls_where_there_is_tls(base_url: str, secure: bool) -> None:
    assert Settings(base_url=base_url).is_secure is secure


@pytest.mark.parametrize(
    "base_url", ["council.example", "", "ftp://council.example", "https://", "https://a/"]
)
def test_an_address_that_is_none_is_refused(tmp_path: Path, base_url: str) -> None:
    path = tmp_path / "kenesh.toml"
    path.write_text(f'base_url = "{base_url}"')
    with pytest.raises(BadSettings, match="base_url"):
        load_settings(path)
