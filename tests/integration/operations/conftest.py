"""nginx is no part of the service: what is tried with a real one is tried where one is installed."""

from __future__ import annotations

import shutil

collect_ignore = [] if shutil.which("nginx") and shutil.which("openssl") else ["test_operations_nginx.py"]
