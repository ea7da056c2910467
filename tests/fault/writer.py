"""A process that appends without end and says what was acknowledged; it is killed by the tests.

python writer.py DATABASE NAME   prints "NAME N VERSION SEQ" after each acknowledged append
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from kenesh.store.ports import NewEvent, StaleVersion
from kenesh.store.sqlite import SqliteStore

AT = datetime(2026, 11, 23, tzinfo=UTC)


def main(path: str, name: str) -> None:
    store = SqliteStore.open(Path(path), "council.example/record")
    number, size = 0, 0
    os.write(1, b"ready\n")
    while True:
        number, size = number + 1, (size * 31 + 17) % 9000
        command = f"{name}-{number}"
        body = {"command": command, "text": "x" * size}
        events = [NewEvent("clause.amended/1", body, os.urandom(32))] * (1 + number % 3)
        while True:
            try:
                written = store.append(
                    "meeting/a", store.version("meeting/a"), events, at=AT, command_id=command
                )
                break
            except StaleVersion:
                continue
        os.write(1, f"{command} {written[0].seq} {len(written)}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
