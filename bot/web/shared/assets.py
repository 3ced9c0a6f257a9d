"""The files that the page loads: read once, told apart by what they hold, and sent small."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

STATIC = Path(__file__).parent.parent / "static"
KINDS: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent."""

    body: bytes
    small: bytes
    media_type: str
    version: str


class Assets:
    """Every file of a folder, by name."""

    def __init__(self, folder: Path = STATIC) -> None:
        """Read them all; there are few, and they are small."""
        self._files = {file.name: _asset(file) for file in sorted(folder.iterdir()) if file.suffix in KINDS}

    def address(self, name: str) -> str:
        """Where a page finds it: another one whenever the file is another."""
        return f"/static/{name}?v={self._files[name].version}"

    def body(self, name: str) -> bytes:
        """What a file holds.

        Raises:
            KeyError: there is none.
        """
        return self._files[name].body

    def answer(self, request: Request, name: str) -> Response:
        """The file, or 404."""
        asset = self._files.get(name)
        if asset is None:
            return Response(status_code=404)
        kept = FOR_EVER if request.query_params.get("v") == asset.version else "public, max-age=300"
        headers = {"cache-control": kept, "vary": "accept-encoding"}
        if len(asset.small) < len(asset.body) and takes_gzip(request):
            return Response(asset.small, media_type=asset.media_type, headers={**headers, "content-encoding": "gzip"})
        return Response(asset.body, media_type=asset.media_type, headers=headers)

    def sizes(self) -> Mapping[str, int]:
        """Bytes of each file."""
        return {name: len(asset.body) for name, asset in self._files.items()}


@cache
def static_assets() -> Assets:
    """The project's own files, read once a process."""
    return Assets()


def takes_gzip(request: Request) -> bool:
    """Whether the browser reads what is compressed."""
    return "gzip" in request.headers.get("accept-encoding", "")


def _asset(file: Path) -> Asset:
    body = file.read_bytes()
    return Asset(body, gzip.compress(body, mtime=0), KINDS[file.suffix], hashlib.sha256(body).hexdigest()[:10])
