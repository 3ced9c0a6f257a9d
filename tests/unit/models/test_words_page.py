"""The page of words that the model does not know: what it lists, adds, refuses and takes out again, and for whom."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from httpx import AsyncClient

from actions.people.roles import Role
from actions.store.training.data_changes import latest_changes
from bot.training.corpus import spelling_table
from bot.training.corpus.spelling_table import SpellingTable
from bot.training.models.subprocesses import Commands
from bot.web.account.routes import sign_in_router
from bot.web.shared.app import make_app
from bot.web.trainer.context import TrainerContext
from bot.web.trainer.models.context import ModelsContext
from bot.web.trainer.words.routes import words_router
from tests.unit.models.conftest import KEY
from tests.unit.models.made_models import a_workbench
from tests.unit.models.test_model_watching import a_sample
from tests.unit.sign_in.gatehouse import Gatehouse, a_gatehouse

MESSAGES = ("sampahh menumpuk lagi", "tolong sampahh diangkut", "bau sampahh di pasar")


class House:
    """The page, and the table behind it."""

    def __init__(self, gate: Gatehouse, context: ModelsContext) -> None:
        self.gate, self.context = gate, context
        self.table = SpellingTable(context.bench.folders)

    async def enters(self, name: str = "Rina", *roles: Role) -> AsyncClient:
        await self.gate.hires(name, *(roles or (Role.TRAINER,)))
        return await self.gate.signed_in(name)

    async def hears(self, *texts: str, **about: Any) -> None:
        for text in texts:
            await a_sample(self.gate.database, text, at=self.gate.now(), **about)

    def words(self) -> list[tuple[str, str]]:
        return [(one.word, one.meaning) for one in self.table.words()]


@pytest.fixture
async def house(tmp_path: Path, database_file: Path) -> AsyncIterator[House]:
    gate = await a_gatehouse(tmp_path, database_file)
    bench = a_workbench(gate.database, tmp_path, KEY, gate.now)
    trainer: Any = TrainerContext(gate.context, *[cast("Any", None)] * 4)
    settings: Any = None
    context = ModelsContext(trainer, Commands(settings, bench))
    gate.house.app = make_app([sign_in_router(gate.context), words_router(context)])
    yield House(gate, context)
    await gate.house.closes()


async def adds(browser: AsyncClient, word: str, meaning: str, **fields: str) -> str:
    """Add a word; returns what the page says to it."""
    page = (await browser.post("/trainer/words", data={"word": word, "meaning": meaning, **fields})).text
    said = re.search(r'<section class="sheet" role="(?:alert|status)">\s*<p>(.*?)</p>', page, re.DOTALL)
    assert said
    return said[1]


@pytest.mark.thorough
@pytest.mark.manual("trainer-words")
async def test_an_unknown_word_is_written_out_by_one_press_on_its_neighbour(house: House) -> None:
    await house.hears(*MESSAGES)
    rina = await house.enters()
    page = (await rina.get("/trainer/words")).text
    assert 'sampahh <span class="tag">3</span>' in page
    assert any(text in page for text in MESSAGES)
    assert '<button name="near" value="sampah">artinya sampah</button>' in page
    assert "setelah latihan berikutnya; sebelum itu tidak ada yang berubah" in page
    page = (await rina.post("/trainer/words", data={"word": "sampahh", "near": "sampah", "meaning": ""})).text
    assert "“sampahh” artinya “sampah”. Berlaku setelah latihan berikutnya." in page
    assert 'sampahh <span class="tag">' not in page
    assert "menunggu latihan" in page
    assert house.words() == [("sampahh", "sampah")]


@pytest.mark.thorough
@pytest.mark.manual("trainer-words")
async def test_another_trainer_sees_who_added_a_word_and_when_takes_it_out_and_puts_it_back(house: House) -> None:
    rina, sari = await house.enters(), await house.enters("Sari")
    await adds(rina, "sampahh", "sampah")
    moment = house.gate.now().astimezone(house.context.trainer.zone)
    page = (await sari.get("/trainer/words")).text
    assert f"<td>{moment:%Y-%m-%d %H:%M} · Rina</td>" in page
    page = (await sari.post("/trainer/words/remove", data={"word": "sampahh"})).text
    assert "“sampahh” dikeluarkan dari tabel." in page
    assert house.words() == []
    assert "tidak ada di tabel lagi" in (await rina.post("/trainer/words/remove", data={"word": "sampahh"})).text
    [undo] = re.findall(r'<form action="/trainer/words" method="post">(<input.*?)<button class="quiet">Urungkan', page)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', undo))
    await sari.post("/trainer/words", data=fields)
    assert house.words() == [("sampahh", "sampah")]
    async with house.gate.database.reading() as connection:
        changes = await latest_changes(connection, 9)
    assert [(one.name, one.what, one.added, one.removed, one.why) for one in changes] == [
        ("Sari", "words", 1, 0, ""),
        ("Sari", "words", 0, 1, ""),
        ("Rina", "words", 1, 0, ""),
    ]


@pytest.mark.thorough
async def test_the_tables_are_searched_by_word_meaning_and_name(house: House) -> None:
    rina, sari = await house.enters(), await house.enters("Sari")
    await adds(rina, "sampahh", "sampah")
    await adds(sari, "aspalnyo", "aspal")
    found = {
        sought: [
            word
            for word in ("sampahh", "aspalnyo")
            if f'<th scope="row">{word}</th>' in (await rina.get("/trainer/words", params={"kata": sought})).text
        ]
        for sought in ("", "SAMPAHH", "aspal", "sari", "xx")
    }
    assert found == {
        "": ["sampahh", "aspalnyo"],
        "SAMPAHH": ["sampahh"],
        "aspal": ["aspalnyo"],
        "sari": ["aspalnyo"],
        "xx": [],
    }
    page = (await rina.get("/trainer/words?kata=yg")).text
    assert "Tidak ada di tabel ini." in page
    assert "<li>yg → yang</li>" in page


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("word", "meaning", "said"),
    [
        ("", "jalan", "tulis satu kata dari huruf Latin"),
        ("dua kata", "jalan", "tulis satu kata dari huruf Latin"),
        ("дорога", "jalan", "tulis satu kata dari huruf Latin"),
        ("0812345678", "jalan", "bukan angka saja"),
        ("x" + "yz" * 30, "jalan", "terlalu panjang"),
        ("zxqwvan", "", "tulis artinya, satu sampai 5 kata"),
        ("zxqwvan", "a b c d e f g", "tulis artinya, satu sampai 5 kata"),
        ("zxqwvan", "jalan zxqwvan", "ada di dalam artinya sendiri"),
        ("jalan", "sampah", "model sudah mengenal “jalan”"),
        ("jln", "sampah", "“jln” sudah dibaca sebagai “jalan”"),
        ("zxqwvan", "zxqwvin", "model juga belum mengenal zxqwvin"),
        ("<b>x</b>", "jalan", "tulis satu kata dari huruf Latin"),
    ],
)
async def test_what_is_of_no_use_is_refused_in_plain_words(house: House, word: str, meaning: str, said: str) -> None:
    rina = await house.enters()
    answer = await rina.post("/trainer/words", data={"word": word, "meaning": meaning})
    assert answer.status_code == 422
    assert said in answer.text
    assert "<b>x" not in answer.text
    assert house.words() == []


@pytest.mark.thorough
async def test_a_meaning_that_the_model_does_not_know_is_added_by_who_insists(house: House) -> None:
    rina = await house.enters()
    assert "belum mengenal zxqwvin" in await adds(rina, "zxqwvan", "jalan zxqwvin")
    assert "artinya “jalan zxqwvin”" in await adds(rina, "zxqwvan", "jalan zxqwvin", sure="1")
    assert "sudah ada di tabel" in await adds(rina, "zxqwvan", "sampah", sure="1")


@pytest.mark.thorough
@pytest.mark.parametrize("sure", [{}, {"sure": "1"}])
async def test_nobody_turns_a_word_that_is_known_into_another(house: House, sure: dict[str, str]) -> None:
    """Neither by insisting, nor by another spelling of it."""
    rina = await house.enters()
    for word in ("jalan", "JALAN", "jalaaan", "jln", "Jalan!"):
        assert "Belum ditambahkan" in await adds(rina, word, "sampah", **sure)
    assert house.words() == []


@pytest.mark.thorough
async def test_without_a_model_that_can_be_read_nothing_is_added_and_the_table_is_shown(
    house: House, tmp_path: Path
) -> None:
    rina = await house.enters()
    await adds(rina, "sampahh", "sampah")
    bench = house.context.bench
    elsewhere = replace(bench.folders, project=tmp_path / "nothing")
    house.context.commands.bench = replace(bench, folders=elsewhere)
    assert "model yang dipakai tidak bisa dibaca" in await adds(rina, "jalan", "sampah", sure="1")
    assert '<th scope="row">sampahh</th>' in (await rina.get("/trainer/words")).text


@pytest.mark.thorough
async def test_a_full_table_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling_table, "MOST_ROWS", 1)
    rina = await house.enters()
    await adds(rina, "sampahh", "sampah")
    assert "tabelnya penuh" in await adds(rina, "aspalnyo", "aspal")


async def test_words_of_few_messages_and_of_secret_ones_are_not_shown(house: House) -> None:
    await house.hears("pak zxqwvan lagi", "pak zxqwvan pergi")
    for number in range(4):
        await house.hears(f"zxqwvon {number}", ticket=f"LP-2222-222{number + 2}")
    page = (await (await house.enters()).get("/trainer/words")).text
    assert "zxqw" not in page


async def test_an_officer_sees_and_adds_nothing(house: House) -> None:
    vera = await house.enters("Vera", Role.VERIFIER)
    assert (await vera.get("/trainer/words")).status_code in {403, 303}
    await vera.post("/trainer/words", data={"word": "zxqwvan", "meaning": "jalan"})
    assert house.words() == []
