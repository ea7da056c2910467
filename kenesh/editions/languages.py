"""Language tags for the web: ISO 639-2 as BCP 47, and the direction of writing."""

from __future__ import annotations

import re

_SHORT: dict[str, str] = dict(
    re.findall(
        r"(\w+):(\w+)",
        "eng:en fra:fr fre:fr spa:es rus:ru ara:ar zho:zh chi:zh deu:de ger:de tur:tr aze:az kaz:kk kir:ky "
        "uzb:uz tuk:tk hun:hu por:pt ita:it nld:nl dut:nl pol:pl ukr:uk fas:fa per:fa heb:he urd:ur pus:ps "
        "uig:ug kur:ku hin:hi ben:bn jpn:ja kor:ko vie:vi tha:th ind:id msa:ms may:ms swa:sw amh:am ell:el "
        "gre:el bul:bg ron:ro rum:ro ces:cs cze:cs slk:sk slo:sk slv:sl hrv:hr srp:sr bos:bs mkd:mk mac:mk "
        "sqi:sq alb:sq hye:hy arm:hy kat:ka geo:ka mon:mn tat:tt bak:ba tgk:tg swe:sv dan:da nor:no fin:fi "
        "est:et lav:lv lit:lt isl:is ice:is gle:ga mlt:mt cat:ca eus:eu baq:eu glg:gl lat:la",
    )
)
_RIGHT_TO_LEFT = frozenset(
    ("ara", "fas", "per", "heb", "urd", "pus", "uig", "ckb", "snd", "syr", "div", "yid")
)


def tag(language: str) -> str:
    """The shortest tag for an ISO 639-2 code; the code itself where there is no shorter one."""
    return _SHORT.get(language, language)


def direction(language: str) -> str:
    """ "rtl" or "ltr"."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"
