"""The system's Chromium, as its tests start it: without a window if it can, which takes half the time."""

from __future__ import annotations

import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), "")
OPTIONS = ["--no-sandbox", "--disable-dev-shm-usage"]
"""As root, and on a machine whose /dev/shm is small."""
