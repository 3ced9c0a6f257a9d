"""The sentences of a regency at the settings: found, changed one by one, and taken back to the project's."""

from __future__ import annotations

import html
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from httpx import AsyncClient, Response

from bot.main.assembly import DEFAULTS
from bot.understanding.answers import read_answers
from bot.web.desk.settings.edit import EditConflict
from bot.web.desk.settings.files import RegencyFiles
from bot.web.desk.settings.wordings import sought_wordings, with_wording, wordings_of
from tests.unit.web_desk_more.desk_office import DeskOffice

TEXTS, ANSWERS = "texts.id.ftl", "faq/id.toml"
FILES = "/desk/settings/files"
FAQ = (DEFAULTS / ANSWERS).read_text("utf-8")


@pytest.fixture
def folder(office: DeskOffice, tmp_path: Path) -> Path:
    """A regency's own folder, without a text and an answer of its own."""
    own = tmp_path / "regency"
    shutil.copytree(DEFAULTS, own, ignore=shutil.ignore_patterns("nlu", "faq", "held_back", "*.ftl"))
    office.gate.desk.files = RegencyFiles(own, DEFAULTS, tmp_path / "lock", office.gate.desk.regency.languages)
    return own


async def looks(browser: AsyncClient, name: str, key: str, words: str, **others: str) -> Response:
    page = (await browser.get(f"{FILES}/{name}", params={"kunci": key})).text
    known = re.search(r'name="known" value="(\w+)"', page)
    assert known
    sent = {"known": known[1], "how": "words", "key": key, "words": words, "act": "look", **others}
    return await browser.post(f"{FILES}/{name}", data=sent)


async def saves(browser: AsyncClient, name: str, key: str, words: str, **others: str) -> Response:
    looked = (await looks(browser, name, key, words, **others)).text
    text = re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', looked, re.DOTALL)
    known = re.search(r'name="known" value="(\w+)"', looked)
    assert text
    assert known
    sent = {"known": known[1], "how": "text", "text": html.unescape(text[1]), "why": "bahasa daerah", "act": "save"}
    return await browser.post(f"{FILES}/{name}", data=sent)


@pytest.mark.thorough
@pytest.mark.manual("admin-words")
async def test_a_text_is_found_changed_and_taken_back_to_the_projects(office: DeskOffice, folder: Path) -> None:
    browser, file = await office.browser_of("Tia"), folder / TEXTS
    found = (await browser.get(f"{FILES}/{TEXTS}", params={"cari": "sama-sama peduli"})).text
    assert re.findall(r"kunci=([\w-]+)#kalimat", found) == ["thanks"]
    assert (await saves(browser, TEXTS, "thanks", "Sama-sama,\r\nsalam dari kami.")).status_code == 303
    assert "thanks =\n    Sama-sama,\n    salam dari kami.\n" in file.read_text("utf-8")
    assert "kalimat sendiri" in (await browser.get(f"{FILES}/{TEXTS}")).text
    assert (await saves(browser, TEXTS, "thanks", "", command="remove")).status_code == 303
    assert "thanks" not in file.read_text("utf-8")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("key", "words", "refusal"),
    [
        ("account-tied", "Akun ini milik { $nama }.", "tulis { $name }, dan tidak ada yang lain"),
        ("thanks", "Terima { kasih", "setiap kurung buka perlu kurung tutup"),
        ("button-send", "Kirimkan laporan ini sekarang juga ke instansinya", "paling banyak 40 huruf"),
        ("thanks", "Terima kasih, { $name }", "jangan tulis apa pun dalam kurung kurawal"),
        ("thanks", "Sama-sama. Terima kasih sudah peduli.", "Tidak ada yang berubah"),
    ],
)
async def test_what_cannot_be_said_is_refused_and_stays_typed(
    office: DeskOffice, folder: Path, key: str, words: str, refusal: str
) -> None:
    answer = await looks(await office.browser_of("Tia"), TEXTS, key, words)
    page = html.unescape(answer.text)
    assert (answer.status_code, refusal in page) == (422, True)
    assert f'<textarea name="words" rows="6" aria-describedby="wordings-hint">\n{words}</textarea>' in page
    assert not (folder / TEXTS).exists()


@pytest.mark.thorough
async def test_an_answer_is_changed_and_the_other_language_stays_the_projects(office: DeskOffice, folder: Path) -> None:
    words = 'Gratis, "cuma-cuma".\nTidak perlu membayar.'
    assert (await saves(await office.browser_of("Tia"), ANSWERS, "what-does-it-cost", words)).status_code == 303
    answers = read_answers(folder, DEFAULTS, ("id", "en"))
    assert answers.words("what-does-it-cost", "id") == words
    assert answers.words("what-does-it-cost", "en").startswith("It is free.")
    assert not (folder / "faq/en.toml").exists()


async def test_an_answer_without_words_is_refused(office: DeskOffice, folder: Path) -> None:
    answer = await looks(await office.browser_of("Tia"), ANSWERS, "what-does-it-cost", " ")
    assert (answer.status_code, "'answer' tidak ada atau tidak berisi kata" in html.unescape(answer.text)) == (
        422,
        True,
    )
    assert not (folder / ANSWERS).exists()


async def test_a_sentence_that_there_is_not_is_not_made(office: DeskOffice, folder: Path) -> None:
    browser = await office.browser_of("Tia")
    assert (await looks(browser, TEXTS, "no-such", "x")).status_code == 422
    assert (await browser.get(f"{FILES}/faq/../secret.key")).status_code == 404
    assert folder.is_dir()


def test_only_the_answer_changes() -> None:
    after = with_wording(ANSWERS, FAQ, "what-does-it-cost", "Gratis.")
    lines = [(one, other) for one, other in zip(FAQ.splitlines(), after.splitlines(), strict=True) if one != other]
    assert [other for _, other in lines] == ['answer = "Gratis."']
    assert with_wording(ANSWERS, after.replace("\n", "\r\n"), "what-does-it-cost", "Gratis.") == after.replace(
        "\n", "\r\n"
    )


def test_every_answer_is_found() -> None:
    known = {each["key"]: each["answer"] for each in tomllib.loads(FAQ)["answer"]}
    assert {each.key: each.words for each in wordings_of(ANSWERS, FAQ)} == known
    with pytest.raises(EditConflict):
        with_wording(ANSWERS, FAQ, "no-such", "x")


def test_without_a_word_sought_a_regency_sees_what_it_words_itself() -> None:
    every = wordings_of(TEXTS, "thanks = Tabea!\n")
    assert [(each.key, each.words) for each in sought_wordings(every, " ")] == [("thanks", "Tabea!")]
    assert [each.key for each in sought_wordings(every, "TABEA")] == ["thanks"]
