"""A case's page at the desk: what is on it, and every way in which it is changed."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from actions.cases.actions import CaseAction
from actions.cases.event_words import Enclosure
from actions.people.roles import Actor, Role
from actions.store.messages.visitors import load_transcript
from tests.databases import on_both
from tests.unit.web_desk.desks import STORY, StaffedDesk, form_of, sends, text_of, tickets_on

ANSWER = "Dua lampu di depan pasar sudah diganti regu kami Selasa pagi, dan menyala lagi sejak malam itu."
PHOTO = {"photos": ("lampu.jpg", b"\xff\xd8\xff\xe0 not really a picture", "image/jpeg")}


async def accepted(desk: StaffedDesk, name: str = "Budi") -> tuple[str, str]:
    """A case that a liaison of Dishub has accepted; its number and its page."""
    await desk.has(name, Role.LIAISON, agency="dishub")
    ticket = await desk.files()
    await desk.does(ticket, CaseAction.ACCEPT, Actor(Role.LIAISON, str(desk.gate.people[name].id), "dishub"))
    return ticket, f"/desk/cases/{ticket}"


async def told_to(desk: StaffedDesk, visitor: str) -> str:
    """Everything that a citizen of the web was sent."""
    async with desk.gate.database.reading() as connection:
        talk = await load_transcript(connection, visitor)
    return " ".join(row.message for row in talk.went)


async def test_the_page_has_the_story_the_place_and_the_clock(desk: StaffedDesk) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    ticket = await desk.files()
    page = text_of(await budi.get(f"/desk/cases/{ticket}"))
    for words in (STORY, "depan pasar petung, Penajam", "penerimaan: sampai", "tanpa nama", "diteruskan ke instansi"):
        assert words in page, words


@pytest.mark.thorough
@pytest.mark.parametrize("number", ["LP-2222-2222", "x", "LP-2222-222"])
async def test_a_case_of_another_agency_is_not_there(desk: StaffedDesk, number: str) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dpupr")
    ticket = await desk.files()
    other = await budi.get(f"/desk/cases/{ticket}")
    unknown = await budi.get(f"/desk/cases/{number}")
    assert (other.status_code, unknown.status_code) == (404, 404)
    assert other.text.replace(ticket, number) == unknown.text


@pytest.mark.thorough
@on_both
@pytest.mark.manual("officer-desk")
async def test_an_answer_is_shown_as_it_will_look_and_then_sent(desk: StaffedDesk) -> None:
    ticket, address = await accepted(desk)
    budi = desk.browsers["Budi"]
    fields = form_of(await budi.get(address), 'id="form-answer"') | {"words": ANSWER, "act": "show"}
    shown = await budi.post(address, data=fields, files=PHOTO)
    assert "Periksa dulu" in text_of(shown)
    assert re.search(
        rf"Dinas Perhubungan sudah menjawab laporan.*{ticket}.*{ANSWER}", text_of(shown).partition("Periksa dulu")[2]
    )
    assert await desk.status(ticket) == "in_progress dishub"
    again = form_of(shown, 'id="form-answer"') | {"words": ANSWER, "act": "send"}
    sent = await budi.post(address, data=again)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{address}?done=answer")
    assert await desk.status(ticket) == "answered dishub"
    assert ANSWER in await told_to(desk, "v0")
    page = text_of(await budi.get(address))
    assert "dijawab" in page
    assert "dibaca pelapor" in page


@pytest.mark.thorough
async def test_a_photo_that_came_with_an_answer_is_on_the_reporters_own_page_alone(
    desk: StaffedDesk, tmp_path: Path
) -> None:
    ticket, address = await accepted(desk)
    budi, photo = desk.browsers["Budi"], tmp_path / "lampu.jpg"
    Image.new("RGB", (64, 48), (40, 90, 120)).save(photo)
    fields = form_of(await budi.get(address), 'id="form-answer"') | {"words": ANSWER, "act": "show"}
    shown = await budi.post(address, data=fields, files={"photos": ("lampu.jpg", photo.read_bytes(), "image/jpeg")})
    await budi.post(address, data=form_of(shown, 'id="form-answer"') | {"words": ANSWER, "act": "send"})
    await desk.gate.house.fetches()
    own = await desk.reporters_page(ticket)
    assert "Foto dari petugas" in own
    assert own.count("/thumb?") == 1
    assert "/thumb?" in (await budi.get(address)).text
    assert "/thumb?" not in await desk.public_page(ticket)


@pytest.mark.thorough
async def test_what_was_changed_after_the_look_is_shown_again_before_it_goes(desk: StaffedDesk) -> None:
    ticket, address = await accepted(desk)
    budi = desk.browsers["Budi"]
    fields = form_of(await budi.get(address), 'id="form-note"') | {"words": ANSWER}
    shown = await budi.post(address, data={**fields, "act": "show"})
    changed = form_of(shown, 'id="form-note"') | {"words": f"{ANSWER} Terima kasih.", "act": "send"}
    assert "Periksa dulu" in text_of(await budi.post(address, data=changed))
    _case, events = await desk.read(ticket)
    assert [event.action for event in events][-1] == "accept"


@pytest.mark.thorough
async def test_a_template_is_no_progress_and_what_was_typed_stays(desk: StaffedDesk) -> None:
    _, address = await accepted(desk)
    budi = desk.browsers["Budi"]
    fields = form_of(await budi.get(address), 'id="form-note"') | {"words": "akan kami tindak lanjuti", "act": "show"}
    refused = await budi.post(address, data=fields)
    assert refused.status_code == 422
    assert "Belum dilakukan" in text_of(refused)
    assert ">akan kami tindak lanjuti</textarea>" in refused.text


async def test_a_matter_that_can_be_seen_is_answered_with_a_photo_only(desk: StaffedDesk) -> None:
    _, address = await accepted(desk)
    budi = desk.browsers["Budi"]
    fields = form_of(await budi.get(address), 'id="form-answer"') | {"words": ANSWER, "act": "show"}
    assert (await budi.post(address, data=fields)).status_code == 422


async def test_personal_data_is_pointed_out_before_it_goes(desk: StaffedDesk) -> None:
    _, address = await accepted(desk)
    budi = desk.browsers["Budi"]
    words = f"{ANSWER} Hubungi 0812-3456-7890."
    fields = form_of(await budi.get(address), 'id="form-note"') | {"words": words, "act": "show"}
    assert "Perhatian: ada nama, nomor telepon" in text_of(await budi.post(address, data=fields))


@pytest.mark.thorough
async def test_whoever_acts_on_an_old_page_hears_what_happened_and_loses_nothing(desk: StaffedDesk) -> None:
    ticket, address = await accepted(desk)
    budi = desk.browsers["Budi"]
    fields = form_of(await budi.get(address), 'id="form-note"') | {"words": ANSWER}
    await desk.does(ticket, CaseAction.ADD, words="sekarang lampu ketiga juga mati")
    shown = await budi.post(address, data={**fields, "act": "show"})
    assert shown.status_code == 409
    assert "Sementara itu: pelapor menambah keterangan, oleh pelapor" in text_of(shown)
    assert f">{ANSWER}</textarea>" in shown.text
    again = form_of(shown, 'id="form-note"') | {"words": ANSWER, "act": "send"}
    assert (await budi.post(address, data=again)).status_code == 303


@pytest.mark.thorough
async def test_what_can_be_done_no_more_keeps_the_words(desk: StaffedDesk) -> None:
    ticket, address = await accepted(desk)
    budi = desk.browsers["Budi"]
    fields = form_of(await budi.get(address), 'id="form-note"') | {"words": ANSWER, "act": "show"}
    await desk.does(ticket, CaseAction.WITHDRAW)
    shown = await budi.post(address, data=fields)
    assert "Tulisan Anda, supaya tidak hilang" in text_of(shown)
    assert f">{ANSWER}</textarea>" in shown.text


@pytest.mark.thorough
@pytest.mark.manual("verifier-forward", "head-return")
async def test_a_case_is_forwarded_returned_and_forwarded_again(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    dewi = await desk.has("Dewi", Role.AGENCY_ADMIN, agency="dpupr")
    ticket = await desk.files(category=None)
    assert (await sends(rina, ticket, "forward", agency="dpupr")).status_code == 303
    returned = await sends(dewi, ticket, "return", agency="dishub", words="lampu itu milik Dishub")
    assert returned.status_code == 303
    assert f"{ticket}: dikembalikan" in text_of(await dewi.get(returned.headers["location"]))
    assert await desk.status(ticket) == "received admin_ppu"
    page = text_of(await rina.get(f"/desk/cases/{ticket}"))
    assert "Disarankan oleh instansi yang mengembalikannya" in page
    assert "lampu itu milik Dishub" in page
    assert "hanya untuk petugas" in page
    assert "lampu itu milik Dishub" not in await told_to(desk, "v0")


@pytest.mark.thorough
async def test_a_verifier_says_what_it_is_about(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    ticket = await desk.files(category=None)
    address = f"/desk/cases/{ticket}"
    fields = form_of(await rina.get(address), 'id="form-forward"') | {"agency": "dishub", "act": "show"}
    assert (await rina.post(address, data={**fields, "category": "jalan-jalan"})).status_code == 422
    assert (await sends(rina, ticket, "forward", agency="dishub", category="penerangan_jalan")).status_code == 303
    case, _ = await desk.read(ticket)
    assert case.category == "penerangan_jalan"


async def test_what_turns_out_to_be_about_an_agency_never_goes_there(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER, agency="inspektorat")
    ticket = await desk.files(category=None, sensitive=True)
    address = f"/desk/cases/{ticket}"
    fields = form_of(await rina.get(address), 'id="form-forward"') | {"agency": "dishub", "act": "show"}
    refused = await rina.post(address, data={**fields, "category": "parkir"})
    assert refused.status_code == 422
    assert "Belum dilakukan" in text_of(refused)


@pytest.mark.thorough
@pytest.mark.manual("verifier-ask")
async def test_a_reporter_is_asked_and_the_case_waits_for_her(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    ticket = await desk.files(category=None)
    address = f"/desk/cases/{ticket}"
    opened = await rina.get(address)
    assert "Minta data" in text_of(opened)
    fields = form_of(opened, 'id="form-ask"') | {"words": "Di RT berapa lampunya?"}
    assert "Begini pelapor akan membacanya" in text_of(await rina.post(address, data={**fields, "act": "show"}))
    assert (await sends(rina, ticket, "ask", words="Di RT berapa lampunya?")).status_code == 303
    assert "Di RT berapa lampunya?" in await told_to(desk, "v0")
    assert tickets_on(await rina.get("/desk?list=verify")) == []
    running = await rina.get("/desk?list=all")
    assert (tickets_on(running), "Menunggu keterangan pelapor" in text_of(running)) == ([ticket], True)


@pytest.mark.manual("officer-desk", "head-assign")
async def test_what_a_verifier_still_looks_at_is_neither_taken_nor_given(desk: StaffedDesk) -> None:
    tuti = await desk.has("Tuti", Role.AGENCY_ADMIN, agency="admin_ppu")
    page = await tuti.get(f"/desk/cases/{await desk.files(category=None)}")
    assert "Diterima" in text_of(page)
    assert [name for name in ("accept", "assign") if f'id="form-{name}"' in page.text] == []


@pytest.mark.thorough
@pytest.mark.manual("verifier-reject")
async def test_a_rejection_has_a_reason_and_a_way_to_mend_it(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    ticket = await desk.files(category=None)
    address = f"/desk/cases/{ticket}"
    fields = form_of(await rina.get(address), 'id="form-reject"') | {"code": "unclear", "words": "Tidak jelas."}
    assert (await rina.post(address, data={**fields, "act": "show"})).status_code == 422
    sent = await sends(
        rina, ticket, "reject", code="unclear", words="Belum jelas lampunya.", mend="Tulis nama jalannya."
    )
    assert sent.status_code == 303
    assert await desk.status(ticket) == "rejected admin_ppu"
    assert "Tulis nama jalannya." in await told_to(desk, "v0")


@pytest.mark.thorough
@pytest.mark.manual("verifier-refer")
async def test_what_no_agency_here_decides_is_referred_elsewhere(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    ticket = await desk.files(category=None)
    body = {"body": "Otoritas Jasa Keuangan", "contact": "telepon 157"}
    address = f"/desk/cases/{ticket}"
    fields = form_of(await rina.get(address), 'id="form-refer"') | body | {"act": "show"}
    looked_at = text_of(await rina.post(address, data=fields))
    assert "urusan Otoritas Jasa Keuangan. Hubungi: telepon 157" in looked_at
    assert (await sends(rina, ticket, "refer", **body)).status_code == 303
    assert (await desk.status(ticket)).startswith("referred")


@pytest.mark.manual("verifier-forward")
async def test_an_agency_that_has_it_already_is_named_and_is_not_filled_in(desk: StaffedDesk) -> None:
    """Its code stood in the field, a word that no list offers."""
    rina = await desk.has("Rina", Role.VERIFIER)
    ticket = await desk.files(category="lainnya")
    assert await desk.status(ticket) == "received admin_ppu"
    queue, page = await rina.get("/desk"), await rina.get(f"/desk/cases/{ticket}")
    for shown in (queue, page):
        assert "Admin SP4N-LAPOR! Kabupaten Penajam Paser Utara" in text_of(shown)
        assert "admin_ppu" not in shown.text
    assert not form_of(page, 'id="form-forward"').get("agency")


@pytest.mark.thorough
@on_both
@pytest.mark.manual("verifier-merge")
async def test_a_case_is_merged_into_one_that_is_similar(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    parent = await desk.files()
    ticket = await desk.files(f"{STORY} sekali")
    page = await rina.get(f"/desk/cases/{ticket}")
    assert f'href="/desk/cases/{parent}"' in page.text
    assert (await sends(rina, ticket, "merge", parent=parent.lower().replace("-", " "))).status_code == 303
    assert (await desk.status(ticket)).startswith("merged")


@pytest.mark.thorough
async def test_what_is_similar_and_still_open_is_listed_and_nothing_that_is_closed(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    liaison, photo = Actor(Role.LIAISON, "9", "dishub"), (Enclosure("photo", "telegram", "1", "f1"),)
    ticket, still_open, over = [await desk.files() for _ in range(3)]

    async def similar() -> str:
        page = text_of(await rina.get(f"/desk/cases/{ticket}"))
        return page.partition("Laporan serupa yang masih terbuka")[2]

    assert still_open in await similar()
    assert over in await similar()
    await desk.does(over, CaseAction.ACCEPT, liaison)
    await desk.does(over, CaseAction.ANSWER, liaison, photo, words="Lampu di depan pasar sudah kami ganti kemarin")
    await desk.does(over, CaseAction.CONFIRM)
    assert await desk.status(over) == "closed dishub"
    assert still_open in await similar()
    assert over not in await similar()


@pytest.mark.thorough
@pytest.mark.manual("verifier-rule")
async def test_a_dispute_about_authority_is_the_arbiters(desk: StaffedDesk) -> None:
    dewi = await desk.has("Dewi", Role.AGENCY_ADMIN, agency="dishub")
    putri = await desk.has("Putri", Role.ARBITER)
    ticket = await desk.files()
    await sends(dewi, ticket, "return", agency="unknown", words="bukan wilayah kami")
    await desk.does(ticket, CaseAction.FORWARD, Actor(Role.VERIFIER, "99"), agency="dishub", why="by hand")
    await sends(dewi, ticket, "return", agency="dpupr", words="tetap bukan kami")
    assert ticket in (await putri.get("/desk")).text
    assert (await sends(putri, ticket, "rule", agency="dishub", words="jalan itu jalan kabupaten")).status_code == 303
    assert await desk.status(ticket) == "forwarded dishub"


@pytest.mark.thorough
async def test_a_case_that_was_reopened_once_is_reopened_again_by_the_arbiter(desk: StaffedDesk) -> None:
    ticket, address = await accepted(desk)
    putri = await desk.has("Putri", Role.ARBITER)
    liaison, admin = (
        Actor(Role.LIAISON, str(desk.gate.people["Budi"].id), "dishub"),
        Actor(Role.AGENCY_ADMIN, "90", "dishub"),
    )
    proof = (Enclosure("photo", "web", "desk-1", "web-0123456789"),)
    await desk.does(ticket, CaseAction.ANSWER, liaison, proof, words=ANSWER)
    await desk.does(ticket, CaseAction.CONFIRM)
    assert 'id="form-reopen"' not in (await putri.get(address)).text
    await desk.does(ticket, CaseAction.REOPEN, words="mati lagi")
    await desk.does(ticket, CaseAction.ANSWER, admin, proof, words=ANSWER)
    await desk.does(ticket, CaseAction.CONFIRM)
    assert (await sends(putri, ticket, "reopen", words="Kabelnya belum diganti.")).status_code == 303
    assert await desk.status(ticket) == "in_progress dishub"
    assert "Kabelnya belum diganti." in await told_to(desk, "v0")


@pytest.mark.thorough
async def test_a_moderator_hides_and_the_reporter_is_told(desk: StaffedDesk) -> None:
    maya = await desk.has("Maya", Role.MODERATOR)
    ticket = await desk.files()
    assert ticket in (await maya.get("/desk")).text
    assert (await sends(maya, ticket, "hide", words="Memuat nama orang lain.")).status_code == 303
    case, _ = await desk.read(ticket)
    assert case.is_hidden
    assert "Memuat nama orang lain." in await told_to(desk, "v0")


async def test_an_auditor_reads_everything_and_does_nothing(desk: StaffedDesk) -> None:
    auditor = await desk.has("Audi", Role.AUDITOR)
    ticket = await desk.files()
    page = await auditor.get(f"/desk/cases/{ticket}")
    assert STORY in page.text
    assert "<textarea" not in page.text
    assert "tidak ada tindakan yang menunggu Anda" in text_of(page)
    assert (await auditor.post(f"/desk/cases/{ticket}", data={"deed": "accept"})).status_code == 403


@on_both
async def test_a_note_among_officers_is_read_by_officers_alone(desk: StaffedDesk) -> None:
    ticket, address = await accepted(desk)
    budi = desk.browsers["Budi"]
    rina = await desk.has("Rina", Role.VERIFIER)
    await budi.post(f"{address}/notes", data={"words": "tukang lampu libur sampai Kamis"})
    assert "tukang lampu libur sampai Kamis" in (await rina.get(address)).text
    assert "tukang lampu libur" not in await told_to(desk, "v0")
    _, events = await desk.read(ticket)
    assert len(events) == 3


@pytest.mark.thorough
async def test_who_has_looked_is_written_down(desk: StaffedDesk) -> None:
    _ticket, address = await accepted(desk)
    await desk.has("Rina", Role.VERIFIER)
    await desk.browsers["Rina"].get(address)
    await desk.browsers["Rina"].get(address)
    page = await desk.browsers["Budi"].get(address)
    looks = text_of(page).partition("Siapa yang sudah melihat")[2]
    assert looks.count("Rina") == 1
    desk.gate.world.clock.passes(timedelta(hours=1))
    await desk.browsers["Rina"].get(address)
    again = text_of(await desk.browsers["Budi"].get(address)).partition("Siapa yang sudah melihat")[2]
    assert re.search(r"Rina [^·]*· . 2", again)


@pytest.mark.thorough
@on_both
async def test_two_officers_on_one_case_see_each_other(desk: StaffedDesk) -> None:
    _ticket, address = await accepted(desk)
    budi, rina = desk.browsers["Budi"], await desk.has("Rina", Role.VERIFIER)
    await rina.get(address)
    page = await budi.get(address)
    assert "Sedang dibuka juga oleh Rina" in text_of(page)
    [live] = [part.replace("&amp;", "&") for part in page.text.split('"') if part.startswith(f"{address}/live")]
    assert (await budi.get(live)).status_code == 204
    desk.gate.world.clock.passes(timedelta(minutes=3))
    gone = await budi.get(live)
    assert gone.status_code == 200
    assert "Rina" not in gone.text


async def test_a_page_hears_that_its_case_has_changed(desk: StaffedDesk) -> None:
    ticket, address = await accepted(desk)
    budi = desk.browsers["Budi"]
    page = await budi.get(address)
    [live] = [part.replace("&amp;", "&") for part in page.text.split('"') if part.startswith(f"{address}/live")]
    await desk.does(ticket, CaseAction.ADD, words="lampu ketiga juga")
    news = await budi.get(live)
    assert "pelapor menambah keterangan" in news.text
    [next_live] = [part.replace("&amp;", "&") for part in news.text.split('"') if part.startswith(f"{address}/live")]
    assert (await budi.get(next_live)).status_code == 204


@pytest.mark.thorough
async def test_watching_a_page_does_not_keep_anybody_signed_in(desk: StaffedDesk) -> None:
    _, address = await accepted(desk)
    budi = desk.browsers["Budi"]
    for _ in range(13):
        desk.gate.world.clock.passes(timedelta(hours=1))
        last = await budi.get(f"{address}/live?version=3")
    assert last.status_code == 303
