"""Whoever signs in through a provider has what its groups give, and nothing of what somebody else made up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyotp
import pytest

from actions.people.provider_groups import WrongMapping, read_mapping
from actions.people.roles import Role
from actions.people.sign_in import Seals, draw_secret
from actions.store.people.sign_in import keep_totp
from bot.configuration.oidc_settings import OidcSettings
from bot.configuration.settings import WrongSetting, read
from bot.web.account.provider_sign_in import BACK, BEGIN, COOKIE
from tests.integration.sign_in.conftest import ProviderGate
from tests.unit.web.doors import KEY

OTHER = "http://127.0.0.1:9"


async def test_the_groups_give_roles_and_agency_at_each_sign_in(house: ProviderGate) -> None:
    browser = house.gate.browser()
    house.provider.claims = {"groups": ["jalan", "kepala jalan", "arisan"]}
    answer = await house.signs_in(browser, "/desk/account")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/account")
    [rina] = await house.people()
    assert (rina.name, rina.roles, rina.agency) == ("Rina", {Role.LIAISON, Role.AGENCY_ADMIN}, "dpupr")
    house.provider.claims = {"groups": ["sampah"], "name": "Rina Baru"}
    await house.signs_in(house.gate.browser())
    [rina] = await house.people()
    assert (rina.name, rina.roles, rina.agency) == ("Rina", {Role.LIAISON}, "dlh")


@pytest.mark.thorough
async def test_who_loses_her_groups_loses_her_roles_and_her_sessions(house: ProviderGate) -> None:
    browser, other = house.gate.browser(), house.gate.browser("192.0.2.7")
    await house.signs_in(browser)
    assert (await browser.get("/desk/account")).status_code == 200
    house.provider.claims = {"groups": ["arisan"]}
    answer = await house.signs_in(other)
    assert (answer.status_code, "tidak punya peran" in answer.text) == (403, True)
    assert (await house.people())[0].roles == frozenset()
    assert (await browser.get("/desk/account")).headers["location"].startswith("/sign-in")


@pytest.mark.thorough
async def test_groups_that_are_not_mapped_make_nobody(house: ProviderGate) -> None:
    house.provider.userinfo = {"sub": "u-1"}
    for groups in ([], ["arisan"], "arisan", [{"jalan": 1}], ["jalan=admin"], ["JALAN"], None):
        house.provider.claims = {"groups": groups}
        assert (await house.signs_in(house.gate.browser())).status_code == 403, groups
    assert await house.people() == []


async def test_groups_of_two_agencies_are_refused_and_nothing_changes(house: ProviderGate) -> None:
    house.provider.claims = {"groups": ["jalan", "sampah"]}
    answer = await house.signs_in(house.gate.browser())
    assert (answer.status_code, "dua instansi" in answer.text, await house.people()) == (403, True, [])


@pytest.mark.thorough
async def test_a_name_that_somebody_here_has_makes_nobody_that_person(house: ProviderGate) -> None:
    await house.gate.hires("Rina", Role.ADMIN)
    await house.signs_in(house.gate.browser())
    names = {person.name: person.roles for person in await house.people()}
    assert names == {"Rina": {Role.ADMIN}, "Rina 2": {Role.LIAISON}}
    assert (await house.gate.signed_in("Rina")).cookies


@pytest.mark.thorough
async def test_who_is_disabled_here_stays_outside(house: ProviderGate) -> None:
    await house.signs_in(house.gate.browser())
    [house.gate.people["Rina"]] = await house.people()
    await house.gate.dismisses("Rina")
    assert (await house.signs_in(house.gate.browser())).status_code == 403


async def test_signing_out_ends_the_session(house: ProviderGate) -> None:
    browser = house.gate.browser()
    await house.signs_in(browser)
    await browser.post("/sign-out")
    assert (await browser.get("/desk/account")).status_code == 303


UNBELIEVED: Sequence[tuple[dict[str, Any], dict[str, Any]]] = (
    ({"nonce": "another"}, {}),
    ({"nonce": None}, {}),
    ({"iss": OTHER}, {}),
    ({"aud": "another"}, {}),
    ({"aud": ["lapor", "another"], "azp": "another"}, {}),
    ({"exp": 1}, {}),
    ({"exp": None}, {}),
    ({"iat": 4_000_000_000}, {}),
    ({"sub": None}, {}),
    ({}, {"algorithm": "none"}),
    ({}, {"algorithm": "HS256"}),
    ({}, {"others_key": True}),
    ({"groups": None}, {"userinfo": {"sub": "u-2", "groups": ["admin"]}}),
)
"""What a token says, and how it is signed."""


@pytest.mark.thorough
async def test_a_token_that_is_not_for_us_or_not_of_now_is_not_believed(house: ProviderGate) -> None:
    for claims, more in UNBELIEVED:
        house.provider.claims = claims
        with pytest.MonkeyPatch.context() as changed:
            for name, value in more.items():
                changed.setattr(house.provider, name, value)
            answer = await house.signs_in(house.gate.browser())
        assert (answer.status_code, await house.people()) == (401, []), (claims, more)
        assert "lapor_session" not in answer.headers.get("set-cookie", "")


async def test_a_state_of_another_browser_or_of_none_is_refused(house: ProviderGate) -> None:
    hers, his = house.gate.browser(), house.gate.browser("192.0.2.9")
    state = await house.goes(hers)
    await house.goes(his)
    for browser, given in ((his, state), (house.gate.browser("192.0.2.8"), state), (hers, "")):
        answer = await browser.get(BACK, params={"state": given, "code": "a code"})
        assert answer.status_code == 401
    assert house.provider.used == []


async def test_coming_back_is_good_once_and_not_for_ever(house: ProviderGate) -> None:
    browser = house.gate.browser()
    state = await house.goes(browser)
    came = {"state": state, "code": "a code"}
    kept = browser.cookies.get(COOKIE) or ""
    assert (await browser.get(BACK, params=came)).status_code == 303
    assert (await browser.get(BACK, params=came)).status_code == 401
    again = house.gate.browser()
    again.cookies.set(COOKIE, kept)
    assert (await again.get(BACK, params=came)).status_code == 401
    state = await house.goes(again)
    began = house.there.now()
    house.there.now = lambda: began + 601
    assert (await again.get(BACK, params={"state": state, "code": "another"})).status_code == 401
    assert len(house.provider.used) == 1


@pytest.mark.thorough
async def test_an_answer_of_another_provider_is_refused(house: ProviderGate) -> None:
    assert (await house.signs_in(house.gate.browser(), iss=OTHER)).status_code == 401
    assert (await house.signs_in(house.gate.browser(), iss=house.provider.issuer)).status_code == 303
    assert (await house.signs_in(house.gate.browser(), code="", error="access_denied")).status_code == 401


async def test_a_provider_that_is_another_is_not_asked(house: ProviderGate) -> None:
    for metadata in ({"issuer": OTHER}, {"jwks_uri": "file:///etc/passwd"}, {"token_endpoint": ""}):
        house.provider.metadata = metadata
        answer = await house.gate.browser().get(BEGIN)
        assert (answer.status_code, "tidak bisa dihubungi" in answer.text) == (503, True), metadata


@pytest.mark.thorough
async def test_nobody_is_led_elsewhere(house: ProviderGate) -> None:
    for wanted in ("https://evil.test/", "//evil.test", "/\\evil.test", "/t/LP-1", "/desk/../x"):
        answer = await house.signs_in(house.gate.browser(), wanted)
        assert answer.headers["location"] == "/desk", wanted


@pytest.mark.thorough
async def test_the_code_is_asked_for_with_a_verifier_and_the_secret(house: ProviderGate) -> None:
    browser = house.gate.browser()
    answer = await browser.get(BEGIN)
    asked = house.provider.goes_to(answer.headers["location"])
    assert (asked["code_challenge_method"], asked["response_type"], len(asked["code_challenge"])) == (
        "S256",
        "code",
        43,
    )
    assert "code_verifier" not in answer.headers["location"]
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/sign-in/oidc"} <= {part.strip() for part in cookie.split(";")}
    await browser.get(BACK, params={"state": asked["state"], "code": "c"})
    [form] = house.provider.used
    assert (form["grant_type"], len(form["code_verifier"]) >= 43) == ("authorization_code", True)


@pytest.mark.thorough
async def test_a_role_that_needs_two_factors_needs_them_here_or_there(house: ProviderGate) -> None:
    house.gate.context.totp_roles = frozenset({Role.LIAISON})
    enough: Sequence[dict[str, Any]] = ({"amr": ["pwd", "mfa"]}, {"acr": "mfa"})
    for shown in ({}, {"amr": ["pwd"]}, {"acr": "1"}, *enough):
        house.provider.claims = shown
        browser = house.gate.browser()
        await house.signs_in(browser)
        page = await browser.get("/desk")
        assert page.headers.get("location") == (None if shown in enough else "/desk/account"), shown


@pytest.mark.thorough
async def test_who_has_one_time_codes_types_one_unless_two_factors_were_shown_there(house: ProviderGate) -> None:
    await house.signs_in(house.gate.browser())
    [rina] = await house.people()
    secret = draw_secret(lambda count: b"s" * count)
    async with house.gate.database.writing() as connection:
        await keep_totp(connection, rina.id, Seals(KEY).sealed(secret), house.gate.now(), is_on=True)
    browser = house.gate.browser()
    asked = await house.signs_in(browser)
    assert (asked.status_code, "lapor_session" in asked.headers.get("set-cookie", "")) == (200, False)
    pending = asked.text.partition('name="pending" value="')[2].partition('"')[0]
    wrong = await browser.post("/sign-in", data={"pending": pending[:-1] + "0", "code": "000000"})
    assert wrong.status_code == 401
    code = pyotp.TOTP(secret).at(house.gate.now())
    assert (await browser.post("/sign-in", data={"pending": pending, "code": code})).status_code == 303
    assert (await browser.get("/desk/account")).status_code == 200
    house.provider.claims = {"amr": ["mfa"]}
    assert (await house.signs_in(house.gate.browser())).status_code == 303


@pytest.mark.thorough
async def test_nobody_who_has_no_password_signs_in_with_an_empty_one(house: ProviderGate) -> None:
    await house.signs_in(house.gate.browser())
    for password in ("", "None"):
        answer = await house.gate.browser().post("/sign-in", data={"name": "Rina", "password": password})
        assert answer.status_code == 401


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "GROUP=ROLE"),
        ("jalan", "GROUP=ROLE"),
        ("jalan=boss", "roles are"),
        ("jalan=liaison", "in one agency"),
        ("jalan=liaison:nowhere", "no agency nowhere"),
    ],
)
def test_a_mapping_that_cannot_be_is_named(written: str, why: str) -> None:
    with pytest.raises(WrongMapping, match=why):
        read_mapping(written, {"dpupr"})


def test_a_group_may_hold_an_equals_sign() -> None:
    assert read_mapping("cn=jalan=liaison:dpupr", {"dpupr"})["cn=jalan"].agency == "dpupr"


def test_half_of_the_settings_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPOR_OIDC_ISSUER", "http://masuk.test")
    with pytest.raises(WrongSetting, match="https://"):
        read(OidcSettings)
    monkeypatch.setenv("LAPOR_OIDC_ISSUER", "https://masuk.test")
    with pytest.raises(
        WrongSetting, match="LAPOR_OIDC_ISSUER needs LAPOR_OIDC_CLIENT_ID, LAPOR_OIDC_CLIENT_SECRET and"
    ):
        read(OidcSettings).is_wanted()
