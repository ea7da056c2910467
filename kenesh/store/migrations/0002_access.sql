-- Sign-in links, sessions and reading marks. Nothing of it is in the record; secrets only as SHA-256.

CREATE TABLE links (
    token_sha256   TEXT PRIMARY KEY,
    seat           TEXT NOT NULL,
    made           TEXT NOT NULL,
    expires        TEXT NOT NULL,
    used           TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX links_of_a_seat ON links (seat);

CREATE TABLE sessions (
    session_sha256 TEXT PRIMARY KEY,
    seat           TEXT NOT NULL,
    made           TEXT NOT NULL,
    seen           TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_of_a_seat ON sessions (seat);

CREATE TABLE marks (
    seat           TEXT NOT NULL,
    stream         TEXT NOT NULL,
    version        INTEGER NOT NULL CHECK (version >= 0),
    PRIMARY KEY (seat, stream)
) STRICT, WITHOUT ROWID;
