"""The system's Chromium, as its tests start it."""

from __future__ import annotations

import shutil

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
OPTIONS = ["--no-sandbox", "--disable-dev-shm-usage"]
"""As root, and on a machine whose /dev/shm is small."""
