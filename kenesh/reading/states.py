"""Names of states in running text, and their ISO 3166-1 codes.

Names come from pycountry (ISO 3166-1, short, common and official) and from a body's own profile, which goes
first: a body may call a member differently, or seat one that ISO does not list.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

# How diplomats write what ISO lists under another form.
_ALIASES = {
    "Turkey": "TR", "Republic of Turkey": "TR", "Türkiye": "TR", "Russia": "RU", "Iran": "IR",
    "Syria": "SY", "Vietnam": "VN", "South Korea": "KR", "North Korea": "KP", "Moldova": "MD",
    "Tanzania": "TZ", "Laos": "LA", "Bolivia": "BO", "Venezuela": "VE", "Brunei": "BN",
    "Palestine": "PS", "State of Palestine": "PS", "United Kingdom": "GB", "United States": "US",
    "Czech Republic": "CZ", "Swaziland": "SZ", "Cape Verde": "CV", "Ivory Coast": "CI",
    "Côte d’Ivoire": "CI", "Holy See": "VA", "Macedonia": "MK", "Burma": "MM",
    "Republic of Belarus": "BY", "Kyrgyz Republic": "KG", "Republic of Korea": "KR", "Viet-Nam": "VN",
}  # fmt: skip


class Found(NamedTuple):
    """A name of a state: as it stands, its code, and where it ends."""

    name: str
    code: str
    end: int


@cache
def iso_names() -> dict[str, str]:
    """Every ISO name of a state and its code; read once."""
    import pycountry  # its tables load at the first use

    names: dict[str, str] = {}
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            value = getattr(country, field, None)
            if value and "," not in value:
                names[value] = country.alpha_2
    return names | _ALIASES


@cache
def _by_first_word() -> dict[str, tuple[str, ...]]:
    return _grouped(iso_names())


def _grouped(names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name.split(" ")[0], []).append(name)
    return {word: tuple(sorted(group, key=len, reverse=True)) for word, group in groups.items()}


def state_at(text: str, at: int, own: Mapping[str, str]) -> Found | None:
    """The longest name of a state at character `at` of `text`; `own` maps a profile's names to codes."""
    word = text[at : at + 40].split(" ")[0].rstrip(",.;:")
    iso = _by_first_word().get(word, ())
    candidates = sorted({*iso, *(n for n in own if n.startswith(word))}, key=len, reverse=True)
    for name in candidates:
        end = at + len(name)
        if text.startswith(name, at) and not text[end : end + 1].isalpha():
            return Found(name, own.get(name) or iso_names()[name], end)
    return None
