"""The register's search index: which body agreed to these words, when, in which clause.

Invariants
* The index is derived: it can be dropped at any time and filled again from the stored texts. It knows the
  highest sequence number it has taken (`seen()`), so that the caller adds only what came later.
* What was not committed is not found and not seen.
* Equal questions get equal answers in equal order, however the index was filled.

    index = Index.open(folder)                 # or Index.open(None): in memory
    for seq, entry in entries_after(index.seen()):
        index.add(seq, entry)
    index.commit()
    index.search("freedom, safety and security of navigation")
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec
import tantivy

from kenesh.register import folder
from kenesh.register.entry import Entry, MatchKind, Origin, Precedent
from kenesh.register.errors import IndexBroken, IndexReadOnly
from kenesh.register.matching import Judgement, Question, highlights, judge
from kenesh.register.words import words
from kenesh.statement.model import Clause, ClauseKind

HEAP = 50_000_000  # bytes the writer may hold before it flushes a segment
PHRASES = 200  # clauses looked at that hold the phrase
CANDIDATES = 200  # clauses looked at that share its rarest words
TERMS = 24  # rarest words of the question that make candidates; common ones cost time and find noise
MAX_WORDS = 400  # of a question; the rest of a longer one is not looked at
MAX_LIMIT = 200

_ORDER: dict[MatchKind, int] = {"exact": 0, "near": 1, "related": 2}
_SEEN = "seen"


class _Row(msgspec.Struct, frozen=True, array_like=True):
    """A clause as it is kept in the index. `place` is its position in the text."""

    entry: str
    place: int
    origin: Origin
    title: str | None
    body: str | None
    body_name: str | None
    date: str | None
    language: str
    clause: str
    kind: ClauseKind
    number: str | None
    text: str
    act: str | None
    strength: int | None
    folded: str


class Index:
    """A search index. Safe to use from several threads of one process."""

    def __init__(
        self, index: tantivy.Index, path: Path | None, lock: IO[bytes] | None, *, write: bool
    ) -> None:
        """Use `Index.open`."""
        self._index, self._path, self._file_lock = index, path, lock
        self._schema = index.schema
        self._guard = threading.Lock()
        self._writer = self._new_writer() if write else None
        self._highest = -1
        self._highest = self.seen()

    def _new_writer(self) -> tantivy.IndexWriter:
        with folder.sound(self._path):
            return self._index.writer(HEAP, 1)

    @classmethod
    def open(cls, path: Path | str | None = None, *, write: bool = True) -> Index:
        """Open the index in the folder `path`, or an empty one in memory where it is None.

        For writing, a folder that is absent, broken or of another version becomes an empty index, whose
        `seen()` is -1: the caller adds everything again. For reading only, such a folder is left as it is
        and the index is an empty one in memory, which the caller may fill; a sound folder can be read while
        another process writes to it, and each search sees what was last committed.

        Raises:
            IndexLocked: `write`, and another holder writes to it (open it with `write=False`).
            IndexBroken: `write`, and the folder cannot be made or holds other things.
        """
        if path is None:
            return cls(folder.in_memory(), None, None, write=True)
        return cls._for_writing(Path(path)) if write else cls._for_reading(Path(path))

    @classmethod
    def _for_writing(cls, path: Path) -> Index:
        lock = folder.locked(path)
        try:
            with suppress(IndexBroken):  # made anew below
                if folder.is_current(path):
                    return cls(folder.existing(path), path, lock, write=True)
            return cls(folder.made_anew(path), path, lock, write=True)
        except BaseException:
            lock.close()
            raise

    @classmethod
    def _for_reading(cls, path: Path) -> Index:
        with suppress(IndexBroken):  # left as it is, for its writer to make anew
            if folder.is_current(path):
                return cls(folder.existing(path), path, None, write=False)
        return cls(folder.in_memory(), None, None, write=True)

    @property
    def is_writable(self) -> bool:
        """Whether `add` and `commit` are possible (an index in memory always is)."""
        return self._writer is not None

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the folder go; what was not committed is lost. Closing twice does nothing."""
        with self._guard:
            if self._writer is not None:
                self._writer.rollback()
                self._writer.wait_merging_threads()
                self._writer = None
            if self._file_lock is not None:
                self._file_lock.close()
                self._file_lock = None

    # Filling

    def seen(self) -> int:
        """The highest sequence number whose entry is committed; -1 where there is none."""
        query = tantivy.Query.term_query(self._schema, "meta", _SEEN)
        with folder.sound(self._path):
            searcher = self._searcher()
            hits = searcher.search(query, 1).hits
            found = searcher.doc(hits[0][1]).get_first("seq") if hits else None
        return -1 if found is None else int(found)

    def add(self, seq: int, entry: Entry) -> None:
        """Take an entry in; an older text with the same id is replaced. Found after `commit`.

        Args:
            seq: its sequence number in the store, 0 or more, in any order.

        Raises:
            IndexReadOnly: the index was opened for reading only, or is closed.
        """
        documents = [self._document(row, clause) for row, clause in _rows(entry)]
        with self._guard, folder.sound(self._path):
            writer = self._open_writer()
            writer.delete_documents_by_term("entry", entry.id)
            for document in documents:
                writer.add_document(document)
            self._highest = max(self._highest, seq)

    def commit(self) -> None:
        """Make what was added findable, and remember the highest sequence number, in one step."""
        memory = tantivy.Document()
        memory.add_text("meta", _SEEN)
        with self._guard, folder.sound(self._path):
            writer = self._open_writer()
            if self._highest >= 0:
                memory.add_unsigned("seq", self._highest)
                writer.delete_documents_by_term("meta", _SEEN)
                writer.add_document(memory)
            writer.commit()

    def clear(self) -> None:
        """Forget everything; `seen()` is -1 afterwards and the caller adds all entries again."""
        with self._guard, folder.sound(self._path):
            writer = self._open_writer()
            writer.delete_all_documents()
            writer.commit()
            self._highest = -1

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise IndexReadOnly(path=self._path or "in memory")
        return self._writer

    def _document(self, row: _Row, clause: Clause) -> tantivy.Document:
        document = tantivy.Document()
        document.add_text("words", row.folded)
        document.add_text("entry", row.entry)
        document.add_text("language", row.language)
        for body in dict.fromkeys(name for name in (row.body, row.body_name) if name):
            document.add_text("body", body)
        for act in dict.fromkeys(phrase.act for phrase in clause.phrases):
            document.add_text("act", act)
        if row.date:
            document.add_unsigned("year", int(row.date[:4]))
        document.add_bytes("payload", msgspec.msgpack.encode(row))
        return document

    # Asking

    def search(
        self,
        text: str,
        *,
        body: str | None = None,
        year_from: int | None = None,
        year_to: int | None = None,
        act: str | None = None,
        language: str | None = None,
        limit: int = 10,
    ) -> tuple[Precedent, ...]:
        """Clauses in these words or in like ones: exact phrase first, near-duplicates next, related last.

        Within a kind the better score stands first, then the newer text, then the order of the text. There
        is no query language: operators and quotation marks are text. A question without letters and digits
        finds nothing.

        Args:
            text: half a sentence, a clause, a word; the last word may be unfinished.
            body: id (or name) of the body that spoke.
            year_from, year_to: years of the text's date, both included; a text without a date is left out.
            act: one of the 25 classes, as "condemns", of any leading phrase of the clause.
            language: ISO 639-2 code.
            limit: 1 to 200.

        Raises:
            IndexBroken: the files of the index cannot be read.
        """
        question = Question.of(text)
        question = msgspec.structs.replace(question, folded=question.folded[:MAX_WORDS])
        if not question.folded or limit < 1:
            return ()
        filters = self._filters(body, year_from, year_to, act, language)
        with folder.sound(self._path):
            searcher = self._searcher()
            weights = self._weights(searcher, question)
            rows = self._candidates(searcher, question, weights, filters)
        judged = [(row, found) for row in rows if (found := judge(question, row.folded.split(" "), weights))]
        judged.sort(key=lambda pair: _rank(*pair))
        return tuple(_precedent(*pair, question, weights) for pair in judged[: min(limit, MAX_LIMIT)])

    def _searcher(self) -> tantivy.Searcher:
        self._index.reload()
        return self._index.searcher()

    def _filters(
        self,
        body: str | None,
        year_from: int | None,
        year_to: int | None,
        act: str | None,
        language: str | None,
    ) -> list[tantivy.Query]:
        exact = {"body": body, "act": act, "language": language}
        terms = [
            tantivy.Query.term_query(self._schema, name, value, index_option="basic")
            for name, value in exact.items()
            if value is not None
        ]
        if year_from is None and year_to is None:
            return terms
        lower, upper = max(year_from or 0, 0), 9999 if year_to is None else max(year_to, 0)
        kind = tantivy.FieldType.Unsigned
        return [*terms, tantivy.Query.range_query(self._schema, "year", kind, lower, upper)]

    def _weights(self, searcher: tantivy.Searcher, question: Question) -> dict[str, float]:
        """How rare each word of the question is; a word that no clause has is absent."""
        total = max(searcher.num_docs, 1)
        counts = {word: searcher.doc_freq("words", word) for word in dict.fromkeys(question.folded)}
        return {word: math.log(1 + total / count) for word, count in counts.items() if count}

    def _candidates(
        self,
        searcher: tantivy.Searcher,
        question: Question,
        weights: Mapping[str, float],
        filters: Iterable[tantivy.Query],
    ) -> list[_Row]:
        must, should = tantivy.Occur.Must, tantivy.Occur.Should
        rarest = sorted(weights, key=lambda word: (-weights[word], word))[:TERMS]
        either = tantivy.Query.boolean_query([(should, self._term(word)) for word in rarest])
        asked = [(self._phrase(question), PHRASES)] + ([(either, CANDIDATES)] if rarest else [])
        restricting = [(must, query) for query in filters]
        found: dict[tuple[str, int], _Row] = {}
        for query, limit in asked:
            limited = tantivy.Query.boolean_query([(must, query), *restricting])
            for _, address in searcher.search(limited, limit, count=False).hits:
                payload = searcher.doc(address).get_first("payload")
                row = msgspec.msgpack.decode(bytes(payload), type=_Row)  # type: ignore[arg-type]
                found.setdefault((row.entry, row.place), row)
        return list(found.values())

    def _term(self, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "words", word)

    def _phrase(self, question: Question) -> tantivy.Query:
        asked = list(question.folded)
        whole = (
            tantivy.Query.phrase_query(self._schema, "words", list(asked))
            if len(asked) > 1
            else self._term(asked[0])
        )
        if not question.unfinished:
            return whole
        going_on = tantivy.Query.phrase_prefix_query(self._schema, "words", list(asked))
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, whole), (tantivy.Occur.Should, going_on)])


def _rows(entry: Entry) -> Iterable[tuple[_Row, Clause]]:
    statement, date = entry.statement, entry.date
    name = statement.body.name if statement.body else None
    for place, clause in enumerate(entry.clauses()):
        folded = " ".join(word.folded for word in words(clause.text))
        lead = clause.phrases[0] if clause.phrases else None
        if folded:
            yield (
                _Row(
                    entry=entry.id,
                    place=place,
                    origin=entry.origin,
                    title=statement.title,
                    body=statement.body.id if statement.body and statement.body.id else name,
                    body_name=name,
                    date=date,
                    language=statement.language,
                    clause=clause.id,
                    kind=clause.kind,
                    number=clause.number,
                    text=clause.text,
                    act=lead.act if lead else None,
                    strength=lead.strength if lead else None,
                    folded=folded,
                ),
                clause,
            )


def _rank(row: _Row, found: Judgement) -> tuple[int, float, int, str, int]:
    newest_first = -int((row.date or "0").replace("-", ""))
    return _ORDER[found.kind], -round(found.score, 6), newest_first, row.entry, row.place


def _precedent(row: _Row, found: Judgement, question: Question, weights: Mapping[str, float]) -> Precedent:
    return Precedent(
        entry=row.entry,
        origin=row.origin,
        title=row.title,
        body=row.body,
        body_name=row.body_name,
        date=row.date,
        language=row.language,
        clause=row.clause,
        kind=row.kind,
        number=row.number,
        text=row.text,
        act=row.act,
        strength=row.strength,
        match=found.kind,
        score=round(found.score, 6),
        spans=highlights(question, found.kind, row.text, weights),
    )
