"""The command line: parse, call an act, show. Data to stdout, talk to stderr.

Exit codes: 0 done · 1 false, or not sound · 2 input that cannot be taken · 3 cannot be told ·
4 refused by a rule · 5 something needed is not there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console

from kenesh import __version__
from kenesh.errors import BadInput, KeneshError, Unavailable

if TYPE_CHECKING:
    from kenesh.app.house import House

EXIT_CODES = (
    "Exit codes: 0 done; 1 false, or a record that is not sound; 2 input that cannot be taken; "
    "3 cannot be told; 4 refused by a rule; 5 something needed is not there."
)
app = typer.Typer(
    name="kenesh",
    help="Councils of states call meetings, negotiate a statement, adopt it, publish it, and find it again.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
seat_app = typer.Typer(help="Seats: who sits where, and their sign-in links.", no_args_is_help=True)
register_app = typer.Typer(help="The register of agreed texts.", no_args_is_help=True)
app.add_typer(seat_app, name="seat")
app.add_typer(register_app, name="register")

err = Console(stderr=True, highlight=False, soft_wrap=True)

DataOption = Annotated[
    Path, typer.Option("--data", envvar="KENESH_DATA", help="The data folder.", show_default=True)
]
DEFAULT_DATA = Path("kenesh-data")


class BadPair(BadInput):
    code = "input.version"
    template = "{name}: {reason}"
    advice = "Write each version as CODE=FILE, as in AZ=azerbaijan.txt."


class MachineRefuses(Unavailable):
    code = "unavailable.machine"
    template = "{file}: {reason}"
    advice = "Look at its permissions, at the disk, and whether another program holds it."


def main() -> NoReturn:
    """The entry point: an error of ours becomes one line and an exit code, never a trace."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except KeneshError as error:
        _complain(error)
        sys.exit(error.exit_code)
    except OSError as error:
        _complain(MachineRefuses(file=error.filename or "this", reason=error.strerror or error))
        sys.exit(MachineRefuses.exit_code)
    finally:
        with _reader_may_go_away():
            sys.stdout.flush()
    sys.exit(0)


@contextmanager
def _reader_may_go_away() -> Iterator[None]:
    """Whoever reads our data may have enough of it (`| head`): that is no error, and nothing more is said."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _complain(error: KeneshError) -> None:
    said = str(error).rstrip(".")
    err.print(f"[bold]{_escape(said)}.[/bold]" + (f" {_escape(error.advice)}" if error.advice else ""))


def _escape(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _print(data: str) -> None:
    with _reader_may_go_away():
        sys.stdout.write(data + "\n")


def _json(value: Any, *, pretty: bool = False) -> str:
    import msgspec

    raw = msgspec.json.encode(value)
    return (msgspec.json.format(raw, indent=2) if pretty else raw).decode()


@contextmanager
def _house(data: Path, *, write: bool = True) -> Iterator[House]:
    from kenesh.app.house import opened

    with opened(data, write=write) as house:
        yield house


def _progress(paths: list[Path], words: str) -> Iterable[Path]:
    """Each path, with a bar on stderr where there are many and a person looks on."""
    if len(paths) < 20 or not sys.stderr.isatty():
        return paths
    from rich.progress import track

    return track(paths, description=words, console=err, transient=True)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Say the version.", is_eager=True)] = False,
) -> None:
    if version:
        _print(f"kenesh {__version__}")
        raise typer.Exit


# -- texts ----------------------------------------------------------------------------------------------


@app.command(epilog=EXIT_CODES)
def read(
    files: Annotated[list[Path], typer.Argument(help="Texts, HTML, Akoma Ntoso or JSON.")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one object per statement.")] = False,
    pretty: Annotated[bool, typer.Option("--pretty", help="JSON, indented for people.")] = False,
) -> None:
    """Read texts into statements; without --json, say in short what was understood."""
    from kenesh.app.files import read_file

    worst: KeneshError | None = None
    for path in _progress(files, "reading"):
        try:
            statement = read_file(path)
        except KeneshError as error:  # one bad file does not stop the others
            _complain(error)
            worst = error
            continue
        if as_json or pretty:
            _print(_json(statement, pretty=pretty))
        else:
            _print("\n".join(_summary(statement)))
    if worst is not None:
        raise typer.Exit(worst.exit_code)


def _summary(s: Any) -> Iterator[str]:
    """What was understood of a statement, a few lines for people."""
    yield f"{s.title or '(no title)'}"
    yield f"  {s.kind}{f' ({s.reason})' if s.reason else ''}; {s.language}"
    if s.body:
        yield f"  body: {s.body.name}" + (f" [{s.body.id}]" if s.body.id else "")
    if s.meeting:
        m = s.meeting
        words = [m.kind, m.mode, m.place, m.start if m.start == m.end else f"{m.start} to {m.end}"]
        yield "  meeting: " + ", ".join(w for w in words if w)
    for p in s.participants:
        where = f" ({p.code or p.state})" if p.code or p.state else ""
        yield f"  {p.role}: {p.name}{where}{f', {p.title}' if p.title else ''}"
    for clause in s.walk():
        acts = ", ".join(f"{p.act} {p.strength}" for p in clause.phrases)
        yield f"  {clause.kind[:4]} {clause.number or '–':4} {clause.text[:88]}" + (
            f"  [{acts}]" if acts else ""
        )


@app.command(epilog=EXIT_CODES)
def publish(
    file: Annotated[Path, typer.Argument(help="A statement in any form that can be read.")],
    to: Annotated[str, typer.Option("--to", help="Forms, with commas.")] = "txt,html,json,akn",
    out: Annotated[Path, typer.Option("--out", help="The folder to write into.")] = Path(),
    name: Annotated[str | None, typer.Option("--name", help="File name without ending.")] = None,
) -> None:
    """Write the editions of a statement as NAME.txt .html .json .xml, and nothing else."""
    from kenesh.app.files import path_text, publish_file, read_file
    from kenesh.editions import FORMS, UnknownForm

    forms = [f.strip() for f in to.split(",") if f.strip()]
    for form in forms or [to]:
        if form not in FORMS:
            raise UnknownForm(name=form or "--to", reason=f"forms are {', '.join(FORMS)}")
    for path in publish_file(read_file(file), forms, out, name):
        _print(path_text(path))


@app.command(name="compile", epilog=EXIT_CODES)
def compile_(
    base: Annotated[Path, typer.Argument(help="The text all started from.")],
    versions: Annotated[list[str], typer.Argument(help="CODE=FILE for each delegation.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """The rolling text of several delegations' edited versions of one text."""
    from kenesh.app.files import compile_files

    paths: dict[str, Path] = {}
    for pair in versions:
        code, equals, file = pair.partition("=")
        if not equals or not code or not file:
            raise BadPair(name=pair, reason="this is not CODE=FILE")
        if code in paths:
            raise BadPair(name=pair, reason=f"{code} is given twice")
        paths[code] = Path(file)
    compilation = compile_files(base, paths)
    _print(_json(compilation) if as_json else compilation.to_text().rstrip("\n"))


@app.command(epilog=EXIT_CODES)
def verify(
    file: Annotated[Path | None, typer.Argument(help="A published file.")] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", envvar="KENESH_DATA", help="The data folder whose record to check against."),
    ] = None,
    record: Annotated[
        bool, typer.Option("--record", help="Recompute the whole record of the data folder.")
    ] = False,
    held: Annotated[
        list[str] | None,
        typer.Option("--held", help="With --record: a head noted elsewhere, as SIZE:ROOT; may be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The verdict as JSON.")] = False,
) -> None:
    """Verify a published file in numbered steps, or with --record the whole record."""
    if record:
        _verify_record(data or DEFAULT_DATA, held or [], as_json=as_json)
    if file is None:
        raise BadInput(name="verify", reason="name a file, or --record for the whole record")
    from kenesh.app.files import path_text, read_bytes
    from kenesh.app.verify import verify_file

    raw, name = read_bytes(file), path_text(file)
    if data is None and DEFAULT_DATA.is_dir():
        data = DEFAULT_DATA
    if data is None:
        verification = verify_file(raw, name)
    else:
        with _house(data, write=False) as house:
            verification = verify_file(raw, name, house=house)
    if as_json:
        _print(_json(verification))
    else:
        for step in verification.steps:
            _print(f"{step.number}  {step.status:13}  {step.name}: {step.detail}")
        _print(f"{name}: {verification.verdict}")
    raise typer.Exit({"passed": 0, "failed": 1, "indeterminate": 3}[verification.verdict])


def _verify_record(data: Path, held: list[str], *, as_json: bool) -> NoReturn:
    from kenesh.app.verify import summary, verify_record

    report = verify_record(data, held=held)
    _print(_json(report) if as_json else summary(report))
    raise typer.Exit(0 if report.sound else 1)


# -- the register ---------------------------------------------------------------------------------------


@register_app.command("add", epilog=EXIT_CODES)
def register_add(
    files: Annotated[list[Path], typer.Argument(help="Texts to enter.")], data: DataOption = DEFAULT_DATA
) -> None:
    """Enter texts in the register; a data folder that is not there is made, for a register alone."""
    from kenesh.app.files import path_text, read_bytes
    from kenesh.app.init_house import init_house
    from kenesh.app.register_text import register_text

    if not data.exists():
        init_house(data).close()
        err.print(f"made {data}, a data folder with a register only")
    worst: KeneshError | None = None
    with _house(data) as house:
        for path in _progress(files, "entering"):
            try:
                entry, new = register_text(house, read_bytes(path), path_text(path))
            except KeneshError as error:  # one bad file does not stop the others
                _complain(error)
                worst = error
                continue
            _print(f"{entry.id}\t{'entered' if new else 'already there'}\t{entry.statement.title or ''}")
    if worst is not None:
        raise typer.Exit(worst.exit_code)


@register_app.command("list", epilog=EXIT_CODES)
def register_list(data: DataOption = DEFAULT_DATA) -> None:
    """List the texts of the register, in order of entering."""
    from kenesh.app.library import entries

    with _house(data, write=False) as house:
        for entry in entries(house):
            _print(f"{entry.id}\t{entry.date or ''}\t{entry.statement.title or ''}")


@app.command(epilog=EXIT_CODES)
def precedents(
    text: Annotated[str, typer.Argument(help="Words of a clause; half a sentence is enough.")],
    data: DataOption = DEFAULT_DATA,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100)] = 10,
    act: Annotated[str | None, typer.Option("--act", help="Only clauses of this act, as condemns.")] = None,
    body: Annotated[str | None, typer.Option("--body", help="Only of this body, by its id.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one clause each.")] = False,
) -> None:
    """Find clauses that say this, or nearly this: who agreed to these words, and when."""
    from kenesh.app.find_precedents import find_precedents

    with _house(data, write=False) as house:
        found = find_precedents(house, text, limit=limit, act=act, body=body)
    for p in found:
        if as_json:
            _print(_json(p))
        else:
            _print(f"{p.match:8} {p.date or 'undated':10} {p.entry} {p.number or ''}\n    {p.text}")
    if not found:
        err.print("nothing like it was found")


# -- the house ------------------------------------------------------------------------------------------


@app.command(epilog=EXIT_CODES)
def init(
    folder: Annotated[Path, typer.Argument(help="A new data folder.")],
    body: Annotated[Path, typer.Option("--body", help="The profile of the body, as TOML.")],
    origin: Annotated[
        str | None,
        typer.Option("--origin", help="Name of the record, as council.example/record; it can never change."),
    ] = None,
) -> None:
    """Make a data folder for a body, with a seat for the secretariat; prints its first sign-in link."""
    from kenesh.app.init_house import init_house
    from kenesh.app.seats import OPERATOR, Seat, add_seat, link_of
    from kenesh.app.settings import Settings, changed

    house = init_house(
        folder, body=body, settings=changed(Settings(), "--origin", origin=origin) if origin else None
    )
    try:
        head = house.body.secretariat.head
        seat = Seat("secretariat", "secretariat", head.name if head else "Secretariat")
        link = link_of(house, OPERATOR, add_seat(house, OPERATOR, seat))
    finally:
        house.close()
    err.print(f"made {folder} for {house.body.name}; now: kenesh serve {folder}")
    err.print("the secretariat enters with this link, once, and makes the other seats on its page:")
    _print(link)


@seat_app.command("add", epilog=EXIT_CODES)
def seat_add(
    seat: Annotated[str, typer.Argument(help="Id: letters a to z, digits, hyphens.")],
    person: Annotated[str, typer.Option("--person", help="Who holds it.")],
    role: Annotated[str, typer.Option("--role", help="chair, member, observer or secretariat.")] = "member",
    delegation: Annotated[str | None, typer.Option("--delegation", help="Code in the profile.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="The person's title.")] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Add a seat, or give an existing one to another person."""
    from kenesh.app.seats import OPERATOR, Seat, add_seat

    with _house(data, write=False) as house:
        add_seat(house, OPERATOR, Seat(seat, role, person, delegation, title))  # type: ignore[arg-type]
    err.print(f"seat {seat} is {person}'s")


@seat_app.command("link", epilog=EXIT_CODES)
def seat_link(
    seat: Annotated[str, typer.Argument(help="Id of the seat.")], data: DataOption = DEFAULT_DATA
) -> None:
    """Print a fresh single-use sign-in link for a seat."""
    from kenesh.app.seats import OPERATOR, find_seat, link_of

    with _house(data, write=False) as house:
        _print(link_of(house, OPERATOR, find_seat(house, seat)))


@seat_app.command("revoke", epilog=EXIT_CODES)
def seat_revoke(
    seat: Annotated[str, typer.Argument(help="Id of the seat.")],
    remove: Annotated[bool, typer.Option("--remove", help="Take the seat away too.")] = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """End every session and unused link of a seat, at once."""
    from kenesh.app.seats import OPERATOR, revoke_seat

    with _house(data, write=False) as house:
        revoke_seat(house, OPERATOR, seat, remove=remove)
    err.print(f"ended every session and link of {seat}")


@seat_app.command("list", epilog=EXIT_CODES)
def seat_list(data: DataOption = DEFAULT_DATA) -> None:
    """List the seats."""
    from kenesh.app.seats import list_seats

    with _house(data, write=False) as house:
        for s in list_seats(house):
            signed = len(house.store.sessions(s.id))
            _print(f"{s.id}\t{s.role}\t{s.delegation or ''}\t{s.person}\t{signed} signed in")


@app.command(epilog=EXIT_CODES)
def serve(
    folder: Annotated[Path, typer.Argument(help="The data folder.")] = DEFAULT_DATA,
    base_url: Annotated[
        str | None, typer.Option("--base-url", help="Address under which it is reached.")
    ] = None,
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port to listen on.", min=1, max=65535)] = None,
    trusted_proxy: Annotated[
        list[str] | None,
        typer.Option("--trusted-proxy", help="Address of a reverse proxy to believe; may be repeated."),
    ] = None,
) -> None:
    """Serve the site of a data folder; options win over its kenesh.toml."""
    from kenesh.app.house import open_house
    from kenesh.app.settings import changed, load_settings
    from kenesh.web.serve import serve as run

    settings = load_settings(folder / "kenesh.toml")
    given = {
        "host": host,
        "port": port,
        "base_url": base_url,
        "trusted_proxies": tuple(trusted_proxy or ()) or None,
    }
    chosen = {k: v for k, v in given.items() if v is not None}
    if port is not None and base_url is None and settings.base_url == f"http://127.0.0.1:{settings.port}":
        chosen["base_url"] = f"http://127.0.0.1:{port}"
    house = open_house(folder, settings=changed(settings, "serve", **chosen))
    try:
        err.print(f"serving {folder} at {house.settings.base_url}")
        run(house)
    finally:
        house.close()


@app.command(epilog=EXIT_CODES)
def demo(
    folder: Annotated[Path, typer.Argument(help="Where the demo keeps its data.")] = Path("data/demo"),
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8000,
    reset: Annotated[bool, typer.Option("--reset", help="Throw its data away and start over.")] = False,
) -> None:
    """Run a fictional council with a meeting in progress."""
    from kenesh.demo.run import run_demo

    run_demo(folder, port=port, reset=reset, out=sys.stdout)


@app.command(epilog=EXIT_CODES)
def backup(
    folder: Annotated[Path, typer.Argument(help="The data folder; it may be in use.")],
    archive: Annotated[Path, typer.Argument(help="The file to write.")],
) -> None:
    """Write a consistent copy of a data folder into one file, with a manifest of hashes."""
    from kenesh.app.backup import backup_house

    manifest = backup_house(folder, archive)
    _print(_json(manifest))


@app.command(epilog=EXIT_CODES)
def restore(
    archive: Annotated[Path, typer.Argument(help="A file that `kenesh backup` wrote.")],
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
) -> None:
    """Restore a backup into an empty folder, after checking every byte and the whole record."""
    from kenesh.app.backup import restore_house

    manifest = restore_house(archive, folder)
    _print(_json(manifest))


@app.command(epilog=EXIT_CODES)
def doctor(data: DataOption = DEFAULT_DATA) -> None:
    """Look whether this machine and the data folder are in order."""
    from kenesh.app.doctor import examine

    findings = examine(data)
    for f in findings:
        _print(f"{'ok ' if f.ok else 'BAD'}  {f.what}: {f.detail}")
    if not all(f.ok for f in findings):
        raise typer.Exit(1)
