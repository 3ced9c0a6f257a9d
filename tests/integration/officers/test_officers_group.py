"""Officers work a case in the group of their agency, from its card to the answer that its reporter reads."""

from __future__ import annotations

import pytest

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Attachment, Status
from actions.cases.officer_handlers import Wish
from actions.people.roles import REPORTER, Actor, Role
from actions.privacy.redaction import NOTHING_REDACTED, Redaction, TextSpan
from tests.integration.officers.bureau import ROADS, Bureau


@pytest.mark.thorough
@pytest.mark.manual("officer-accept", "officer-ask", "officer-answer")
async def test_a_case_is_worked_from_its_card_to_the_answer(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    card = bureau.group.screen[-1]
    assert case.ticket in card.text
    assert "berlubang" in card.text
    assert card.labels == ["Terima", "Minta data", "Kembalikan", "Alihkan", "Gabung", "Selengkapnya"]

    assert await bureau.presses(rina, "Terima", bureau.group) == "Tercatat."
    assert "Sedang dikerjakan" in bureau.group.screen[-1].text
    assert "Dikerjakan oleh: Rina" in bureau.group.screen[-1].text

    await bureau.presses(rina, "Minta data", bureau.group)
    await bureau.replies(rina, "Di sisi kiri atau kanan?", bureau.group, to="Minta data")
    preview = bureau.group.screen[-1]
    assert "bertanya tentang laporan" in preview.text
    assert preview.labels == ["Kirim", "Ubah", "Batal"]
    bureau.news(bureau.siti.private)
    await bureau.presses(rina, "Kirim", bureau.group)
    assert "Di sisi kiri atau kanan?" in bureau.news(bureau.siti.private)[-1]

    wish = Wish(
        ticket=case.ticket,
        command=CaseCommand(action=CaseAction.REPLY, words="sisi kiri"),
        who=REPORTER,
        reporter=f"telegram:{bureau.siti.id}",
    )
    await bureau.does(wish)
    assert f"{case.ticket}: pelapor menjawab pertanyaan.\n“sisi kiri”" in bureau.news(bureau.group)

    await bureau.presses(rina, "Jawab", bureau.group)
    await bureau.replies(rina, "Lubang ditutup aspal pada hari Rabu", bureau.group, to="Jawab")
    assert "Lampirkan foto" in bureau.group.screen[-1].text
    assert "Kirim" not in bureau.group.screen[-1].labels
    await bureau.replies(rina, chat=bureau.group, to="Jawab", photo=True)
    preview = bureau.group.screen[-1]
    assert "sudah menjawab laporan" in preview.text
    assert "Disertai lampiran: 1" in preview.text
    await bureau.presses(rina, "Kirim", bureau.group)
    answer, proof = bureau.news(bureau.siti.private)[-2:]
    assert "Lubang ditutup aspal" in answer
    assert proof == f"Foto dari petugas tentang laporan {case.ticket}"
    assert (await bureau.case(case.ticket)).status is Status.ANSWERED
    assert (await bureau.actions(case.ticket))[2:] == ["accept", "ask", "reply", "answer"]


async def test_the_card_is_one_message_that_changes(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    await bureau.presses(rina, "Terima", bureau.group)
    assert [line.text.splitlines()[0] for line in bureau.group.screen] == [f"{case.ticket} · Sedang dikerjakan"]


async def test_the_second_of_two_who_press_at_once_is_told_what_the_first_did(bureau: Bureau) -> None:
    rina, budi = [await bureau.officer(name, agency=ROADS) for name in ("Rina", "Budi")]
    await bureau.binds()
    case = await bureau.files()
    number, button = bureau.group.button("Terima") or (0, {})
    presses = [
        await who.presses_data(button["callback_data"], message_id=number, chat=bureau.group) for who in (rina, budi)
    ]
    await bureau.works()
    first, second = (bureau.telegram.world.answers[press] for press in presses)
    assert first == "Tercatat."
    assert "diterima untuk dikerjakan, oleh Rina" in second
    assert (await bureau.actions(case.ticket))[2:] == ["accept"]


async def test_two_who_press_in_their_own_chats_do_it_once(bureau: Bureau) -> None:
    officers = [await bureau.officer(name, agency=ROADS) for name in ("Rina", "Budi")]
    case = await bureau.files()
    presses = []
    for who in officers:
        number, button = who.private.button("Terima") or (0, {})
        presses.append(await who.presses_data(button["callback_data"], message_id=number))
    await bureau.works()
    answers = sorted(bureau.telegram.world.answers[press] for press in presses)
    assert answers[1] == "Tercatat."
    assert "diterima untuk dikerjakan" in answers[0]
    assert (await bureau.actions(case.ticket))[2:] == ["accept"]


async def test_a_stale_button_says_what_happened_meanwhile(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    await bureau.files()
    number, button = bureau.group.button("Terima") or (0, {})
    await bureau.presses(rina, "Terima", bureau.group)
    answer = await bureau.taps(rina, button["callback_data"], number, bureau.group)
    assert answer.startswith("Sementara itu: diterima untuk dikerjakan, oleh Rina, ")


async def test_whoever_has_no_account_is_told_how_to_tie_it(bureau: Bureau) -> None:
    await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    stranger = bureau.telegram.citizen("Dedi")
    assert "/masuk KODE" in await bureau.presses(stranger, "Terima", bureau.group)
    await bureau.replies(stranger, "saya saja", bureau.group, to=case.ticket)
    assert "/masuk KODE" in bureau.group.screen[-1].text
    assert (await bureau.actions(case.ticket))[2:] == []


async def test_somebody_of_another_agency_does_nothing_in_the_group(bureau: Bureau) -> None:
    _, wawan = [await bureau.officer(name, agency=code) for name, code in (("Rina", ROADS), ("Wawan", "dlh"))]
    await bureau.binds()
    case = await bureau.files()
    assert "hanya petugas instansi yang memegangnya" in await bureau.presses(wawan, "Terima", bureau.group)
    assert (await bureau.actions(case.ticket))[2:] == []


async def test_a_liaison_may_not_return_it_and_hears_why(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    await bureau.files()
    assert "Hanya pimpinan instansi yang memegang laporan ini" in await bureau.presses(rina, "Kembalikan", bureau.group)


async def test_a_button_of_another_chat_or_a_forged_one_does_nothing(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    number, button = bureau.group.button("Terima") or (0, {})
    other = bureau.telegram.group("Lain")
    other.closed = None
    for data, chat in ((button["callback_data"], other), ("o:accept:22222222:2", bureau.group)):
        assert await bureau.taps(rina, data, number, chat) == "Tombol itu sudah tidak berlaku."
    assert (await bureau.actions(case.ticket))[2:] == []


async def test_in_a_group_that_was_let_go_nothing_is_done_any_more(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    await bureau.says(rina, "/lepas", bureau.group)
    assert "obrolan pribadi" in await bureau.presses(rina, "Terima", bureau.group)
    await bureau.replies(rina, "Lubang sudah diukur", bureau.group, to=case.ticket)
    assert "tidak dikirim" in bureau.group.screen[-1].text
    assert (await bureau.actions(case.ticket))[2:] == []


@pytest.mark.thorough
async def test_words_that_answer_a_card_are_asked_what_they_are_for(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    await bureau.presses(rina, "Terima", bureau.group)
    await bureau.replies(rina, "Aspal datang besok pagi", bureau.group, to=case.ticket)
    assert bureau.group.screen[-1].labels == ["Jawab", "Kabar kemajuan", "Minta data", "Batal"]
    number = bureau.group.screen[-1].message_id
    found = bureau.group.button("Kabar kemajuan", number) or (0, {})
    await bureau.taps(rina, found[1]["callback_data"], number, bureau.group)
    assert "Kabar dari" in bureau.group.screen[-1].text
    await bureau.presses(rina, "Kirim", bureau.group)
    assert (await bureau.actions(case.ticket))[2:] == ["accept", "note"]


@pytest.mark.thorough
async def test_a_bare_template_cannot_be_sent_and_personal_data_is_pointed_out(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    await bureau.files()
    await bureau.presses(rina, "Terima", bureau.group)
    await bureau.presses(rina, "Kabar kemajuan", bureau.group)
    await bureau.replies(rina, "Akan kami tindak lanjuti", bureau.group, to="Kabar kemajuan")
    assert "belum menjelaskan" in bureau.group.screen[-1].text
    assert bureau.group.screen[-1].labels == ["Ubah", "Batal"]
    await bureau.presses(rina, "Ubah", bureau.group)
    await bureau.replies(rina, "Hubungi mandor di 0812-3456-7890 untuk aspalnya", bureau.group, to="Kabar kemajuan")
    assert "data pribadi" in bureau.group.screen[-1].text
    assert bureau.group.screen[-1].labels == ["Kirim", "Ubah", "Batal"]


@pytest.mark.thorough
@pytest.mark.manual("officer-note")
async def test_what_an_officer_writes_outlives_a_restart(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    case = await bureau.files()
    await bureau.presses(rina, "Terima", bureau.group)
    await bureau.presses(rina, "Kabar kemajuan", bureau.group)
    await bureau.replies(rina, "Lubang sudah diukur dua meter", bureau.group, to="Kabar kemajuan")
    await bureau.restarts()
    await bureau.presses(rina, "Kirim", bureau.group)
    assert (await bureau.actions(case.ticket))[2:] == ["accept", "note"]


@pytest.mark.thorough
async def test_kirim_of_somebody_else_or_of_an_earlier_sight_sends_nothing(bureau: Bureau) -> None:
    rina, budi = [await bureau.officer(name, agency=ROADS) for name in ("Rina", "Budi")]
    await bureau.binds()
    case = await bureau.files()
    await bureau.presses(rina, "Terima", bureau.group)
    await bureau.presses(rina, "Kabar kemajuan", bureau.group)
    await bureau.replies(rina, "Lubang sudah diukur dua meter", bureau.group, to="Kabar kemajuan")
    number, button = bureau.group.button("Kirim") or (0, {})
    assert "milik petugas lain" in await bureau.presses(budi, "Kirim", bureau.group)
    await bureau.replies(rina, "Lubang sudah diukur tiga meter", bureau.group, to="Kabar kemajuan")
    assert "sudah berubah" in await bureau.taps(rina, button["callback_data"], number, bureau.group)
    assert (await bureau.actions(case.ticket))[2:] == ["accept"]


@pytest.mark.thorough
async def test_whoever_writes_while_another_acts_sees_that_before_she_sends(bureau: Bureau) -> None:
    rina, budi = [await bureau.officer(name, agency=ROADS) for name in ("Rina", "Budi")]
    await bureau.binds()
    case = await bureau.files()
    await bureau.presses(rina, "Terima", bureau.group)
    for who, words in ((rina, "Lubang sudah diukur dua meter"), (budi, "Aspal dipesan untuk hari Kamis")):
        await bureau.presses(who, "Kabar kemajuan", bureau.group)
        await bureau.replies(who, words, bureau.group, to="Kabar kemajuan")
    numbers = [line.message_id for line in bureau.group.screen if "Kirim" in line.labels]
    for who, number in zip((rina, budi), numbers, strict=True):
        found = bureau.group.button("Kirim", number) or (0, {})
        await bureau.taps(who, found[1]["callback_data"], number, bureau.group)
    shown = next(line for line in bureau.group.screen if line.message_id == numbers[1])
    assert shown.text.startswith("Sementara itu: ada kabar kemajuan, oleh Rina")
    assert (await bureau.actions(case.ticket))[2:] == ["accept", "note"]
    await bureau.presses(budi, "Kirim", bureau.group)
    assert (await bureau.actions(case.ticket))[2:] == ["accept", "note", "note"]


async def test_an_anonymous_reporter_s_name_and_number_are_covered_in_a_group(bureau: Bureau) -> None:
    await bureau.binds()
    await bureau.files("nama saya Siti Aminah, nomor 081234567890, jalan di depan pasar rusak")
    text = bureau.group.screen[-1].text
    assert "Siti" not in text
    assert "081234567890" not in text
    assert "Pelapor: tanpa nama" in text
    await bureau.files("jalan di depan pasar rusak", name="Siti Aminah")
    assert "Pelapor: Siti Aminah" in bureau.group.screen[-1].text


@pytest.mark.manual("officer-accept")
async def test_whoever_may_see_more_sees_it_in_her_own_chat_and_the_group_never_sees_the_pin(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    await bureau.files("nama saya Siti Aminah, jalan di depan pasar rusak")
    assert "obrolan pribadi" in await bureau.presses(rina, "Selengkapnya", bureau.group)
    seen = rina.private.screen[-1]
    assert "“nama saya Siti Aminah, jalan di depan pasar rusak”" in seen.text
    assert "Titik: -1.234568, 116.765432" in seen.text
    assert await rina.copies("Salin titik") == "-1.234568, 116.765432"
    assert bureau.telegram.calls_of("sendMessage")[-1].given["protect_content"] in {True, "true", "True"}
    elsewhere = [words for chat, words in await bureau.outbox() if chat != str(rina.id)]
    assert not any("1.234" in words or "116.765" in words or "Siti" in words for words in elsewhere)


async def test_an_officer_sees_the_reporter_s_photos_in_her_own_chat_and_the_group_none(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    await bureau.binds()
    stored = bureau.telegram.world.store_file("photo", b"a hole", "jpg")
    sent = (Attachment("photo", stored.file_id), Attachment("document", "letter"))
    case = await bureau.files(attachments=sent)
    assert "Lampiran: 2" in bureau.group.screen[-1].text
    await bureau.presses(rina, "Selengkapnya", bureau.group)
    shown = [message for message in rina.private.messages.values() if "photo" in message]
    assert [(one["photo"][0]["file_id"], one["caption"]) for one in shown] == [(stored.file_id, case.ticket)]
    assert not [message for message in bureau.group.messages.values() if "photo" in message]


async def test_whoever_may_not_see_a_case_sees_no_more_of_it(bureau: Bureau) -> None:
    _, wawan = [await bureau.officer(name, agency=code) for name, code in (("Rina", ROADS), ("Wawan", "dlh"))]
    await bureau.binds()
    await bureau.files()
    assert "hanya petugas instansi yang memegangnya" in await bureau.presses(wawan, "Selengkapnya", bureau.group)
    assert wawan.private.screen == []


async def test_without_a_group_the_liaisons_have_it_in_private(bureau: Bureau) -> None:
    rina = await bureau.officer("Rina", agency=ROADS)
    wawan = await bureau.officer("Wawan", agency="dlh")
    case = await bureau.files()
    assert case.ticket in rina.private.screen[-1].text
    assert wawan.private.screen == []


MODI = Actor(Role.MODERATOR, "9")
TOLD = "jalan berlubang di depan rumah Topaz"
TOPAZ = Redaction(story=(TextSpan(31, 36),))


async def she_adds(bureau: Bureau, ticket: str, words: str) -> None:
    command = CaseCommand(action=CaseAction.ADD, words=words)
    await bureau.does(Wish(ticket=ticket, command=command, who=REPORTER, reporter=f"telegram:{bureau.siti.id}"))


def group_reads(bureau: Bureau) -> str:
    return "\n".join(line.text for line in bureau.group.screen)


async def test_what_a_moderator_covered_is_not_in_what_a_group_hears_later(bureau: Bureau) -> None:
    await bureau.binds()
    case = await bureau.files(TOLD, name="Siti Aminah")
    await bureau.redacts(case.ticket, MODI, TOPAZ)
    await she_adds(bureau, case.ticket, "kata topaz belum diperbaiki")
    assert "depan rumah ███" in group_reads(bureau)
    assert "“kata ███ belum diperbaiki”" in group_reads(bureau)
    assert "topaz" not in "\n".join(bureau.news(bureau.group)[1:]).casefold()


@pytest.mark.thorough
async def test_what_a_group_heard_before_is_covered_where_it_stands(bureau: Bureau) -> None:
    await bureau.binds()
    case = await bureau.files(TOLD, name="Siti Aminah")
    await she_adds(bureau, case.ticket, "kata Topaz belum diperbaiki")
    await she_adds(bureau, case.ticket, "makin dalam")
    assert "“kata Topaz belum diperbaiki”" in group_reads(bureau)
    lines = len(bureau.group.screen)
    await bureau.redacts(case.ticket, MODI, TOPAZ)
    assert "Topaz" not in group_reads(bureau)
    assert "“kata ███ belum diperbaiki”" in group_reads(bureau)
    assert "“makin dalam”" in group_reads(bureau)
    assert len(bureau.group.screen) == lines
    await bureau.redacts(case.ticket, MODI, NOTHING_REDACTED)
    assert "“kata Topaz belum diperbaiki”" in group_reads(bureau)


async def test_of_a_case_that_is_hidden_no_word_that_a_group_heard_is_left(bureau: Bureau) -> None:
    await bureau.binds()
    case = await bureau.files(TOLD)
    await she_adds(bureau, case.ticket, "airnya keruh")
    await bureau.does(
        Wish(ticket=case.ticket, command=CaseCommand(action=CaseAction.HIDE, words="Menyebut nama orang"), who=MODI)
    )
    assert {line.text for line in bureau.group.screen} == {"Laporan ini tidak lagi ditangani di sini."}


@pytest.mark.thorough
async def test_of_whoever_is_forgotten_no_word_about_a_case_that_is_over_is_left_in_the_group(bureau: Bureau) -> None:
    await bureau.binds()
    over, goes_on = await bureau.files(TOLD), await bureau.files("parit mampet")
    for case in (over, goes_on):
        await she_adds(bureau, case.ticket, f"airnya keruh {case.ticket}")
    withdrawn = CaseCommand(action=CaseAction.WITHDRAW, words="sudah beres sendiri")
    await bureau.does(Wish(ticket=over.ticket, command=withdrawn, who=REPORTER, reporter=f"telegram:{bureau.siti.id}"))
    assert "sudah beres sendiri" in group_reads(bureau)
    lines = len(bureau.group.screen)
    await bureau.says(bureau.siti, "hapus data saya")
    await bureau.presses(bureau.siti, "Ya, hapus semuanya")
    assert "Data Anda sudah dihapus" in bureau.siti.private.screen[-1].text
    read = group_reads(bureau)
    assert f"airnya keruh {over.ticket}" not in read
    assert "sudah beres sendiri" not in read
    assert read.count("Isinya sudah dihapus.") == 2
    assert f"airnya keruh {goes_on.ticket}" in read
    assert len(bureau.group.screen) == lines + 1
