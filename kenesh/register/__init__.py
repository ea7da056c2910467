"""The register: agreed language, found again while one drafts."""

from kenesh.register.entry import Entry, MatchKind, Origin, Precedent
from kenesh.register.index import Index

__all__ = ["Entry", "Index", "MatchKind", "Origin", "Precedent"]
