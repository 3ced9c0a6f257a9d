"""`sp4n.toml` is checked when the service starts, and half a setting is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from actions.cases.case import Status
from actions.regency.agencies import outside_agencies
from actions.regency.declaration import WrongDeclaration
from actions.regency.sp4n import ApiForm, read_sp4n
from bot.configuration.settings import Settings, WrongSetting
from tests.talks.world import PROJECT, declared

LEAVES, AGENCIES = ("jalan", "sampah"), ("bbpjn_kaltim",)
HEAD = 'form = "lapor"\nname = "SP4N-LAPOR!"\n'


def test_the_first_topic_of_a_category_is_the_one_it_goes_out_with(tmp_path: Path) -> None:
    file = tmp_path / "sp4n.toml"
    file.write_text(
        f'{HEAD}[categories]\n"3" = "jalan"\n"4" = "jalan"\n"9" = "sampah"\n[topics]\nsampah = "12"\n'
        '[statuses]\n"Diproses" = "in_progress"\n[methods]\nadd = "kirim"\n',
        encoding="utf-8",
    )
    mapping = read_sp4n(file, LEAVES, AGENCIES)
    assert (mapping.topics, mapping.categories["4"]) == ({"jalan": "3", "sampah": "12"}, "jalan")
    assert (mapping.status_of("diproses"), mapping.word_of(Status.IN_PROGRESS)) == (Status.IN_PROGRESS, "Diproses")
    assert (mapping.methods["add"], mapping.methods["report"], mapping.form) == ("kirim", "getreport", ApiForm.LAPOR)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ('[categories]\n"3" = "jalanan"\n', "line 4: 'jalanan' is nothing that is known here"),
        ('[topics]\njalanan = "3"\n', "line 4: 'jalanan' is nothing that is known here"),
        ('[agencies]\nbbpjn = "417"\n', "line 4: 'bbpjn' is nothing that is known here"),
        ('[statuses]\n"Diproses" = "working"\n', "line 4: 'working' is nothing that is known here"),
        ('[methods]\nsend = "kirim"\n', "line 4: 'send' is nothing that is known here"),
        ("[topics]\njalan = 3\n", "line 4: 'jalan' is not there or holds no words"),
    ],
)
def test_what_the_regency_does_not_know_is_refused_with_its_line(tmp_path: Path, wrong: str, says: str) -> None:
    file = tmp_path / "sp4n.toml"
    file.write_text(HEAD + wrong, encoding="utf-8")
    with pytest.raises(WrongDeclaration, match=says):
        read_sp4n(file, LEAVES, AGENCIES)


def test_a_form_that_is_not_spoken_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sp4n.toml"
    file.write_text('form = "soap"\nname = "x"\n', encoding="utf-8")
    with pytest.raises(WrongDeclaration, match="'soap' is no form that is spoken here; write lapor or open311"):
        read_sp4n(file, LEAVES, AGENCIES)


def test_the_project_s_own_names_nothing_that_another_regency_may_lack() -> None:
    mapping = read_sp4n(PROJECT / "data" / "sp4n.toml", (), ())
    assert mapping.address_of("1916449") == "https://www.lapor.go.id/pengaduan/1916449"


def test_who_lies_outside_is_no_unit_of_the_regency() -> None:
    outside = outside_agencies(declared().regency.agencies)
    assert {"pemprov_kaltim", "sp4n_lapor", "pln_petung", "bbpjn_kaltim"} <= outside
    assert {"admin_ppu", "dpupr", "inspektorat", "kecamatan_waru"} & outside == set()


def test_half_of_the_settings_is_one_sentence() -> None:
    with pytest.raises(WrongSetting, match="LAPOR_SP4N_URL needs LAPOR_SP4N_KEY too"):
        Settings(_env_file=None, sp4n_url="https://lapor.test/api").speaks_with_sp4n  # noqa: B018 - it is asked
    with pytest.raises(WrongSetting, match="LAPOR_SP4N_KEY needs LAPOR_SP4N_URL too"):
        Settings(_env_file=None, sp4n_key="kunci").speaks_with_sp4n  # noqa: B018 - it is asked


@pytest.mark.parametrize("url", ["http://lapor.test/api", "ftp://lapor.test", "lapor.test"])
def test_nothing_goes_there_unencrypted(url: str) -> None:
    with pytest.raises(ValidationError, match="must be an https:// address"):
        Settings(_env_file=None, sp4n_url=url, sp4n_key="kunci")
