-- The record: events, the head they grow from, and the commands that were carried out.

CREATE TABLE head (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    origin  TEXT    NOT NULL,
    size    INTEGER NOT NULL CHECK (size >= 0),
    time    TEXT    CHECK ((time IS NULL) = (size = 0)),
    range   BLOB    NOT NULL
) STRICT;

CREATE TABLE events (
    seq     INTEGER PRIMARY KEY CHECK (seq >= 0),
    stream  TEXT    NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    header  BLOB    NOT NULL,
    salt    BLOB    CHECK (salt IS NULL OR length(salt) = 32),
    body    BLOB    CHECK ((body IS NULL) = (salt IS NULL)),
    root    BLOB    NOT NULL CHECK (length(root) = 32),
    UNIQUE (stream, version)
) STRICT;

CREATE TABLE commands (
    id      TEXT    PRIMARY KEY,
    first   INTEGER REFERENCES events (seq),
    last    INTEGER REFERENCES events (seq) CHECK ((last IS NULL) = (first IS NULL))
) STRICT, WITHOUT ROWID;

-- A speed bump, not a wall: who can drop a trigger is found by `verify`.

CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
WHEN NEW.body IS NOT NULL OR NEW.salt IS NOT NULL
  OR NEW.seq IS NOT OLD.seq OR NEW.stream IS NOT OLD.stream OR NEW.version IS NOT OLD.version
  OR NEW.header IS NOT OLD.header OR NEW.root IS NOT OLD.root
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'an event is never deleted');
END;

CREATE TRIGGER events_grow_at_the_end BEFORE INSERT ON events
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM events)
  OR NEW.version IS NOT (SELECT coalesce(max(version) + 1, 1) FROM events WHERE stream = NEW.stream)
BEGIN
    SELECT RAISE(ABORT, 'an event is written at the end');
END;

CREATE TRIGGER the_head_only_grows BEFORE UPDATE ON head
WHEN NEW.size < OLD.size OR NEW.origin IS NOT OLD.origin OR NEW.time < OLD.time
BEGIN
    SELECT RAISE(ABORT, 'the head only grows');
END;

CREATE TRIGGER the_head_stays BEFORE DELETE ON head
BEGIN
    SELECT RAISE(ABORT, 'the head stays');
END;

CREATE TRIGGER commands_are_not_changed BEFORE UPDATE ON commands
BEGIN
    SELECT RAISE(ABORT, 'a command that was carried out stays so');
END;

CREATE TRIGGER commands_are_not_deleted BEFORE DELETE ON commands
BEGIN
    SELECT RAISE(ABORT, 'a command that was carried out stays so');
END;
