"""Labelled messages from a workbook (XLSX): read as people fill them in, and refused where one is made to harm."""

from __future__ import annotations

import csv
import io
import random
import re
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from bot.training.corpus import workbook
from bot.training.corpus.rows import Format, Unreadable, UnreadableImport, columns_of, raw_rows
from bot.training.samples.importing import LeftOut, new_or_left_out
from bot.understanding.evaluation.evaluation import LabelledText
from tests.unit.trainers.rooms import OfficersSession
from tests.unit.trainers.test_trainers_imports import COLUMNS, CSV

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {n} '{f'&{p};' * 10}'>" for p, n in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
ELSEWHERE = "<!DOCTYPE x [<!ENTITY i SYSTEM 'file:///etc/hostname'>]>"


def a_workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    """One with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The same workbook with one part written otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            text = before.read(part)
            after.writestr(part, change(text.decode()) if part == name else text)
    return out.getvalue()


def read(folder: Path, content: bytes) -> list[dict[str, str]]:
    file = folder / "source"
    file.write_bytes(content)
    return [dict(row.cells) for row in raw_rows(file, Format.XLSX)]


def refusal(folder: Path, content: bytes) -> Unreadable | None:
    """Why it cannot be read; None of one that can be. Anything but a refusal is a fault."""
    try:
        read(folder, content)
    except UnreadableImport as refused:
        return refused.why
    return None


@pytest.mark.thorough
async def test_a_workbook_is_imported_as_the_same_table_in_csv(labelling_service: OfficersSession) -> None:
    rows = list(csv.reader(CSV.splitlines(), delimiter=";"))
    content = a_workbook([], rows)
    browser = await labelling_service.trainer()
    page = (await browser.post("/trainer/import", files={"file": ("Aduan.XLSX", content)})).text
    [token] = re.findall(r'name="token" value="(\w+)"', page)
    await browser.post("/trainer/import/begin", data={"token": token, "name": "Aduan.XLSX", **COLUMNS})
    await labelling_service.imports.settle()
    page = (await browser.get("/trainer/import")).text
    assert "7 baris: 3 diterima, 1 sudah ada, 3 ditolak" in page
    assert "    - lubang besar, bahaya\n" in labelling_service.file("category/jalan.yml")
    [address] = re.findall(r'href="(/trainer/import/\w+/refused.csv)"', page)
    refused = (await browser.get(address)).text.splitlines()
    assert refused[0] == "baris,alasan ditolak,No,Isi Aduan,Bidang,Jenis"
    assert refused[1] == "4,tidak ada pesannya,4,,jalan,Pengaduan"


def test_cells_are_read_as_text_and_empty_rows_and_columns_are_nobodys(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [None, None, None, None],
        ["no", "pesan", None, "tanggal"],
        [1, " jalan rusak ", "di luar kolom", date(2026, 11, 17)],
        [None, None, None, None],
        [2.5, None, None, True],
    ]
    assert read(tmp_path, a_workbook([], rows, [["lain"], ["tidak dibaca"]])) == [
        {"no": "1", "pesan": "jalan rusak", "tanggal": "2026-11-17 00:00:00"},
        {"no": "2.5", "pesan": "", "tanggal": "True"},
    ]
    names, first = columns_of(tmp_path / "source", Format.XLSX)
    assert (names, [row.number for row in first]) == (["no", "pesan", "tanggal"], [1, 2])


@pytest.mark.parametrize(
    "formula", ["=_xlfn.CONCAT(A1)", "=nama", ArrayFormula("B2:B3", "=nama & kota")], ids=("function", "name", "array")
)
def test_whatever_the_sheet_reckons_is_refused_as_a_formula(tmp_path: Path, formula: object) -> None:
    rows: list[list[object]] = [["pesan"], [formula]]
    [row] = read(tmp_path, a_workbook(rows))
    assert new_or_left_out(LabelledText(row["pesan"], category="jalan"), {"jalan"}, {}) is LeftOut.FORMULA


@pytest.mark.thorough
async def test_training_data_is_not_handed_out_as_a_workbook(labelling_service: OfficersSession) -> None:
    browser = await labelling_service.trainer()
    assert (await browser.get("/trainer/export/semua.xlsx")).status_code == 404


def test_a_workbook_that_unpacks_to_more_than_it_may_is_not_unpacked(tmp_path: Path) -> None:
    content = changed(a_workbook([["pesan"]]), SHEET, lambda text: text + " " * (workbook.MOST_BYTES + 1))
    assert len(content) < 100_000
    assert refusal(tmp_path, content) == Unreadable.LARGE


def test_a_part_that_lies_of_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    out = io.BytesIO()
    content = io.BytesIO(a_workbook([["pesan"]]))
    with zipfile.ZipFile(content) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            after.writestr(part, before.read(part) + b" " * (workbook.MOST_BYTES if part == SHEET else 0))
        after.getinfo(SHEET).file_size = 1_000
    assert refusal(tmp_path, out.getvalue()) == Unreadable.XLSX


@pytest.mark.thorough
@pytest.mark.parametrize(("declared", "used"), [(LAUGHS, "&i;"), (ELSEWHERE, "&i;")], ids=["laughs", "elsewhere"])
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_entities_neither_grow_nor_read_files(tmp_path: Path, declared: str, used: str, part: str) -> None:
    def plants(text: str) -> str:
        head, mark, body = text.rpartition("?>")
        return (
            head + mark + declared + body.replace(">pesan<", f">{used}<").replace('name="Sheet', f'name="{used}Sheet')
        )

    begun = time.monotonic()
    content = changed(a_workbook([["pesan"], ["pesan"]]), part, plants)
    if (why := refusal(tmp_path, content)) is None:
        rows = str(read(tmp_path, content))
        assert Path("/etc/hostname").read_text("utf-8").strip() not in rows
        assert len(rows) < 10_000
    assert why in {Unreadable.XLSX, None}
    assert time.monotonic() - begun < 10


@pytest.mark.thorough
def test_a_sheet_that_says_it_is_as_large_as_can_be_is_read_as_what_it_has(tmp_path: Path) -> None:
    def grows(text: str) -> str:
        grown = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', text)
        return grown.replace('<row r="2"', '<row r="1048576"').replace('r="A2"', 'r="A1048576"')

    begun = time.monotonic()
    content = changed(a_workbook([["pesan"], ["jalan rusak"]]), SHEET, grows)
    assert read(tmp_path, content) == [{"pesan": "jalan rusak"}]
    assert time.monotonic() - begun < 60


@pytest.mark.thorough
def test_whatever_is_broken_in_a_workbook_is_one_refusal(tmp_path: Path) -> None:
    whole = a_workbook([["pesan", "kategori"], *([f"jalan rusak {number}", "jalan"] for number in range(50))])
    chance = random.Random(20261203)  # noqa: S311 - to break files, not to hide anything
    found = set[Unreadable | None]()
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        cut = bytes(content[: chance.randrange(len(content))] if chance.random() < 0.2 else content)
        found.add(refusal(tmp_path, cut))
    assert Unreadable.XLSX in found
    assert found <= {Unreadable.XLSX, Unreadable.LARGE, None}


@pytest.mark.thorough
def test_broken_xml_in_any_part_is_one_refusal(tmp_path: Path) -> None:
    whole = a_workbook([["pesan", "kategori"], ["jalan rusak", "jalan"]])
    chance = random.Random(7)  # noqa: S311 - as above
    for part in zipfile.ZipFile(io.BytesIO(whole)).namelist():
        for _ in range(20):

            def breaks(text: str) -> str:
                at, put = chance.randrange(len(text)), chance.choice(["", "<", '"', "9" * 20, "&x;", "\0"])
                return text[:at] + put + text[at + chance.randint(0, 40) :]

            assert refusal(tmp_path, changed(whole, part, breaks)) in {Unreadable.XLSX, Unreadable.LARGE, None}
