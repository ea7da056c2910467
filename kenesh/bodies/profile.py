"""The profile of a body: who sits in it, when, and by which rules it meets and decides.

A profile is one TOML file. Every key is here; unknown keys are refused, so that a misspelt one is not
silently ignored. Only `id`, `name` and one `[[member]]` are required.

    schema = 1
    id = "mc-cfm"                       # also the actor of the text's address
    name = "Council of Foreign Ministers of the Meridian Compact"
    organization = "Meridian Compact"   # as in "Secretary General of the Meridian Compact"
    jurisdiction = "aa-mc"              # of the Akoma Ntoso address
    actor = "mc-cfm"                    # of the Akoma Ntoso address; the id where it is left out
    style = "has-past"                  # drafting style
    languages = { official = [], working = ["en"], authentic = ["en"] }

    [[member]]                          # repeated
    code = "KS"                         # ISO 3166 alpha-2, or the body's own
    name = "Republic of Kesteria"       # without "the"
    short = "Kesteria"                  # as in "Kesteria's objection"; the name where it is left out
    article = true                      # "of the Republic ..."; guessed from the name where it is left out
    from = 2015-05-14                   # first day it sits; left out: always
    to = 2024-12-31                     # last day it sits; left out: still
    minister = { name = "Tymofii Shchedrenko", title = "Minister of Foreign Affairs" }

    [[observer]]                        # the same keys, and
    code = "WY"
    name = "Wyland"
    article = false
    rights = ["attend", "read", "speak"]   # instead of the default; may add "propose", "position"

    [secretariat]
    name = "Secretariat of the Meridian Compact"
    head = { name = "Nurlan Bektemir", title = "Secretary General" }

    [chair]
    rotation = "alphabetical"           # alphabetical | elected | office | host | summit-host | ...
    alphabet = "en"
    term = "P1Y"                        # ISO 8601 duration or "between-summits"

    [quorum]                            # to open; the default is all members
    need = "all"                        # "all" | "none" | "2/3" (at least) | ">1/2" (more than) | "9"
    of = "members"
    decide = { need = "all" }           # to decide; the same as to open where it is left out

    [[rule]]                            # ordered; the first whose `acts` matches is used
    acts = ["*"]                        # "statement", "resolution", "procedure", ... or "*"
    chain = [ { kind = "consensus" } ]  # presence = "all": absent members stop it

    [silence]
    allowed = true
    min_hours = 24
    max_hours = 240

    [ordinary]
    notice_hours = 168
    modes = ["in-person", "video", "hybrid"]

    [extraordinary]
    call = [ { who = "chair" }, { who = "member", count = 2, consent = "all" } ]
    notice_hours = 24                   # at least so long before it starts
    emergency_hours = 1                 # an urgent call may shorten the notice to this; left out: it may not
    modes = ["in-person", "video", "hybrid"]
    video_decides = true                # whether a videoconference may adopt

    [opt_out]
    kinds = ["reservation", "disassociation", "interpretation", "explanation"]

Source: the dimensions in which the rules of procedure of nineteen bodies differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kenesh.errors import BadInput
from kenesh.statement.model import MeetingMode

Right = Literal[
    "call", "attend", "read", "speak", "propose", "position", "object", "reserve", "preside", "assist"
]
DelegationKind = Literal["member", "observer"]
OptOut = Literal["reservation", "disassociation", "interpretation", "explanation"]

SECRETARIAT = "secretariat"  # stands in the attendance where a delegation's code stands
_NEED = re.compile(r"all|none|\d+|>?\d+/[1-9]\d*")
_WITH_ARTICLE = re.compile(
    r"\b(Republic|Kingdom|Federation|State|States|Union|Organization|Emirates|Principality|Duchy"
    r"|Commonwealth|Islands|Confederation|Community|Netherlands|Philippines|Gambia|Bahamas)\b"
)

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]+$", min_length=2, max_length=16)]
Text = Annotated[str, Meta(min_length=1, max_length=300)]
Hours = Annotated[int, Meta(ge=0, le=24 * 366)]


class BadProfile(BadInput):
    """A profile that cannot be taken."""

    code = "input.profile"
    template = "{name}: {reason}"
    advice = "Compare with the packaged profile ots-cfm.toml; unknown keys are refused on purpose."


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a profile: nothing unknown is taken."""


class Person(_Part, frozen=True):
    name: Text  # without "H.E."
    title: Text | None = None  # without "of the Republic of ..."


class Delegation(_Part, frozen=True, rename={"since": "from", "until": "to"}):
    """A member or an observer, and the days on which it is one."""

    code: Code
    name: Text
    short: Text | None = None
    article: bool | None = None
    since: date | None = None
    until: date | None = None
    minister: Person | None = None
    rights: tuple[Right, ...] | None = None  # observers only: instead of the default
    note: Text | None = None  # for readers of the profile

    def sits_on(self, on: date) -> bool:
        """Whether it is a member (an observer) on that day; first and last day count."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    @property
    def with_article(self) -> str:
        """As it stands after "of": "the Republic of Kesteria", "Wyland"."""
        article = self.article if self.article is not None else bool(_WITH_ARTICLE.search(self.name))
        return f"the {self.name}" if article else self.name


class Languages(_Part, frozen=True):
    official: tuple[str, ...] = ()
    working: tuple[str, ...] = ("en",)
    authentic: tuple[str, ...] = ("en",)


class Secretariat(_Part, frozen=True):
    name: Text = "Secretariat"
    head: Person | None = None


class Chair(_Part, frozen=True):
    rotation: str = "alphabetical"
    alphabet: str = "en"
    term: str | None = None


class QuorumNeed(_Part, frozen=True):
    """How many must be present: `need` of the members."""

    need: str = "all"
    of: Literal["members"] = "members"


class Quorum(_Part, frozen=True):
    need: str = "all"
    of: Literal["members"] = "members"
    decide: QuorumNeed | None = None

    @property
    def to_open(self) -> QuorumNeed:
        return QuorumNeed(self.need, self.of)

    @property
    def to_decide(self) -> QuorumNeed:
        return self.decide or self.to_open


class Step(_Part, frozen=True):
    """One step of a chain of decision; what this version cannot carry out, it refuses to carry out."""

    kind: Literal["consensus", "unanimity", "vote", "without-vote", "refer", "chair-summary"]
    presence: Literal["all"] | None = None
    minus: str | None = None
    of: str | None = None
    need: str | None = None
    abstain: str | None = None
    veto: str | None = None
    to: str | None = None


class Rule(_Part, frozen=True):
    acts: tuple[str, ...] = ("*",)
    chain: tuple[Step, ...] = (Step("consensus"),)


class Silence(_Part, frozen=True):
    allowed: bool = False
    start_by: str = "chair"
    min_hours: Hours | None = None
    max_hours: Hours | None = None
    extendable: bool = False
    break_by: str = "any-member"
    form: str | None = None


class Ordinary(_Part, frozen=True):
    notice_hours: Hours = 0
    modes: tuple[MeetingMode, ...] = ("in-person", "video", "hybrid", "written")


class CallRule(_Part, frozen=True):
    who: Literal["chair", "member", "secretariat"]
    count: Annotated[int, Meta(ge=1)] = 1
    consent: Literal["all"] | None = None


class Extraordinary(_Part, frozen=True):
    call: tuple[CallRule, ...] = (CallRule("chair"),)
    notice_hours: Hours = 24
    emergency_hours: Hours | None = None
    modes: tuple[MeetingMode, ...] = ("in-person", "video", "hybrid", "written")
    video_decides: bool = True


class OptOuts(_Part, frozen=True):
    kinds: tuple[OptOut, ...] = ("reservation", "disassociation", "interpretation", "explanation")


class Profile(
    _Part,
    frozen=True,
    kw_only=True,
    rename={"members": "member", "observers": "observer", "rules": "rule"},
):
    """A body at all times: its members and observers carry the days on which they sit."""

    schema: Literal[1] = 1
    id: Slug
    name: Text
    organization: Text | None = None
    jurisdiction: Slug = "aa"
    actor: str = ""  # filled with the id where the file leaves it out
    style: str = "has-past"
    languages: Languages = Languages()
    members: Annotated[tuple[Delegation, ...], Meta(min_length=1)]
    observers: tuple[Delegation, ...] = ()
    secretariat: Secretariat = Secretariat()
    chair: Chair = Chair()
    quorum: Quorum = Quorum()
    rules: tuple[Rule, ...] = (Rule(),)
    silence: Silence = Silence()
    ordinary: Ordinary = Ordinary()
    extraordinary: Extraordinary = Extraordinary()
    opt_out: OptOuts = OptOuts()

    @staticmethod
    def from_toml(text: str, name: str) -> Profile:
        """Read a profile.

        Args:
            text: TOML, as in the example at the head of this module.
            name: where it came from; errors name it.

        Raises:
            BadProfile: not TOML, an unknown key, a value out of range, or facts that contradict each other.
        """
        try:
            profile = msgspec.toml.decode(text, type=Profile)
        except (msgspec.MsgspecError, ValueError) as error:
            raise BadProfile(name=name, reason=_plain(str(error))) from error
        if trouble := next(_troubles(profile), None):
            raise BadProfile(name=name, reason=trouble)
        return profile if profile.actor else msgspec.structs.replace(profile, actor=profile.id)

    def members_on(self, on: date) -> tuple[Delegation, ...]:
        """The members on a day, in protocol order."""
        return tuple(sorted((m for m in self.members if m.sits_on(on)), key=_code))

    def observers_on(self, on: date) -> tuple[Delegation, ...]:
        """The observers on a day, in protocol order."""
        return tuple(sorted((o for o in self.observers if o.sits_on(on)), key=_code))

    def delegation(self, code: str, on: date | None = None) -> Delegation | None:
        """The member or observer of this code; with a day, as which it sits then (its latest seat, else)."""
        found = [d for d in (*self.observers, *self.members) if d.code == code]
        sitting = [d for d in found if on is not None and d.sits_on(on)]
        chosen = sitting or found
        return chosen[-1] if chosen else None

    def name_of(self, code: str) -> str:
        """The full name of a state, "Republic of Kesteria"; the code itself where it is unknown."""
        if code == SECRETARIAT:
            return self.secretariat.name
        found = self.delegation(code)
        return found.name if found else code

    def short_of(self, code: str) -> str:
        """The name people say, "Kesteria"."""
        found = self.delegation(code)
        return (found.short or found.name) if found else self.name_of(code)

    def order(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Delegations in protocol order: by code, each once."""
        return tuple(sorted(set(codes)))


def _code(delegation: Delegation) -> str:
    return delegation.code


def _plain(reason: str) -> str:
    """The decoder's message in the words of the file: "unknown key `qorum`"."""
    return (
        reason.replace("Object contains unknown field", "unknown key")
        .replace(" - at `$", " at `")
        .replace("`.", "`")
    )


def _troubles(profile: Profile) -> Iterator[str]:
    for kind, delegations in (("member", profile.members), ("observer", profile.observers)):
        yield from _overlaps(kind, delegations)
    for delegation in (*profile.members, *profile.observers):
        if delegation.since and delegation.until and delegation.until < delegation.since:
            yield f"{delegation.code}: `to` is before `from`"
    if any(m.rights is not None for m in profile.members):
        yield "`rights` can be set for observers only; members have theirs by the rules of procedure"
    for what, need in (
        ("quorum.need", profile.quorum.need),
        ("quorum.decide.need", profile.quorum.to_decide.need),
    ):
        if not _NEED.fullmatch(need):
            yield f'{what} is "{need}"; expected "all", "none", "2/3", ">1/2" or a number such as "9"'


def _overlaps(kind: str, delegations: Iterable[Delegation]) -> Iterator[str]:
    seen: list[Delegation] = []
    for one in delegations:
        for other in seen:
            apart = (one.until and other.since and one.until < other.since) or (
                other.until and one.since and other.until < one.since
            )
            if one.code == other.code and not apart:
                yield f"{kind} {one.code} stands twice for the same days"
        seen.append(one)


@cache
def known() -> tuple[Profile, ...]:
    """The profiles that come with Kenesh, by id."""
    folder = files("kenesh.bodies") / "data"
    found = [f for f in folder.iterdir() if f.name.endswith(".toml")]
    profiles = (Profile.from_toml(f.read_text(encoding="utf-8"), f.name) for f in found)
    return tuple(sorted(profiles, key=lambda p: p.id))
