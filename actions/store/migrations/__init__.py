"""How the tables came to be, numbered."""

from pathlib import Path

VERSIONS = Path(__file__).parent / "versions"


class UnknownRevision(LookupError):
    """A database is, or shall be, at a revision that this version does not know."""
