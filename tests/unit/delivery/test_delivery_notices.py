"""What a reporter is told of what others did to her case, word for word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from actions.cases.actions import CaseAction
from actions.people.roles import REPORTER, Actor
from actions.store.engine.database import Database
from tests.databases import on_sqlite
from tests.unit.delivery.case_office import ANSWER, ARIF, MODI, PROOF, SITI, VERA, CaseOffice, admin, liaison

ROADS, NAME = "dpupr", "Dinas Pekerjaan Umum dan Penataan Ruang"
APPEAL = "Bila Anda tidak setuju, Anda bisa meminta petugas lain memeriksanya sampai Selasa, 8 Desember 2026."

pytestmark = on_sqlite


@pytest.fixture
def office(database: Database) -> CaseOffice:
    """An office whose first day is Tuesday, 24 November 2026, four in the afternoon."""
    return CaseOffice(database)


async def last(office: CaseOffice, reporter: str = SITI) -> str:
    return (await office.notes(reporter))[-1]


async def test_filing_is_told_by_the_talk_and_not_again(office: CaseOffice) -> None:
    await office.files()
    assert await office.notes() == []


async def test_a_question(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ASK, liaison(ROADS), words="Di sisi mana?")
    assert await last(office) == (
        f"{NAME} bertanya tentang laporan {case.ticket}: “Di sisi mana?”\n"
        "Mohon dijawab paling lambat Selasa, 8 Desember 2026. Sambil menunggu Anda, hitungan harinya berhenti dulu."
    )


async def test_an_answer(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    await office.does(case.ticket, CaseAction.ANSWER, liaison(ROADS), **ANSWER, enclosures=PROOF)
    [told] = await office.notes()
    assert told == (
        f"{NAME} sudah menjawab laporan {case.ticket}:\n"
        "“Lubang di depan pasar ditutup aspal hari Rabu”\n"
        "Apakah sudah beres? Anda bisa menyatakannya sampai Selasa, 8 Desember 2026."
    )


async def test_a_rejection(office: CaseOffice) -> None:
    case = await office.files(category=None)
    how = {"code": "unclear", "words": "Tempatnya tidak disebut", "mend": "Sebutkan nama jalannya"}
    await office.does(case.ticket, CaseAction.REJECT, VERA, **how)
    assert await last(office) == (
        f"Laporan {case.ticket} tidak dapat ditangani.\n"
        "Alasan: isinya belum cukup jelas untuk ditindaklanjuti.\n"
        "“Tempatnya tidak disebut”\n"
        "Yang bisa Anda lakukan: Sebutkan nama jalannya\n"
        f"{APPEAL}"
    )


async def test_a_referral(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.REFER, VERA, body="Balai Jalan", contact="bbpjn.example")
    assert await last(office) == (
        f"Laporan {case.ticket} adalah urusan Balai Jalan. Hubungi: bbpjn.example\n"
        "Anda juga bisa menyampaikannya lewat layanan nasional SP4N-LAPOR!: lapor.go.id, atau SMS ke 1708."
    )


async def test_a_merger_of_public_cases_names_the_other_and_one_of_secret_cases_does_not(
    office: CaseOffice,
) -> None:
    for secret, expected in ((False, "dengan laporan {0} tentang"), (True, "dengan laporan lain tentang")):
        other = await office.files(secret=secret, reporter="telegram:tono")
        case = await office.files(secret=secret)
        await office.does(case.ticket, CaseAction.MERGE, VERA, parent=other.ticket, words="Lubang yang sama")
        told = await last(office)
        assert expected.format(other.ticket) in told
        assert (other.ticket in told) is not secret
        assert told.endswith(APPEAL)


@pytest.mark.parametrize(
    ("who", "action", "more", "told"),
    [
        (
            admin(ROADS),
            CaseAction.PASS_ON,
            {"agency": "dlh"},
            "Laporan {0} sekarang ditangani oleh Dinas Lingkungan Hidup.",
        ),
        (MODI, CaseAction.HIDE, {"words": "Ada nama orang"}, "Laporan {0} tidak lagi tampil untuk umum."),
        (
            MODI,
            CaseAction.REDACT,
            {"words": "Ada nama orang"},
            "Moderator mengubah apa yang dapat dibaca orang lain dari laporan {0}.",
        ),
    ],
)
async def test_what_else_she_must_know(
    office: CaseOffice, who: Actor, action: CaseAction, more: dict[str, Any], told: str
) -> None:
    case = await office.files()
    await office.does(case.ticket, action, who, **more)
    assert (await last(office)).startswith(told.format(case.ticket))


@pytest.mark.parametrize("action", [CaseAction.ACCEPT, CaseAction.RETURN])
async def test_what_she_need_not_act_on_sends_no_message(office: CaseOffice, action: CaseAction) -> None:
    case = await office.files()
    who = liaison(ROADS) if action is CaseAction.ACCEPT else admin(ROADS)
    await office.does(case.ticket, action, who, words="Bukan kami")
    assert await office.notes() == []


async def test_the_ruling_on_whose_it_is(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.RETURN, admin(ROADS), words="Bukan kami")
    await office.does(case.ticket, CaseAction.FORWARD, VERA, why="x", agency="dlh")
    await office.does(case.ticket, CaseAction.RETURN, admin("dlh"), words="Bukan kami")
    await office.does(case.ticket, CaseAction.RULE, ARIF, words="Jalan kabupaten", agency=ROADS)
    assert len(await office.notes()) == 2
    assert (await last(office)).startswith(f"Penengah memutuskan: laporan {case.ticket} ditangani oleh {NAME}.")


async def test_in_her_own_language(office: CaseOffice) -> None:
    case = await office.files(language="en")
    await office.does(case.ticket, CaseAction.ASK, liaison(ROADS), words="Which side?")
    assert (await last(office)).startswith(f"{NAME} asks about report {case.ticket}: “Which side?”")


async def test_who_has_left_hears_nothing_more(office: CaseOffice) -> None:
    case, other = await office.files(), await office.files(reporter="telegram:tono")
    await office.does(other.ticket, CaseAction.MERGE, VERA, parent=case.ticket, words="Lubang yang sama")
    await office.does(case.ticket, CaseAction.WITHDRAW, REPORTER)
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    await office.does(case.ticket, CaseAction.NOTE, liaison(ROADS), words="Lubang sudah diukur dua meter")
    office.clock.passes(timedelta(days=60))
    await office.sweeps()
    assert await office.notes() == []
