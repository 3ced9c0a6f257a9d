"""A project whose language model is a small script, and whose uv is one too; the rest is the real thing."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.understanding.rasa.model_files import ModelFolders

UV = f"""#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
case "$1 $*" in
sync*--check*) exec test -e "$here/installed" ;;
sync*) if [ -s "$here/refusal" ]; then cat "$here/refusal"; exit 2; fi; touch "$here/installed" ;;
run*--only-group*) cd "$3" && shift 11 && exec {sys.executable} "$@" ;;
run*) cd "$3" && shift 6 && exec {sys.executable} "$@" ;;
esac
"""
FINGERPRINT = """
import hashlib, pathlib, sys
data = sys.argv[sys.argv.index("--data") + 1]
files = sorted(pathlib.Path(data).rglob("*.yml"))
if not files:
    sys.exit(f"{data} holds no training data.")
print(hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest())
"""
TRAIN = """
import json, pathlib, subprocess, sys
here = pathlib.Path(__file__).parent
words = sys.argv[1:]
data = words[words.index("--data") + 1]
if (here / "stumbling").exists():
    sys.exit("line 7: an example bears no intent.")
out = pathlib.Path(words[words.index("--out") + 1])
out.parent.mkdir(parents=True, exist_ok=True)
made_from = subprocess.run([sys.executable, here / "fingerprint.py", "--data", data], capture_output=True, text=True)
out.write_bytes(b"a model")
about = {"hash": made_from.stdout.strip(), "threshold_sure": 0.8}
pathlib.Path(str(out).removesuffix(".tar.gz") + ".json").write_text(json.dumps(about))
"""
SERVE = """
import http.server, json, os, pathlib, sys, threading
here = pathlib.Path(__file__).parent
seen = {"pid": os.getpid(), "parent": os.getppid(), "words": sys.argv, "environment": dict(os.environ)}
with (here / "served").open("a") as served:
    served.write(json.dumps(seen) + chr(10))
alive = here / "alive"
held = open(alive, "w") if alive.exists() else None
if (here / "stumbling").exists():
    sys.exit("this model is no use.")
document = json.loads((here / "document").read_text())

class Answers(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        token = pathlib.Path(sys.argv[sys.argv.index("--token-file") + 1]).read_text()
        known = self.path == "/model/parse?token=" + token
        body = json.dumps(document).encode()
        self.send_response(200 if known else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print("a line that is not for us", flush=True)
print(json.dumps({"port": server.server_address[1], "ready": True}), flush=True)
server.serve_forever()
"""
DOCUMENT = {
    "intent": {"name": "complaint", "confidence": 0.9},
    "category_ranking": [
        {"name": "jalan", "confidence": 0.8},
        {"name": "sampah", "confidence": 0.1},
        {"name": "lainnya", "confidence": 0.1},
    ],
}


@dataclass(frozen=True)
class AWorkshop:
    """Where a test turns the screws: files in these folders change what uv, training and serving do."""

    folders: ModelFolders
    environ: dict[str, str]

    @property
    def served(self) -> list[dict[str, object]]:
        """Every life of the server: its pid, its words and its environment."""
        file = self.folders.program / "served"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def last(self, process: Literal["pid", "parent"]) -> int:
        """The number of the server that was started last, or of its parent, the leash."""
        pid = self.served[-1][process]
        assert isinstance(pid, int)
        return pid

    def change_data(self, text: str) -> None:
        """So that a model of it must be trained again."""
        (self.folders.project / "data" / "nlu" / "intent.yml").write_text(text)

    def let_uv_refuse(self, words: str) -> None:
        """Every installing from now on ends with these words of uv."""
        (self.folders.project / "bin" / "refusal").write_text(words)

    def let_python_stumble(self) -> None:
        """Training and serving fail from now on."""
        (self.folders.program / "stumbling").touch()

    def let_python_recover(self) -> None:
        """They do not any more."""
        (self.folders.program / "stumbling").unlink()


def a_workshop(folder: Path) -> AWorkshop:
    """A project in a folder, in which nothing is installed yet."""
    project = folder / "a project"
    for name, text in {
        "bin/uv": UV,
        "data/nlu/intent.yml": "halo",
        "nlu/fingerprint.py": FINGERPRINT,
        "nlu/train.py": TRAIN,
        "nlu/serve.py": SERVE,
        "nlu/document": json.dumps(DOCUMENT),
    }.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)
    (project / "bin" / "uv").chmod(0o755)
    folders = ModelFolders(project, project / "data", folder / "var")
    return AWorkshop(folders, {"PATH": os.environ["PATH"], "LAPOR_UV": str(project / "bin" / "uv")})
