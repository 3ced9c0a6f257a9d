"""Files of labelled messages: any columns, refused rows with why, taken up where it was ended, and out again."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from itertools import islice

import pytest
from httpx import AsyncClient, Response

from bot.training.corpus.corpus import CorpusReader
from bot.training.corpus.rows import Columns
from bot.training.samples.import_check import ImportCheck, checked
from bot.training.samples.import_jobs import ImportWork
from bot.training.samples.imports import ImportStage
from bot.understanding.evaluation.evaluation import LabelledText
from bot.understanding.port import ModelAnswer
from bot.understanding.understood import Guess
from bot.web.trainer.imports import routes
from tests.unit.trainers.rooms import OfficersSession

CSV = (
    "No;Isi Aduan;Bidang;Jenis\r\n"
    '1;"lubang besar, bahaya";Jalan & jembatan;Pengaduan\r\n'
    "2;usul tong sampah di taman;sampah;aspiration\r\n"
    "3;hubungi 0812-3456-7890 soal sampah;sampah;\r\n"
    "4;;jalan;Pengaduan\r\n"
    "5;kucing saya hilang;kucing;Pengaduan\r\n"
    "6;aspal mengelupas;jalan;Pengaduan\r\n"
    "7;Aspal mengelupas;sampah;Pengaduan\r\n"
)
COLUMNS = {"text": "Isi Aduan", "category": "Bidang", "intent": "Jenis"}


async def uploaded(browser: AsyncClient, content: str, name: str = "aduan.csv") -> Response:
    return await browser.post("/trainer/import", files={"file": (name, content.encode())})


async def begun(
    labelling_service: OfficersSession, browser: AsyncClient, content: str, name: str = "aduan.csv", **columns: str
) -> str:
    page = (await uploaded(browser, content, name)).text
    token = re.findall(r'name="token" value="(\w+)"', page)[0]
    await browser.post("/trainer/import/begin", data={"token": token, "name": name, **(columns or COLUMNS)})
    await labelling_service.imports.settle()
    return (await browser.get("/trainer/import")).text


async def test_columns_are_guessed_from_their_names(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    page = (await uploaded(browser, "pesan,kategori\nlubang,jalan\n")).text
    assert "<option selected>pesan</option>" in page
    assert "<option selected>kategori</option>" in page


@pytest.mark.thorough
async def test_rows_of_any_columns_become_one_change(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    page = await begun(labelling_service, browser, CSV)
    assert "7 baris: 3 diterima, 1 sudah ada, 3 ditolak" in page
    assert "    - lubang besar, bahaya\n" in labelling_service.file("category/jalan.yml")
    assert "    - usul tong sampah di taman\n" in labelling_service.file("category/sampah.yml")
    assert "    - hubungi [PHONE_1] soal sampah\n" in labelling_service.file("category/sampah.yml")
    assert "· Rina · impor berkas" in labelling_service.file("category/sampah.yml")


@pytest.mark.thorough
async def test_what_is_refused_stands_in_a_file_with_why(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    page = await begun(labelling_service, browser, CSV)
    [address] = re.findall(r'href="(/trainer/import/\w+/refused.csv)"', page)
    assert (await browser.get(address)).text.splitlines() == [
        "baris,alasan ditolak,No,Isi Aduan,Bidang,Jenis",
        "4,tidak ada pesannya,4,,jalan,Pengaduan",
        "5,kategori ini tidak ada di sini,5,kucing saya hilang,kucing,Pengaduan",
        '7,"sudah ada dengan label lain, di data atau lebih atas di berkas ini",7,Aspal mengelupas,sampah,Pengaduan',
    ]
    assert (await browser.get("/trainer/import/unknown/refused.csv")).status_code == 404


@pytest.mark.thorough
async def test_what_was_refused_can_be_mended_and_imported_as_it_is(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    page = await begun(labelling_service, browser, CSV)
    [address] = re.findall(r'href="(/trainer/import/\w+/refused.csv)"', page)
    mended = (await browser.get(address)).text.replace("kucing,Pengaduan", "lainnya,Pengaduan")
    labelling_service.handlers.folder.categories |= {"lainnya"}
    assert "3 baris: 1 diterima, 0 sudah ada, 2 ditolak" in await begun(labelling_service, browser, mended)


@pytest.mark.thorough
async def test_an_import_that_was_ended_goes_on_where_it_was(
    labelling_service: OfficersSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.training.samples.imports.ROWS_AT_ONCE", 2)
    importer = labelling_service.imports.importer
    file = labelling_service.base.parent / "aduan.csv"
    file.write_text(CSV, "utf-8")
    columns = Columns("Isi Aduan", "Jenis", "Bidang")
    started = importer.begin(file, file.name, columns, "Rina", "impor", labelling_service.gate.now())
    [_, half] = islice(importer.steps(started), 2)
    with (importer.home / started.id / "accepted.jsonl").open("a") as torn:
        torn.write('{"text": "lubang yang terpot')
    again = importer.begin(file, file.name, columns, "Rina", "impor", labelling_service.gate.now())
    assert (again, half.rows) == (half, 4)
    *_, last = importer.steps(again)
    assert (last.rows, last.accepted, last.known, last.refused) == (7, 3, 1, 3)
    assert [one.plain for one in importer.change(last, labelling_service.gate.now()).additions] == [
        "lubang besar, bahaya",
        "usul tong sampah di taman",
        "hubungi [PHONE_1] soal sampah",
    ]
    assert importer.finish(last).stage == ImportStage.SAVED
    assert sorted(path.name for path in (importer.home / started.id).iterdir()) == ["refused.csv", "state.json"]


async def contradicting(rows: Sequence[LabelledText]) -> ImportCheck:
    sure = ModelAnswer(Guess("complaint", 1.0), (Guess("sampah", 0.9),), sure=True)
    return checked(rows, [sure] * len(rows))


AGAINST = "text,category\n" + "".join(f"lubang nomor {number} dekat pasar,jalan\n" for number in range(12))


@pytest.mark.thorough
@pytest.mark.parametrize(("pressed", "learned"), [("accept", True), ("discard", False)])
async def test_an_import_that_contradicts_the_model_waits_until_somebody_has_read_it(
    labelling_service: OfficersSession, pressed: str, learned: object
) -> None:
    work = labelling_service.imports.work
    assert isinstance(work, ImportWork)
    labelling_service.imports.work = replace(work, look=contradicting)
    browser = await labelling_service.trainer()
    page = await begun(labelling_service, browser, AGAINST, text="text", category="category")
    assert "Dari 12 baris yang model sangat yakin, 12 diberi label lain oleh berkas ini." in page
    assert "lubang nomor 3 dekat pasar" in page
    assert "lubang nomor 3" not in labelling_service.file("category/jalan.yml")
    [address] = re.findall(rf'action="(/trainer/import/\w+/{pressed})"', page)
    await browser.post(address)
    await labelling_service.imports.settle()
    assert ("lubang nomor 3" in labelling_service.file("category/jalan.yml")) is learned
    assert "Menunggu dibaca" not in (await browser.get("/trainer/import")).text


@pytest.mark.thorough
@pytest.mark.parametrize("ending", ["csv", "jsonl", "yml"])
async def test_what_comes_out_goes_in_again(labelling_service: OfficersSession, ending: str) -> None:
    browser = await labelling_service.trainer()
    await begun(
        labelling_service,
        browser,
        "text,category\n=lubang di jalan,jalan\n'kutip,jalan\n",
        text="text",
        category="category",
    )
    content = (await browser.get(f"/trainer/export/semua.{ending}")).text
    page = await begun(
        labelling_service, browser, content, f"data.{ending}", text="text", category="category", intent="intent"
    )
    assert "7 baris: 0 diterima, 7 sudah ada, 0 ditolak" in page


@pytest.mark.thorough
async def test_what_was_added_here_comes_out_alone(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    await begun(labelling_service, browser, "text,category\nlubang baru,jalan\n", text="text", category="category")
    content = (await browser.get("/trainer/export/tambahan.csv")).text
    assert content == "text,intent,category\r\nlubang baru,complaint,jalan\r\n"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("aduan.ods", "x", "Hanya berkas .csv, .xlsx, .jsonl, dan .yml yang bisa dibaca."),
        ("aduan.xlsx", "x", "Buku kerjanya (XLSX) tidak bisa dibaca."),
        ("aduan.csv", "", "Tidak ada baris di dalamnya."),
        ("aduan.csv", "text\n" + "x" * 2_000_000, "CSV-nya tidak bisa dibaca."),
        ("aduan.yml", "[", "Baris 1 tidak bisa dibaca sebagai YAML Rasa."),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_in_words(
    labelling_service: OfficersSession, name: str, content: str, said: str
) -> None:
    browser = await labelling_service.trainer()
    answer = await uploaded(browser, content, name)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert said in answer.text


@pytest.mark.thorough
async def test_what_was_uploaded_and_never_imported_is_gone_a_day_later(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    await uploaded(browser, CSV)
    [left] = labelling_service.imports.importer.home.glob("upload-*")
    os.utime(left, (0, 0))
    await uploaded(browser, CSV)
    assert len(list(labelling_service.imports.importer.home.glob("upload-*"))) == 1
    assert not left.exists()


@pytest.mark.thorough
async def test_nothing_outside_its_folder_is_read_by_a_made_up_name(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    for path in ("/trainer/import/..%2F..%2Fbase", "/trainer/import/..%2Fown/refused.csv", "/trainer/export/x.csv"):
        assert (await browser.get(path)).status_code == 404
    answer = await browser.post("/trainer/import/begin", data={"token": "../own/category/jalan.yml", **COLUMNS})
    assert answer.status_code == 422


@pytest.mark.thorough
def test_the_reader_knows_what_has_changed(labelling_service: OfficersSession) -> None:
    reader = CorpusReader(labelling_service.base, labelling_service.own)
    assert len(list(reader.read().examples)) == 5


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ('{"a":' * 20_000, "dalam.jsonl", "Tidak ada"),
        ("[" * 20_000, "dalam.jsonl", "Tidak ada"),
        ("[" * 20_000, "dalam.yml", "tidak bisa dibaca sebagai YAML"),
        ('{"a":' * 5_000, "dalam.yml", "tidak bisa dibaca sebagai YAML"),
    ],
)
async def test_a_file_that_is_nested_without_end_is_refused_in_words(
    labelling_service: OfficersSession, content: str, name: str, said: str
) -> None:
    answer = await uploaded(await labelling_service.trainer(), content, name)
    assert answer.status_code in {200, 422}
    assert said in answer.text or "<select" in answer.text


@pytest.mark.thorough
async def test_a_file_that_is_too_large_is_refused_before_it_has_come(
    labelling_service: OfficersSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "MOST_BYTES", 1 << 20)
    browser = await labelling_service.trainer()
    sent = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for _ in range(50):
            sent += 1
            yield b"x" * (1 << 16)
        yield b"\r\n--x--\r\n"

    kind = {"content-type": "multipart/form-data; boundary=x"}
    declared = await browser.post("/trainer/import", content=pieces(), headers={**kind, "content-length": "3276900"})
    assert (declared.status_code, sent) == (413, 0)
    assert "Lebih dari 1 MB" in declared.text
    streamed = await browser.post("/trainer/import", content=pieces(), headers=kind)
    assert (streamed.status_code, sent) == (413, 17)
    assert not list(labelling_service.imports.importer.home.glob("upload-*"))


INDONESIAN = {"text": "teks", "category": "kategori"}


@pytest.mark.thorough
async def test_a_whole_import_is_taken_back_by_one_press_also_after_another_came(
    labelling_service: OfficersSession,
) -> None:
    browser = await labelling_service.trainer()
    await begun(
        labelling_service,
        browser,
        "teks;kategori\nlubang di simpang;Jalan & jembatan\npaving ambles;jalan\n",
        **INDONESIAN,
    )
    await begun(labelling_service, browser, "teks;kategori\nembung kering;jalan\n", "b.csv", **INDONESIAN)
    page = (await browser.get("/trainer/data")).text
    first = min(re.findall(r"/trainer/data/changes/(\d+)/undo", page), key=int)
    answer = await browser.post(f"/trainer/data/changes/{first}/undo")
    assert "2 kalimat keluar dari data" in answer.text
    assert "    - embung kering\n" in labelling_service.file("category/jalan.yml")
    assert "paving ambles" not in labelling_service.file("category/jalan.yml")
