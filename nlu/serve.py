"""Serves a trained model on 127.0.0.1: `python serve.py --model FILE.tar.gz [--port 0] --token-file FILE`.

The token is what stands in that file; without one it is read from `LAPOR_NLU_TOKEN`.

Prints one line on stdout, `{"port": N, "ready": true}`, once it answers. Ends by itself when its stdin
closes.
"""

import argparse
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import lifeline
from description import read_beside

FROM_ENVIRONMENT = "LAPOR_NLU_TOKEN"
_WAITING_CONNECTIONS = 1024


def serve(model: Path, port: int, token: str) -> None:
    """Loads the model and answers until the process ends.

    Args:
        model: what `train.py` wrote; its FILE.json is told by `GET /status`.
        port: 0 picks a free one.
        token: what requests must bear.

    Raises:
        UnusableModel: the file cannot be served.
        OSError: the port is taken.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", port))
        os.environ["RASA_TELEMETRY_ENABLED"] = "false"
        from serving.model import ServedModel  # noqa: PLC0415 - seconds, which a wrong word must not wait for
        from serving.server import create_app  # noqa: PLC0415

        app = create_app(ServedModel.load(model), token, read_beside(model))
        ready = json.dumps({"port": door.getsockname()[1], "ready": True})
        app.register_listener(lambda *_: print(ready, flush=True), "after_server_start")
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # there is nothing to save: any signal may end it
        app.run(
            sock=door,
            access_log=False,
            motd=False,
            backlog=_WAITING_CONNECTIONS,
            register_sys_signals=False,
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves; 1 and one sentence on stderr when that cannot be."""
    parser = argparse.ArgumentParser(description="Serves a trained model on 127.0.0.1.")
    parser.add_argument("--model", type=Path, required=True, metavar="FILE.tar.gz")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="holds what requests must bear")
    words = parser.parse_args(arguments)
    token = os.environ.pop(FROM_ENVIRONMENT, "")
    try:
        token = words.token_file.read_text(encoding="utf-8").strip() if words.token_file else token
    except OSError as error:
        print(f"{words.token_file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 1
    if not token:
        print(f"{FROM_ENVIRONMENT} is not set: put a secret into the environment.", file=sys.stderr)
        return 1
    lifeline.hold()
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    logging.captureWarnings(capture=True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    try:
        serve(words.model, words.port, token)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
