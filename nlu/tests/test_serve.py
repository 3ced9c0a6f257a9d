"""The served model: what it answers, what it refuses, what it never says, and that it ends."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from description import read_beside
from fingerprint import HERE
from serve import main
from tests.conftest import SOME_CATEGORIES
from tests.corpus import INTENTS
from tests.served import TOKEN, Server, command, environment, serving

STORY = "lampu jalan di jl provinsi km 5 depan masjid al ikhlas mati sudah 2 minggu"
RUBBISH = [b"", b"{", b"[]", b'{"text": 5}', b'{"text": null}', b"{}", b"\xff"]
ENDS_WITHIN_SECONDS = 5


def test_it_answers_rasas_document_with_all_categories(server: Server) -> None:
    status, document = server.post("/model/parse", {"text": STORY})

    assert status == 200
    assert set(document) == {"text", "intent", "entities", "intent_ranking", "category_ranking"}
    assert document["text"] == STORY
    assert document["intent"]["name"] == "complaint"
    assert document["intent"] == document["intent_ranking"][0]
    assert document["category_ranking"][0]["name"] == "penerangan_jalan"
    assert {label["name"] for label in document["category_ranking"]} == set(SOME_CATEGORIES)
    assert {label["name"] for label in document["intent_ranking"]} == set(INTENTS)


def test_rasas_own_agent_makes_the_same_of_the_file(server: Server, trained: Path) -> None:
    program = (
        "import asyncio, json, sys; from rasa.core.agent import Agent;"
        "answer = asyncio.run(Agent.load(sys.argv[1]).parse_message(sys.argv[2]));"
        "print(json.dumps(answer))"
    )
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, str(trained), STORY],
        cwd=HERE,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(told.stdout.splitlines()[-1]) == server.post("/model/parse", {"text": STORY})[1]


def test_many_texts_are_answered_in_order_as_one_by_one(server: Server) -> None:
    texts = [STORY, "", "sampah menumpuk", "halo", "/affirm", *["air pdam mati"] * 40]
    status, documents = server.post("/model/parse_many", {"texts": texts})

    assert status == 200
    assert documents == [server.post("/model/parse", {"text": text})[1] for text in texts]


@pytest.mark.parametrize(
    "text", ["", "   ", "😀👍🏽", "\ud83d", "\x00", "日本語", "[]()", "/affirm", "a" * 20_000]
)
def test_any_text_gets_an_answer(server: Server, text: str) -> None:
    status, document = server.post("/model/parse", {"text": text})

    assert status == 200
    assert len(document["category_ranking"]) == len(SOME_CATEGORIES)


def test_a_slash_is_no_order_to_the_model(server: Server) -> None:
    _, document = server.post("/model/parse", {"text": '/affirm{"x": 1}'})

    assert document["intent"]["confidence"] < 1
    assert document["entities"] == []


@pytest.mark.parametrize("path", ["/model/parse", "/model/parse_many"])
@pytest.mark.parametrize("token", ["", "wrong", "%C3%A9", TOKEN + "x"])
def test_a_wrong_token_is_refused(server: Server, path: str, token: str) -> None:
    refusal = {"status": "failure", "code": 401, "reason": "NotAuthenticated"}

    assert server.post(path, {"text": STORY, "texts": [STORY]}, token) == (401, refusal)


@pytest.mark.parametrize("body", RUBBISH)
def test_rubbish_is_refused_in_words(server: Server, body: bytes) -> None:
    status, answer = server.post("/model/parse", body)

    assert (status, answer["code"]) == (400, 400)


def test_too_long_a_text_and_too_many_are_refused(server: Server) -> None:
    assert server.post("/model/parse", {"text": "a" * 20_001})[0] == 400
    assert server.post("/model/parse_many", {"texts": ["a"] * 10_001})[0] == 400
    assert server.post("/model/parse_many", {"texts": "a"})[0] == 400


def test_it_tells_that_it_lives_and_with_the_token_what_it_serves(server: Server, trained: Path) -> None:
    assert server.get("/") == (200, {"status": "ok"})
    assert server.get("/status")[0] == 401
    assert server.get(f"/status?token={TOKEN}") == (200, read_beside(trained))
    assert server.get("/nowhere")[0] == 404


def test_four_hundred_at_once_are_all_answered(server: Server) -> None:
    async def ask() -> list[int]:
        address = f"http://127.0.0.1:{server.port}/model/parse?token={TOKEN}"
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:

            async def one(number: int) -> int:
                async with session.post(address, json={"text": f"{STORY} {number}"}) as answer:
                    return answer.status

            return list(await asyncio.gather(*(one(number) for number in range(400))))

    assert set(asyncio.run(ask())) == {200}


def test_neither_text_nor_token_is_logged_or_on_a_command_line(trained: Path, tmp_path: Path) -> None:
    with serving(trained, tmp_path / "nlu.log") as server:
        server.post("/model/parse", {"text": "kata rahasia warga"})
        server.post("/model/parse", b'{"text": "kata rahasia warga"')
        server.post("/rahasia", {"text": "kata rahasia warga"}, token="token-rahasia")
        words = Path(f"/proc/{server.process.pid}/cmdline").read_text(encoding="utf-8")

    assert (tmp_path / "nlu.log").read_text(encoding="utf-8") == ""
    assert TOKEN not in words


def test_it_ends_when_its_stdin_closes(trained: Path, tmp_path: Path) -> None:
    with serving(trained, tmp_path / "nlu.log") as server:
        assert server.process.stdin is not None
        server.process.stdin.close()

        assert server.process.wait(ENDS_WITHIN_SECONDS) == 0


def test_it_ends_on_sigterm(trained: Path, tmp_path: Path) -> None:
    with serving(trained, tmp_path / "nlu.log") as server:
        server.process.send_signal(signal.SIGTERM)

        assert server.process.wait(ENDS_WITHIN_SECONDS) == -signal.SIGTERM


def test_it_does_not_outlive_a_killed_parent(trained: Path) -> None:
    """The parent holds the only other end of the pipe, and dies without a word; so does the child."""
    program = (
        "import subprocess, sys, time;"
        "child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE);"
        "print(child.pid, flush=True); time.sleep(600)"
    )
    parent = [sys.executable, "-c", program, *command(trained)]
    with subprocess.Popen(parent, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        int(process.stdout.readline())
        process.stdout.readline()  # the ready line of the child, which inherits this pipe
        process.kill()

        assert process.stdout.read() == b""  # ends only when the child too has let go of it


def test_a_file_that_is_no_model_ends_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "model.tar.gz").write_bytes(b"rubbish")
    start = command(tmp_path / "model.tar.gz")
    with subprocess.Popen(
        start, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.wait() == 1
        assert process.stderr is not None
        told = process.stderr.read().decode()

    assert told.count("\n") == 1
    assert "is no usable model" in told


def test_without_a_token_it_does_not_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LAPOR_NLU_TOKEN", raising=False)

    assert main(["--model", "model.tar.gz"]) == 1
    assert capsys.readouterr().err.startswith("LAPOR_NLU_TOKEN is not set")


def test_a_token_file_that_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--model", "model.tar.gz", "--token-file", "nowhere"]) == 1
    assert capsys.readouterr().err == "nowhere cannot be read: No such file or directory.\n"
