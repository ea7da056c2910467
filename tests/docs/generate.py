"""Write the pages of docs/reference that are made from the code: `python -m tests.docs.generate`.

Every page is a function without arguments that gives its text, so that a test can say which one is stale.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec

import kenesh
from kenesh import cli, errors
from kenesh.app import seats
from kenesh.app.settings import Settings
from kenesh.bodies import profile as profiles
from kenesh.bodies import rights
from kenesh.meeting import commands, events
from kenesh.statement import model

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Made from the code by `make docs`; change the code, not this page. -->\n"


def page(title: str, intro: str, *parts: str) -> str:
    """A page with its head, parts divided by blank lines."""
    body = "\n\n".join(p.strip("\n") for p in parts if p)
    return f"{MADE}\n# {title}\n\n{textwrap.dedent(intro).strip()}\n\n{body}\n"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    cells = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_cell(c) for c in row) + " |" for row in cells)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def own_doc(thing: Any) -> str:
    """The docstring of the thing itself, not one that it inherits or that msgspec made; on one line."""
    return " ".join(inspect.cleandoc(thing.__dict__.get("__doc__") or "").split())


_FIELD = re.compile(r"^    (\w+): ([^#=]+?)(?: = ([^#]+?))?(?:\s+#\s*(.*))?$")


def fields_of(kind: type) -> list[tuple[str, str, str]]:
    """Name, type as written, and the remark beside each field of a struct, from its source."""
    found = []
    for line in inspect.getsource(kind).splitlines():
        if line.startswith("    def "):
            break
        match = _FIELD.match(line)
        if match:
            value = {"SCHEMA": f'"{model.SCHEMA}"'}.get(match[3] or "", match[3])
            default = f" Default: `{value}`." if value and value != "None" else ""
            remark = (match[4] or "").strip() or _one_of(match[2])
            end = "." if remark and default and not remark.endswith(".") else ""
            found.append((f"`{match[1]}`", f"`{match[2]}`", f"{remark}{end}{default}".strip()))
    return found


_CHOICES = {
    "ClauseKind": model.ClauseKind,
    "StatementKind": model.StatementKind,
    "MeetingKind": model.MeetingKind,
    "MeetingMode": model.MeetingMode,
    "SeatRole": events.SeatRole,
    "Role": model.Role,
}


def _one_of(annotation: str) -> str:
    """What may stand in a field whose type is one of our lists of words."""
    name = annotation.removesuffix(" | None")
    return " · ".join(f"`{word}`" for word in get_args(_CHOICES[name])) if name in _CHOICES else ""


def struct_part(heading: str, kind: type, says: str = "") -> str:
    doc = says or own_doc(kind)
    rows = fields_of(kind)
    shape = table(("field", "type", "meaning"), rows) if rows else "No fields."
    return "\n\n".join(filter(None, (heading, doc, shape)))


# -- settings -------------------------------------------------------------------------------------------


def settings_page() -> str:
    parts = []
    for field in msgspec.structs.fields(Settings):
        info = msgspec.inspect.type_info(field.type)
        assert isinstance(info, msgspec.inspect.Metadata)
        text = (info.extra_json_schema or {})["description"]
        default = msgspec.json.encode(field.default).decode()
        parts.append(f"## `{field.name}`\n\n{text}\n\nDefault: `{default}`")
    intro = """
        One file per data folder, `kenesh.toml`, written by `kenesh init` with every setting and its help in
        it. Unknown keys are refused, so that a misspelt one is not silently ignored. Options of `kenesh
        serve` win over the file. The folder itself is named with an argument, with `--data`, or with the
        environment variable `KENESH_DATA`.
    """
    return page("Settings", intro, *parts)


# -- command line ---------------------------------------------------------------------------------------


def cli_page() -> str:
    from typer.main import get_command

    root = get_command(cli.app)
    parts = [f"## Exit codes\n\n{_exit_codes()}", *_commands("kenesh", root)]
    intro = """
        Data goes to standard output, talk to standard error, so that output can be piped. `kenesh COMMAND
        -h` says the same as this page.
    """
    return page("Command line", intro, *parts)


def _exit_codes() -> str:
    pairs = re.findall(r"(\d) ([^;.]+)[;.]", cli.EXIT_CODES.removeprefix("Exit codes: "))
    return table(("code", "meaning"), [(code, words) for code, words in pairs])


def _commands(prefix: str, command: Any) -> Iterator[str]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield _command(prefix, command)
        return
    for name in sorted(inner):
        yield from _commands(f"{prefix} {name}", inner[name])


def _command(name: str, command: Any) -> str:
    shown = [p for p in command.params if "--help" not in p.opts]
    arguments = [p for p in shown if p.param_type_name == "argument"]
    options = [p for p in shown if p.param_type_name == "option"]
    words = [_argument_word(a) for a in arguments]
    usage = " ".join([name, *words, *(["[OPTIONS]"] if options else [])])
    rows = [(_argument_word(a), _param_help(a)) for a in arguments] + [
        (", ".join(f"`{o}`" for o in (*p.opts, *p.secondary_opts)), _param_help(p)) for p in options
    ]
    summary = " ".join((command.help or "").split())
    shape = table(("argument or option", "meaning"), rows) if rows else ""
    return "\n\n".join(filter(None, (f"## `{name}`", summary, f"```text\n{usage}\n```", shape)))


def _argument_word(argument: Any) -> str:
    word = argument.name.rstrip("_").upper() + ("..." if argument.nargs == -1 else "")
    return word if argument.required else f"[{word}]"


def _param_help(param: Any) -> str:
    text = getattr(param, "help", None) or ""
    default = param.default
    if default not in (None, False, (), [], "") and not callable(default):
        text += f" Default: `{default}`."
    if getattr(param, "envvar", None):
        text += f" Environment: `{param.envvar}`."
    if param.required and param.param_type_name == "option":
        text += " Required."
    return text.strip()


# -- errors ---------------------------------------------------------------------------------------------

BRANCHES: tuple[tuple[type[errors.KeneshError], str], ...] = (
    (errors.Refused, "A rule said no. Nothing is broken; somebody may not do this now."),
    (errors.BadInput, "What was given cannot be taken as it is. Nothing was changed."),
    (errors.BadRecord, "A stored document or log is not sound."),
    (errors.Unavailable, "Something that Kenesh leans on is not there."),
)


def all_errors() -> tuple[type[errors.KeneshError], ...]:
    """Every error of Kenesh, by code, then by name."""
    for module in pkgutil.walk_packages(kenesh.__path__, "kenesh."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found = {c for c in _below(errors.KeneshError) if not c.__name__.startswith("_")}
    mine = [c for c in found if c.__module__.split(".")[0] == "kenesh"]
    return tuple(sorted(mine, key=lambda c: (c.code, c.__module__, c.__name__)))


def _below(kind: type[errors.KeneshError]) -> Iterator[type[errors.KeneshError]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from _below(sub)


def errors_page() -> str:
    found = all_errors()
    parts = []
    for branch, says in BRANCHES:
        codes: dict[str, list[type[errors.KeneshError]]] = {}
        for error in found:
            if issubclass(error, branch):
                codes.setdefault(error.code, []).append(error)
        parts.append(f"## {branch.__name__}\n\n{says}")
        parts += [_code(code, kinds) for code, kinds in codes.items()]
    intro = """
        Each error has a stable code for programs, a sentence and an advice for people. Words in braces are
        filled in. The JSON interface answers `{"error": CODE, "detail": SENTENCE, "advice": ADVICE}` with
        the HTTP status; the command line prints the sentence and the advice to standard error and leaves
        with the exit code. An answer of the framework itself (an unknown address, a wrong method) has the
        code `http`.
    """
    return page("Errors", intro, *parts)


def _code(code: str, kinds: list[type[errors.KeneshError]]) -> str:
    return "\n\n".join([f"### `{code}`", *(_error(k) for k in kinds)])


def _error(error: type[errors.KeneshError]) -> str:
    lines = [own_doc(error), f"> {error.template} {error.advice}".rstrip()]
    lines.append(f"HTTP {error.http_status}, exit code {error.exit_code}. `{error.__name__}`")
    return "\n\n".join(filter(None, lines))


# -- events and acts ------------------------------------------------------------------------------------

_TAG = re.compile(r"[a-z]+\.[a-z-]+/\d+")


def _all_events() -> tuple[type, ...]:
    """Every event there is: those of a meeting in their order, then those of other streams by name."""
    first = get_args(events.AnyEvent)
    all_errors()  # imports every module
    others = {
        kind
        for name, module in sys.modules.items()
        if name.startswith("kenesh.")
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and _TAG.fullmatch(tag_of(kind))
    }
    return (*first, *sorted(others - set(first), key=tag_of))


EVENTS_SAY = {
    "meeting.called/1": "A meeting was called.",
    "delegation.arrived/1": "A delegation took its seat, or the secretariat noted it.",
    "delegation.left/1": "A delegation left the table.",
    "meeting.opened/1": "The chair opened the meeting; the quorum was met.",
    "meeting.paused/1": "The chair paused the meeting.",
    "meeting.resumed/1": "The chair resumed the meeting.",
    "meeting.ended/1": "The meeting ended; nothing can be changed after it.",
    "chair.handed-over/1": "Another seat presides from now on.",
    "floor.requested/1": "A delegation asked for the floor.",
    "floor.request-withdrawn/1": "A delegation no longer asks for the floor.",
    "floor.given/1": "The chair gave the floor.",
    "floor.yielded/1": "A turn ended.",
    "draft.tabled/1": "A draft was put on the table.",
    "proposal.made/1": "A delegation proposed new words, a new clause, or to strike one.",
    "proposal.withdrawn/1": "A delegation withdrew its proposal.",
    "proposal.supported/1": "A delegation supports another's proposal.",
    "proposal.opposed/1": "A delegation opposes another's proposal.",
    "position.withdrawn/1": "A delegation took its support or opposition back.",
    "clause.inserted/1": "The chair accepted a new clause.",
    "clause.deleted/1": "The chair accepted that a clause is struck.",
    "clause.agreed/1": "A clause was agreed.",
    "clause.reopened/1": "An agreed clause is open again.",
    "objection.raised/1": "A member objects to the adoption.",
    "objection.withdrawn/1": "A member withdrew its objection.",
    "reservation.entered/1": "A member attached its own voice to the text.",
    "reservation.withdrawn/1": "A member withdrew what it had entered on this text.",
    "text.adopted/1": "The chair declared the text adopted.",
    "statement.published/1": "The editions were written; here stand their hashes.",
    "seat.added/1": "The secretariat added a seat, or gave an existing one to another person.",
    "link.issued/1": "The secretariat issued a sign-in link; the link itself is no part of the record.",
}


def tag_of(event: Any) -> str:
    return str(event.__struct_config__.tag)


ALL_EVENTS = _all_events()


def events_page() -> str:
    parts = [struct_part(f"## `{tag_of(e)}`", e, EVENTS_SAY.get(tag_of(e), "")) for e in ALL_EVENTS]
    shared = [events.Actor, events.DraftClause, events.RebasedProposal, events.PublishedFile, seats.Seat]
    parts += [struct_part(f"## {kind.__name__}", kind) for kind in shared]
    intro = """
        What happened, in the past tense, under stable names with a version. A changed shape gets a new
        version; an old event keeps its name and its meaning for ever. Beside its own fields every event
        carries who did it (the delegation and the person), when (UTC) and who may see it (its audience):
        `public`, `meeting`, `members` (with `members+XX` for observers whom the profile lets read drafts),
        `secretariat` or `delegation:XX`. Events of a meeting stand in the stream `meeting/ID`, those of
        seats in `seats`, texts entered in the register in `register`, the body's profile in `body`. The
        types in the last headings are parts of events.
    """
    return page("Events", intro, *parts)


# Who may, and what it does, for each act; a test holds this against the commands.
ACTS: dict[str, tuple[str, str]] = {
    "CallMeeting": (
        "secretariat; chair, where the profile lets it call alone",
        "Calls a meeting. An act of its own: `POST /api/meetings`.",
    ),
    "Arrive": (
        "members, observers, chair; secretariat for others",
        "Takes the delegation's seat at the table. A delegation sends no field; the secretariat names whom "
        "it notes as present.",
    ),
    "Leave": (
        "members, observers, chair; secretariat for others",
        "Leaves the table. A delegation sends no field; the secretariat names whom it notes as absent.",
    ),
    "OpenMeeting": ("chair", "Opens the meeting, with quorum, from half an hour before its time."),
    "PauseMeeting": ("chair", "Pauses the meeting."),
    "ResumeMeeting": ("chair", "Resumes it."),
    "EndMeeting": ("chair", "Ends it: with the adopted text, without one, or with a summary by the chair."),
    "HandOverChair": (
        "chair; secretariat when the chair has left",
        "Gives the chair to a member's seat. Send `seat` and `reason`; the delegation follows from the seat.",
    ),
    "RequestFloor": ("members, observers", "Asks for the floor."),
    "WithdrawFloorRequest": ("members, observers", "No longer asks for it."),
    "GiveFloor": ("chair", "Gives the floor; the turn of who speaks now ends."),
    "YieldFloor": ("speaker, chair", "Ends the turn."),
    "TableDraft": (
        "chair, secretariat",
        "Puts a draft on the table. An act of its own: `POST /api/meetings/{meeting}/draft`.",
    ),
    "Amend": ("members", "Proposes new words for a clause."),
    "Insert": ("members", "Proposes a new clause after another, at the top where `after` is left out."),
    "Delete": ("members", "Proposes to strike a clause."),
    "WithdrawProposal": ("the delegation that made it", "Withdraws a proposal."),
    "Support": ("members", "Supports another delegation's proposal."),
    "Oppose": ("members", "Opposes another delegation's proposal; this is no objection to adoption."),
    "WithdrawPosition": ("members", "Takes one's support or opposition back."),
    "AcceptAlternative": (
        "chair",
        "Accepts one alternative of one bracket; everything else is carried over.",
    ),
    "AcceptProposal": ("chair", "Accepts a whole proposal."),
    "SetAside": ("chair", "Does not take a proposal up; its words stay in the record."),
    "AgreeClause": ("chair", "Notes that a clause is agreed, by default ad referendum."),
    "ReopenClause": ("chair, members", "Reopens an agreed clause."),
    "PutText": (
        "chair",
        "Asks whether there is any objection to exactly this text. Send `seen_sha256`, the hash of the text "
        "that was read; if the table says something else by now, nothing is put. It may be left out.",
    ),
    "Object": ("members", "Objects to the adoption; this stops consensus."),
    "WithdrawObjection": ("members", "Withdraws the delegation's objection."),
    "Reserve": ("members", "Attaches the delegation's own voice to the text; this stops nothing."),
    "WithdrawReservation": ("members", "Withdraws all that the delegation has entered on this text."),
    "TakeBackText": ("chair", "Takes the text back; negotiation goes on."),
    "DeclareAdopted": ("chair", "Declares the text adopted, when no objection stands."),
    "Publish": ("secretariat, chair", "Writes and records the editions. Send no field. Once."),
}
_FORM_FIELDS = {
    "PutText": [("`seen_sha256`", "`str | None`", "")],
    "Publish": [],
    "CallMeeting": [],
    "TableDraft": [],
}


def acts_page() -> str:
    from kenesh.web.acts import act_name

    parts = []
    for command in get_args(commands.AnyCommand):
        who, says = ACTS[command.__name__]
        rows = _FORM_FIELDS.get(command.__name__, fields_of(command))
        shape = table(("field", "type", "meaning"), rows) if rows else ""
        doc = own_doc(command) if command.__name__ == "AcceptAlternative" else ""
        parts.append(
            "\n\n".join(filter(None, (f"## `{act_name(command)}`", says, doc, f"Who: {who}.", shape)))
        )
    intro = """
        What a seat may ask for in a meeting. A page sends an act as a form to
        `/meetings/{meeting}/acts/{act}`, a program as JSON to `/api/meetings/{meeting}/acts`; both come to
        the same rule. Fields are text; numbers are written in digits. An act names what its sender saw (a
        revision, a call, the key of an alternative), never "the current one". "Chair" is the seat that
        presides now; "members" can be widened by the profile, which may let observers propose and take
        positions. The right is looked at first, then the phase of the meeting, then what was asked: see
        [Rights and rules](../explanation/rights-and-rules.md).
    """
    return page("Acts", intro, *parts)


# -- routes ---------------------------------------------------------------------------------------------


# What a route gives, where its function has no sentence of its own.
ROUTES_SAY = {
    "register_home": "The register: every published or entered text, newest first.",
    "search_page": "Agreed language: clauses by words (`q`), act (`act`) and years (`from`, `to`).",
    "sign_in_help": "How one signs in.",
    "leave": "End the session.",
    "meetings_page": "The meetings this seat may see.",
    "call_page": "The form by which a meeting is called.",
    "call": "Call a meeting from the form.",
    "invitations_page": "Who is invited, and how each seat stands.",
    "invitation": "The invitation for calendars (iCalendar).",
    "seats_page": "Who sits where.",
    "new_link": "A fresh sign-in link for one seat, shown once.",
    "end_seat": "End every session and unused link of a seat, at once.",
    "new_seat": "Add a seat, or give one to another person.",
    "room_page": "The meeting room.",
}


def all_routes() -> list[tuple[str, str, Any]]:
    """Method, path and function of every route, pages first."""
    from kenesh.web.app import API_ROUTES, ROUTES

    found = []
    for handler in (*ROUTES, *API_ROUTES):
        function = inspect.unwrap(getattr(handler.fn, "func", handler.fn))
        for path in sorted(handler.paths):
            for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                found.append((str(method), re.sub(r":\w+}", "}", path), function))
    return found


def routes_page() -> str:
    parts = []
    for method, path, function in all_routes():
        says = says_of(function)
        parts.append("\n\n".join((f"## `{method} {path}`", says, f"For: {_for_whom(function)}.")))
    intro = """
        Every address of a site. `/static/…` holds its script, styles and fonts, and `/schema` the
        description of the JSON interface as OpenAPI. "A seat" means a session opened with a sign-in link; a
        seat that may not see a meeting gets the same answer as for one that does not exist.
    """
    return page("Routes", intro, *parts)


def says_of(function: Any) -> str:
    doc = " ".join(inspect.cleandoc(function.__doc__ or "").split())
    return doc or ROUTES_SAY[function.__name__]


def _for_whom(function: Any) -> str:
    source = inspect.getsource(function)
    if "secretariat_seat" in source:
        return "the secretariat"
    return "a seat" if "needed_seat" in source or "_stream(" in source else "everybody"


# -- profile and statement ------------------------------------------------------------------------------


def profile_page() -> str:
    doc = inspect.cleandoc(profiles.__doc__ or "")
    before, example = doc.split("    schema = 1", 1)
    example, source = ("    schema = 1" + example).split("\nSource:", 1)
    seats_in = ("member", "observer", "chair", "secretariat")
    every = get_args(profiles.Right)
    sample = profiles.known()[0]
    member = sample.members[0].code
    held = {s: rights(sample, s, member if s != "secretariat" else None, presiding=False) for s in seats_in}
    held["whoever presides, beside its own"] = frozenset({"preside"})
    rows = [(f"`{r}`", *("yes" if r in have else "" for have in held.values())) for r in every]
    return page(
        "The profile of a body",
        " ".join(before.split()),
        f"```toml\n{textwrap.dedent(example).strip()}\n```",
        f"Source: {' '.join(source.split())}",
        "## Rights of a seat\n\nThe default, before a profile changes what observers may do or who may call. "
        "No profile gives an observer `object`, `preside`, `assist` or `call`.",
        table(("right", *held), rows),
        '## What this version carries out\n\nDecisions by `consensus`, with or without `presence = "all"`. '
        "A profile may say more (votes, silence, referral); a text is then refused to be put, with the code "
        "`refused.rule-not-carried-out`, rather than decided by another rule.",
    )


def statement_page() -> str:
    kinds = [
        model.Statement,
        model.BodyRef,
        model.MeetingRef,
        model.Participant,
        model.Clause,
        model.LeadingPhrase,
        model.Citation,
        model.Footnote,
        model.Annex,
        model.Adoption,
        model.Reservation,
        model.Source,
    ]
    acts = ", ".join(f"`{a}`" for a in model.ACTS)
    intro = f"""
        The JSON that `kenesh read --json` prints, the JSON edition holds and `/api/register/ID` answers:
        `{model.SCHEMA}`. Keys may be added in later versions; those here stay. A field that has nothing to
        say is `null` or an empty list (in a leading phrase it is left out). Spans count characters of the
        clause's text.
    """
    parts = [struct_part(f"## {k.__name__}", k) for k in kinds]
    return page("The statement as JSON", intro, *parts, f"## Acts\n\nThe classes of `act`: {acts}.")


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "cli.md": cli_page,
    "errors.md": errors_page,
    "events.md": events_page,
    "acts.md": acts_page,
    "routes.md": routes_page,
    "profile.md": profile_page,
    "statement.md": statement_page,
}


def main() -> None:
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        path, text = REFERENCE / name, make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
