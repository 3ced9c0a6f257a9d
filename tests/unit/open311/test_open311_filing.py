"""What another system sends becomes a case as if it had been told in the chat, and exactly one."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from actions.cases.case import Identity, ReportType, Severity, Status, Visibility
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.tables import cases, outbox
from bot.integrations.open311.filing import CONSENT
from tests.unit.open311.other_system import HOLE, OtherSystem, given_key
from tests.unit.web_case.cases import DISTRICT, PIN, VILLAGE

EMERGENCY = "tolong ada kebakaran rumah sekarang api sudah besar"
BRIBE = "petugas minta uang pungli lima puluh ribu supaya diurus"


async def count(other: OtherSystem) -> int:
    async with other.office.house.database.reading() as connection:
        return int((await connection.execute(select(func.count()).select_from(cases))).scalar_one())


async def test_it_is_routed_as_in_the_chat_and_told_by_which_system_it_came(other: OtherSystem) -> None:
    case = await other.case(await other.files())
    assert (case.status, case.agency, case.category) == (Status.FORWARDED, "dpupr", "jalan")
    assert (case.channel, case.consent, case.type) == ("api-siaga", CONSENT, ReportType.COMPLAINT)
    assert (case.identity, case.visibility, case.severity) == (
        Identity.ANONYMOUS,
        Visibility.PUBLIC,
        Severity.NORMAL,
    )


async def test_the_answer_says_who_has_it_until_when_and_where_its_reporter_reads_of_it(other: OtherSystem) -> None:
    answer = await other.sends()
    [told] = answer.json()
    number, notice = told["service_request_id"], told["service_notice"]
    assert "Dinas Pekerjaan Umum dan Penataan Ruang" in notice
    assert f"http://lapor.test/t/{number}?k=" in notice
    assert await other.numbers() == [number]


async def test_the_place_is_that_of_the_position_then_the_code_then_the_words(other: OtherSystem) -> None:
    lat, lon = str(PIN[0]), str(PIN[1])
    by_position = (await other.case(await other.files(lat=lat, long=lon, address_string="Jl. Provinsi Km 5"))).location
    by_code = (await other.case(await other.files(address_id=VILLAGE, address_string=""))).location
    by_words = (await other.case(await other.files(address_string="depan pasar Petung"))).location
    assert (by_position.lat, by_position.lon, by_position.spoken) == (*PIN, by_position.spoken)
    assert (by_position.spoken or "").startswith("Jl. Provinsi Km 5")
    assert (by_code.district, by_code.village) == (DISTRICT, VILLAGE)
    assert (by_words.district, by_words.spoken) == (DISTRICT, by_words.spoken)
    assert (by_words.spoken or "").startswith("depan pasar Petung")


async def test_a_position_in_another_province_goes_to_the_nation(other: OtherSystem) -> None:
    case = await other.case(await other.files(lat="-6.2", long="106.8", address_string=""))
    assert (case.location.outside_province, case.agency) == (True, "sp4n_lapor")


async def test_of_its_reporter_nothing_is_kept_but_a_name_she_wants_known(other: OtherSystem) -> None:
    person = {
        "first_name": "Penandanama",
        "last_name": "Akhir",
        "email": "penandasurel@example.org",
        "phone": "081200000000",
        "device_id": "penandagawai",
        "account_id": "penandaakun",
    }
    nameless, named = await other.files(**person), await other.files(**person, attribute_named="true")
    database = other.office.house.database
    async with database.reading() as connection:
        book = SqlCaseBook(connection)
        words = [await book.words(number) for number in (nameless, named)]
        rows = "".join(str(row) for row in await connection.execute(select(cases)))
    assert [found and found.name for found in words] == [None, "Penandanama Akhir"]
    assert (await other.case(named)).identity is Identity.NAMED
    kept = rows + "".join(str(found and found.story) for found in words)
    assert [told for told in person.values() if told in kept] == []


async def test_the_same_account_is_the_same_person_and_another_is_not(other: OtherSystem) -> None:
    reporters = [(await other.case(await other.files(account_id=account))).reporter for account in ("a", "a", "b", "")]
    assert reporters[0] == reporters[1]
    assert len(set(reporters)) == 3


async def test_one_person_may_file_as_much_as_in_the_chat(other: OtherSystem) -> None:
    most = other.context.regency.limits.filed_an_hour
    answers = [await other.sends(account_id="one") for _ in range(most + 1)]
    assert [answer.status_code for answer in answers] == [*([200] * most), 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 3601
    assert (await other.sends(account_id="another")).status_code == 200


async def test_the_same_reference_is_the_same_case_however_often_and_at_once(other: OtherSystem) -> None:
    answers = await asyncio.gather(*(other.sends(attribute_reference="R-17") for _ in range(5)))
    numbers = {answer.json()[0]["service_request_id"] for answer in answers}
    other.headers["idempotency-key"] = "R-17"
    numbers.add(await other.files(description="Lain sama sekali"))
    assert (len(numbers), await count(other)) == (1, 1)


async def test_each_case_is_counted_once(other: OtherSystem) -> None:
    counted: list[str] = []
    other.context.count = counted.append
    for _ in range(2):
        await other.files(attribute_reference="R-17")
    assert counted == ["api-siaga"]


async def test_the_reference_of_another_system_is_another(other: OtherSystem) -> None:
    first = await other.files(attribute_reference="R-17")
    other.key = await given_key(other.office, "lain")
    assert await other.files(attribute_reference="R-17") != first


async def test_secret_is_secret(other: OtherSystem) -> None:
    number = await other.files(attribute_secret="true")
    assert (await other.case(number)).visibility is Visibility.SECRET
    assert (await other.asks(f"/requests/{number}.json")).status_code == 404
    assert await other.numbers() == []


async def test_bribery_is_held_in_trust_by_its_words_and_listed_nowhere(other: OtherSystem) -> None:
    case = await other.case(await other.files(service_code="unknown", description=BRIBE))
    assert (case.sensitive, case.agency, case.status) == (True, "inspektorat", Status.RECEIVED)
    assert await other.numbers() == []


async def test_danger_is_urgent_and_answered_with_a_number_to_call(other: OtherSystem) -> None:
    answer = await other.sends(description=EMERGENCY, service_code="kebencanaan_darurat")
    [told] = answer.json()
    assert "112" in told["service_notice"]
    assert (await other.case(told["service_request_id"])).severity is Severity.URGENT


async def test_what_nobody_knows_goes_to_who_decides(other: OtherSystem) -> None:
    case = await other.case(await other.files(service_code="unknown"))
    assert (case.category, case.agency, case.status) == (None, "admin_ppu", Status.RECEIVED)
    assert await other.numbers(service_code="unknown") == [case.ticket]


async def test_without_a_description_it_says_at_least_what_it_is_about(other: OtherSystem) -> None:
    number = await other.files(description="")
    async with other.office.house.database.reading() as connection:
        words = await SqlCaseBook(connection).words(number)
    assert words
    assert words.story == "Jalan & jembatan"
    assert (await other.sends(description="", service_code="unknown")).status_code == 400


async def test_a_picture_is_not_fetched_and_that_is_said(other: OtherSystem) -> None:
    answer = await other.sends(media_url="http://127.0.0.1:9/secret.jpg")
    [told] = answer.json()
    assert "media_url" in told["service_notice"]
    assert (await other.case(told["service_request_id"])).attachments == ()


async def test_nobody_is_written_to_where_nobody_can_be(other: OtherSystem) -> None:
    await other.files()
    async with other.office.house.database.reading() as connection:
        assert (await connection.execute(select(outbox.c.channel))).all() == []


async def test_letters_that_no_database_takes_are_left_out(other: OtherSystem) -> None:
    number = await other.files(description="Lubang\x00 di\u2028 sini\r\nbesar\x07")
    async with other.office.house.database.reading() as connection:
        words = await SqlCaseBook(connection).words(number)
    assert words
    assert words.story == "Lubang  di  sini\nbesar"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "nothing"}, 404, "service_code"),
        ({"service_code": "jalan_dan_lalu_lintas"}, 404, "service_code"),
        ({"address_string": ""}, 400, "address_string"),
        ({"lat": "-1.2"}, 400, "lat, long"),
        ({"lat": "91", "long": "116"}, 400, "lat"),
        ({"lat": "-1.2", "long": "181"}, 400, "long"),
        ({"lat": "nan", "long": "116"}, 400, "lat"),
        ({"lat": "1_0", "long": "116"}, 400, "lat"),
        ({"address_id": "12.34"}, 400, "address_id"),
        ({"description": "a" * 4001}, 400, "description"),
        ({"address_string": "a" * 401}, 400, "address_string"),
        ({"account_id": "a" * 201}, 400, "account_id"),
        ({"attribute_type": "praise"}, 400, "attribute[type]"),
        ({"attribute_secret": "perhaps"}, 400, "attribute[secret]"),
        ({"jurisdiction_id": "city.gov"}, 404, "jurisdiction_id"),
    ],
)
async def test_what_cannot_be_is_refused_and_named(
    other: OtherSystem, changes: dict[str, str], status: int, field: str
) -> None:
    answer = await other.sends(**changes)
    [error] = answer.json()
    assert (answer.status_code, error["code"]) == (status, status)
    assert field in error["description"]
    assert await count(other) == 0


async def test_the_jurisdiction_is_this_regency_or_this_host(other: OtherSystem) -> None:
    for jurisdiction in ("64.09", "lapor.test", "LAPOR.test", ""):
        await other.files(jurisdiction_id=jurisdiction)
    assert (await other.asks("/services.json", jurisdiction_id="sfgov.org")).status_code == 404


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b'{"service_code": "jalan"}', "application/json"),
        (b"service_code=jalan&description=%FF", "application/x-www-form-urlencoded"),
        (b"service_code=jalan&description=" + b"a" * 70_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % number for number in range(101)), "application/x-www-form-urlencoded"),
    ],
)
async def test_what_is_no_form_is_refused(other: OtherSystem, body: bytes, media_type: str) -> None:
    browser = other.office.browser(other.address)
    headers = {"content-type": media_type, "authorization": f"Bearer {other.key}"}
    answer = await browser.post("/open311/v2/requests.json", content=body, headers=headers)
    assert (answer.status_code, await count(other)) == (400, 0)


async def test_the_key_may_stand_in_the_head(other: OtherSystem) -> None:
    other.headers["authorization"] = f"Bearer {other.key}"
    assert (await other.sends(api_key="")).status_code == 200


async def test_without_a_key_that_may_nothing_is_taken(other: OtherSystem) -> None:
    reading = await given_key(other.office, "pembaca", may_send=False)
    refused = [await other.sends(api_key=key) for key in ("", "lapor_nothing", reading)]
    assert [answer.status_code for answer in refused] == [403, 403, 403]
    assert len({answer.json()[0]["description"] for answer in refused}) == 3
    assert await count(other) == 0


async def test_a_key_sends_so_much_at_once_and_no_more(other: OtherSystem) -> None:
    other.context.limits.sends_of_key.burst = 2
    answers = [await other.sends(account_id=str(number)) for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["retry-after"] == "2"


async def test_whoever_tries_keys_is_not_let_try_many(other: OtherSystem) -> None:
    answers = [await other.sends(api_key=f"lapor_{number}") for number in range(11)]
    assert [answer.status_code for answer in answers] == [*([403] * 10), 429]
    assert (await other.sends()).status_code == 429
    other.address = "192.0.2.8"
    assert (await other.sends()).status_code == 200


async def test_a_database_that_is_away_is_said_and_asked_again(
    other: OtherSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OSError

    other.context.filing = replace(other.context.filing, database=other.context.database)
    monkeypatch.setattr(type(other.context.database), "reading", lambda _: away())
    answer = await other.sends(**HOLE)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
