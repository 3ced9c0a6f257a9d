"""Verifiers, arbiters and moderators work in their private chats, and so does whoever has a discreet case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Status
from actions.cases.officer_handlers import Wish
from actions.people.roles import REPORTER, Role
from tests.fakes.telegram_people import Citizen
from tests.integration.officers.bureau import ROADS, Bureau

MARK = "tujuhbelas kerbau ungu"
"""Words that nobody but the officers of a discreet case may read."""


async def sends(bureau: Bureau, who: Citizen) -> None:
    """She presses Kirim under what she has written."""
    await bureau.presses(who, "Kirim")


async def test_a_verifier_forwards_a_case_of_unknown_category_and_its_agency_gets_the_card(bureau: Bureau) -> None:
    vera = await bureau.officer("Vera", Role.VERIFIER)
    await bureau.binds()
    case = await bureau.files(category=None)
    assert (await bureau.case(case.ticket)).status is Status.RECEIVED
    assert bureau.group.screen == []
    assert bureau.labels(vera.private, case.ticket) == [
        "Minta data",
        "Teruskan",
        "Tolak",
        "Rujuk",
        "Gabung",
        "Selengkapnya",
    ]
    await bureau.presses(vera, "Teruskan")
    await bureau.presses(vera, "Dinas Pekerjaan Umum dan Penataan Ruang")
    assert "sekarang ditangani oleh" in vera.private.screen[-1].text
    await sends(bureau, vera)
    assert (await bureau.case(case.ticket)).agency == ROADS
    assert case.ticket in bureau.group.screen[-1].text
    card = next(line for line in vera.private.screen if line.text.startswith(case.ticket))
    assert (card.labels, card.text.splitlines()) == (
        [],
        [f"{case.ticket} · Diteruskan ke instansi · Dinas Pekerjaan Umum dan Penataan Ruang"],
    )


async def test_agencies_stand_on_pages(bureau: Bureau) -> None:
    vera = await bureau.officer("Vera", Role.VERIFIER)
    await bureau.files(category=None)
    await bureau.presses(vera, "Teruskan")
    first = vera.private.screen[-1].labels
    await bureau.presses(vera, "Berikutnya")
    second = vera.private.screen[-1].labels
    assert set(first) & set(second) == {"Berikutnya", "Batal"}
    await bureau.presses(vera, "Sebelumnya")
    assert vera.private.screen[-1].labels == first


@pytest.mark.thorough
async def test_a_verifier_rejects_with_a_reason_and_what_the_reporter_can_do(bureau: Bureau) -> None:
    vera = await bureau.officer("Vera", Role.VERIFIER)
    case = await bureau.files(category=None)
    await bureau.presses(vera, "Tolak")
    await bureau.presses(vera, "Belum jelas")
    await bureau.replies(vera, "Tempatnya tidak disebut", to="tulis isinya")
    await bureau.replies(vera, "Sebutkan nama jalannya", to="yang bisa dilakukan pelapor")
    look = vera.private.screen[-1].text
    assert "Tempatnya tidak disebut" in look
    assert "Yang bisa Anda lakukan: Sebutkan nama jalannya" in look
    await sends(bureau, vera)
    assert (await bureau.case(case.ticket)).status is Status.REJECTED


@pytest.mark.thorough
async def test_a_verifier_refers_and_merges(bureau: Bureau) -> None:
    vera = await bureau.officer("Vera", Role.VERIFIER)
    first, second = [await bureau.files(category=None) for _ in range(2)]
    await bureau.presses(vera, "Rujuk", ticket=first.ticket)
    await bureau.replies(vera, "Perusahaan jalan tol", to="lembaga mana")
    await bureau.replies(vera, "telepon 14080", to="menghubungi lembaga itu")
    await sends(bureau, vera)
    assert (await bureau.case(first.ticket)).status is Status.REFERRED
    parent = await bureau.files(category=None)
    await bureau.presses(vera, "Gabung", ticket=second.ticket)
    await bureau.replies(vera, f"ke {parent.ticket} saja", to="nomor laporan yang dituju")
    await sends(bureau, vera)
    assert (await bureau.case(second.ticket)).status is Status.MERGED


@pytest.mark.thorough
async def test_two_returns_come_before_the_arbiter_who_rules(bureau: Bureau) -> None:
    vera, arif = await bureau.officer("Vera", Role.VERIFIER), await bureau.officer("Arif", Role.ARBITER)
    await bureau.officer("Lina", agency=ROADS)
    ade = await bureau.officer("Ade", Role.AGENCY_ADMIN, Role.LIAISON, agency=ROADS)
    wati = await bureau.officer("Wati", Role.AGENCY_ADMIN, Role.LIAISON, agency="dlh")
    await bureau.binds()
    case = await bureau.files()
    await bureau.presses(ade, "Kembalikan", bureau.group)
    await bureau.presses(ade, "Dinas Lingkungan Hidup", bureau.group)
    await bureau.replies(ade, "Ini sampah di badan jalan", bureau.group, to="Kembalikan")
    assert "Pelapor tidak dikabari" in bureau.group.screen[-1].text
    await bureau.presses(ade, "Kirim", bureau.group)
    assert "menyarankan: Dinas Lingkungan Hidup" in vera.private.screen[-1].text

    await bureau.presses(vera, "Teruskan")
    assert vera.private.screen[-1].labels[0] == "Dinas Lingkungan Hidup"
    await bureau.presses(vera, "Dinas Lingkungan Hidup")
    await sends(bureau, vera)
    await bureau.presses(wati, "Kembalikan")
    await bureau.presses(wati, "Tidak tahu")
    await bureau.replies(wati, "Bukan sampah, tetapi batu", to="Kembalikan")
    await sends(bureau, wati)
    assert (await bureau.case(case.ticket)).status is Status.DISPUTED_AUTHORITY

    assert "Putuskan" in bureau.labels(arif.private, case.ticket)
    await bureau.presses(arif, "Putuskan")
    await bureau.presses(arif, "Dinas Pekerjaan Umum dan Penataan Ruang")
    await bureau.replies(arif, "Batu di badan jalan adalah urusan jalan", to="Putuskan")
    await sends(bureau, arif)
    assert (await bureau.case(case.ticket)).agency == ROADS
    assert "Kembalikan" not in bureau.labels(bureau.group, case.ticket)


@pytest.mark.thorough
async def test_a_moderator_hides_a_case_and_its_group_has_it_no_more(bureau: Bureau) -> None:
    modi = await bureau.officer("Modi", Role.MODERATOR)
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files(MARK)
    await bureau.presses(modi, "Sembunyikan")
    await bureau.replies(modi, "Menyebut nama orang", to="Sembunyikan")
    await sends(bureau, modi)
    assert (await bureau.case(case.ticket)).is_hidden
    assert [line.text for line in bureau.group.screen] == ["Laporan ini tidak lagi ditangani di sini."]
    assert MARK in rina.private.screen[-1].text


async def test_a_moderator_s_card_leads_to_what_she_lets_others_read(bureau: Bureau) -> None:
    await bureau.is_reached_at("https://lapor.example")
    modi, rina = await bureau.officer("Modi", Role.MODERATOR), await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    link = f"https://lapor.example/desk/cases/{case.ticket}/redact"
    assert modi.private.screen[-1].text.endswith(link)
    await bureau.presses(rina, "Terima", bureau.group)
    assert modi.private.screen[-1].text.endswith(link)
    others = [line.text for chat in (rina.private, bureau.group) for line in chat.screen]
    assert "/desk/" not in "\n".join(others)


async def test_a_link_that_opens_only_on_the_machine_of_the_service_is_not_shown(bureau: Bureau) -> None:
    await bureau.is_reached_at("http://127.0.0.1:8080")
    modi = await bureau.officer("Modi", Role.MODERATOR)
    await bureau.files()
    assert "/desk/" not in modi.private.screen[-1].text


@pytest.mark.thorough
async def test_nothing_of_a_secret_case_enters_a_group(bureau: Bureau) -> None:
    ina, rina = await bureau.officer("Ina", agency="inspektorat"), await bureau.officer("Rina", agency=ROADS)
    vera = await bureau.officer("Vera", Role.VERIFIER)
    ade = await bureau.officer("Ade", Role.AGENCY_ADMIN, agency=ROADS)
    await bureau.binds()
    await bureau.binds("admin_ppu", bureau.telegram.group("Admin"))
    await bureau.binds("inspektorat", bureau.telegram.group("Inspektorat"))
    case = await bureau.files(MARK, name="Siti Aminah", secret=True)
    await bureau.presses(ina, "Teruskan")
    await bureau.presses(ina, "Dinas Pekerjaan Umum dan Penataan Ruang")
    await sends(bureau, ina)
    await bureau.presses(rina, "Terima")
    await bureau.presses(rina, "Minta data")
    await bureau.replies(rina, f"{MARK} yang mana?", to="Minta data")
    await sends(bureau, rina)
    reporter = f"telegram:{bureau.siti.id}"
    reply = Wish(
        ticket=case.ticket, command=CaseCommand(action=CaseAction.REPLY, words=MARK), who=REPORTER, reporter=reporter
    )
    await bureau.does(reply)
    await bureau.passes(60)
    assert (await bureau.actions(case.ticket)).count("escalate") > 5
    groups = [words for chat, words in await bureau.outbox() if chat.startswith("-")]
    assert not [words for words in groups if MARK in words or case.ticket in words or "Siti" in words]
    mine = "\n".join(line.text for line in rina.private.screen)
    assert "Pelapor: Siti Aminah" in mine
    assert f"“{MARK}”" in mine
    assert any("Terlambat" in text for text in bureau.news(ade.private))
    assert vera.private.screen == [], "the front office is told nothing of it, by no clock either"


@pytest.mark.thorough
async def test_a_sensitive_case_never_comes_to_people_of_the_accused_agency(bureau: Bureau) -> None:
    vera = await bureau.officer("Vera", Role.VERIFIER)
    spy = await bureau.officer("Doni", Role.VERIFIER, Role.LIAISON, agency=ROADS)
    inspector = await bureau.officer("Ina", agency="inspektorat")
    await bureau.binds()
    case = await bureau.files(f"{MARK} minta uang", sensitive=True)
    assert (await bureau.case(case.ticket)).agency == "inspektorat"
    assert case.ticket in inspector.private.screen[-1].text
    assert vera.private.screen == spy.private.screen == bureau.group.screen == []
    await bureau.presses(inspector, "Teruskan")
    await bureau.presses(inspector, "Dinas Pekerjaan Umum dan Penataan Ruang")
    assert "mungkin tentang instansi itu sendiri" in inspector.private.screen[-1].text
    assert "Kirim" not in inspector.private.screen[-1].labels
    await bureau.presses(inspector, "Batal")
    await bureau.presses(inspector, "Terima")
    assert (await bureau.case(case.ticket)).status is Status.IN_PROGRESS
    assert vera.private.screen == spy.private.screen == bureau.group.screen == []


@pytest.mark.thorough
async def test_what_only_sounded_sensitive_goes_the_ordinary_way_when_a_verifier_has_said_so(bureau: Bureau) -> None:
    ina = await bureau.officer("Ina", agency="inspektorat")
    await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files("jalan rusak, katanya uangnya dimakan", sensitive=True)
    await bureau.presses(ina, "Teruskan")
    await bureau.presses(ina, "Dinas Pekerjaan Umum dan Penataan Ruang")
    await bureau.presses(ina, "Bukan perkara sensitif")
    await sends(bureau, ina)
    assert (await bureau.case(case.ticket)).agency == ROADS
    assert case.ticket in bureau.group.screen[-1].text


@pytest.mark.thorough
async def test_a_secret_case_is_not_to_be_worked_from_a_group(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    modi = await bureau.officer("Modi", Role.MODERATOR)
    await bureau.binds()
    case = await bureau.files()
    number, button = bureau.group.button("Terima") or (0, {})
    await bureau.presses(modi, "Sembunyikan")
    await bureau.replies(modi, "Menyebut nama orang", to="Sembunyikan")
    await sends(bureau, modi)
    answer = await bureau.taps(rina, button["callback_data"], number, bureau.group)
    assert "obrolan pribadi" in answer
    assert "accept" not in await bureau.actions(case.ticket)


@pytest.mark.thorough
async def test_in_her_own_chat_an_officer_is_a_citizen_too(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    case = await bureau.files()
    await bureau.presses(rina, "Terima")
    await bureau.presses(rina, "Kabar kemajuan")
    await bureau.says(rina, "lampu jalan di jl provinsi km 5 mati sudah dua minggu")
    assert "Kirim" in rina.private.screen[-1].labels
    assert case.ticket not in rina.private.screen[-1].text
    await bureau.replies(rina, "Lubang sudah diukur dua meter", to="Kabar kemajuan")
    assert "Kabar dari" in rina.private.screen[-1].text
    await sends(bureau, rina)
    assert (await bureau.actions(case.ticket))[2:] == ["accept", "note"]


@pytest.mark.thorough
async def test_the_nudge_reaches_who_claimed_it_and_lateness_the_group(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    await bureau.presses(rina, "Terima", bureau.group)
    bureau.news(bureau.group)
    await bureau.passes(30)
    meaning, alone = bureau.news(bureau.group), bureau.news(rina.private)
    assert alone[0].startswith(f"{case.ticket} menunggu")
    assert any(text.startswith(f"Terlambat: {case.ticket}") for text in meaning)


@pytest.mark.thorough
async def test_a_reminder_takes_nothing_from_whoever_is_just_writing(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    await bureau.presses(rina, "Terima", bureau.group)
    number, button = bureau.group.button("Kabar kemajuan") or (0, {})
    await bureau.passes(10)
    assert (await bureau.actions(case.ticket))[-1] == "escalate"
    await bureau.taps(rina, button["callback_data"], number, bureau.group)
    await bureau.replies(rina, "Lubang sudah diukur dua meter", bureau.group, to="Kabar kemajuan")
    await bureau.passes(5)
    await bureau.presses(rina, "Kirim", bureau.group)
    assert (await bureau.actions(case.ticket))[-1] == "note"


async def test_somebody_who_was_disabled_gets_and_does_nothing(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.officer("Budi", agency=ROADS)
    case = await bureau.files()
    await bureau.disables("Rina")
    bureau.world.clock.passes(timedelta(hours=1))
    assert "/masuk KODE" in await bureau.presses(rina, "Terima")
    seen = len(rina.private.meaning)
    await bureau.files()
    assert len(rina.private.meaning) == seen
    assert (await bureau.actions(case.ticket))[2:] == []


@pytest.mark.thorough
@pytest.mark.manual("officer-tasks")
async def test_tugas_shows_what_waits_for_her_and_to_a_citizen_it_is_no_command(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    vera = await bureau.officer("Vera", Role.VERIFIER)
    open_case, unknown = await bureau.files(), await bureau.files(category=None)
    for who, ticket in ((rina, open_case.ticket), (vera, unknown.ticket)):
        bureau.news(who.private)
        await bureau.says(who, "/tugas")
        [card] = bureau.news(who.private)
        assert card.startswith(ticket)
    await bureau.presses(rina, "Terima")
    assert [line.text for line in rina.private.screen if line.text.startswith(f"{open_case.ticket} · Sedang")]
    await bureau.binds()
    await bureau.says(rina, "/tugas")
    assert rina.private.screen[-1].text == (
        "Di obrolan ini tidak ada yang menunggu. Laporan instansi Anda ada di grupnya: kirim /tugas di grup itu."
    )
    await bureau.says(bureau.siti, "/tugas")
    assert "belum saya kenal" in bureau.siti.private.screen[-1].text


@pytest.mark.thorough
@pytest.mark.manual("officer-tasks")
async def test_tugas_in_a_group_shows_what_is_handled_in_the_open(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    ina = await bureau.officer("Ina", agency="inspektorat")
    secret = await bureau.files(secret=True)
    await bureau.presses(ina, "Teruskan")
    await bureau.presses(ina, "Dinas Pekerjaan Umum dan Penataan Ruang")
    await bureau.presses(ina, "Kirim")
    case = await bureau.files()
    await bureau.binds()
    await bureau.says(rina, "/tugas", bureau.group)
    assert [text.splitlines()[0] for text in bureau.news(bureau.group)] == [f"{case.ticket} · Diteruskan ke instansi"]
    await bureau.presses(rina, "Terima", bureau.group)
    await bureau.presses(rina, "Jawab", bureau.group)
    await bureau.replies(rina, "Lubang ditutup aspal pada hari Rabu", bureau.group, to="Jawab", photo=True)
    await bureau.presses(rina, "Kirim", bureau.group)
    assert (await bureau.case(case.ticket)).status == "answered"
    await bureau.says(rina, "/tugas", bureau.group)
    assert bureau.group.screen[-1].text == "Tidak ada laporan yang menunggu di sini."
    await bureau.says(bureau.siti, "/tugas", bureau.group)
    assert "/masuk KODE" in bureau.news(bureau.group)[-1]
    assert secret.ticket not in "".join(words for chat, words in await bureau.outbox() if chat == str(bureau.group.id))
