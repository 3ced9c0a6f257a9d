"""Loading a regency: what must be there and fit, what may be missing, and what does no harm."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from actions.regency.files import load
from actions.regency.model import Regency
from bot.services.declared_words import catalogue_of
from tests.unit.actions.builders import routed
from tests.unit.actions.spoiling import DATA, dissolved, replaced, retired, spoil, without, wrong


def test_the_rule_that_was_taken_away_is_missed(folder: Path) -> None:
    spoil(folder / "routing.csv", without("parkir,"))
    assert str(wrong(folder).what) == "no rule covers the category 'parkir' everywhere and for every type"


def test_a_rule_for_one_region_or_one_type_does_not_cover_a_category(folder: Path) -> None:
    spoil(folder / "routing.csv", replaced("parkir,,,", "parkir,64.09.01,,"))
    assert "'parkir'" in str(wrong(folder).what)
    spoil(folder / "routing.csv", replaced("parkir,64.09.01,,", "parkir,,complaint,"))
    assert "'parkir'" in str(wrong(folder).what)


def test_a_rule_for_the_group_covers_its_categories(folder: Path) -> None:
    spoil(folder / "routing.csv", replaced("parkir,,,dishub,0", "jalan_dan_lalu_lintas,,,dishub,0"))
    assert load(folder, DATA).rules


def test_a_regency_has_the_categories_that_its_file_names_no_more_and_no_fewer(folder: Path) -> None:
    spoil(folder / "categories.csv", replaced("parkir,jalan_dan_lalu_lintas", "parkir_dan_becak,jalan_dan_lalu_lintas"))
    spoil(folder / "routing.csv", replaced("parkir,,,dishub", "parkir_dan_becak,,,dishub"))
    spoil(folder / "agencies.csv", replaced(",keluarga_perempuan_anak,SAPA", ",parkir_dan_becak,SAPA"))
    regency = load(folder, DATA)
    own, ours = ({leaf.slug for leaf in one.leaves()} for one in (regency, load(DATA, DATA)))
    assert (own - ours, ours - own) == ({"parkir_dan_becak"}, {"parkir"})
    assert any(agency.sensitive == {"parkir_dan_becak"} for agency in regency.agencies.values())


def test_seven_groups_are_well_and_five_are_too_few(folder: Path) -> None:
    spoil(folder / "categories.csv", dissolved("keamanan_dan_bencana", into="kerja_dan_usaha"))
    assert load(folder, DATA).categories.keys() == load(DATA, DATA).categories.keys() - {"keamanan_dan_bencana"}
    for group in ("air_listrik_dan_internet", "surat_izin_dan_pajak"):
        spoil(folder / "categories.csv", dissolved(group, into="kerja_dan_usaha"))
    assert str(wrong(folder).what) == "there are 5 groups"


def test_agencies_in_a_circle_are_refused(folder: Path) -> None:
    spoil(folder / "agencies.csv", replaced("SP4N-LAPOR! (nasional),,", "SP4N-LAPOR! (nasional),admin_ppu,"))
    assert "is above itself by its parents" in str(wrong(folder).what)


@pytest.mark.parametrize("kind", ["regency_admin", "inspectorate", "province"])
def test_a_kind_that_routing_needs_is_missed(folder: Path, kind: str) -> None:
    spoil(folder / "agencies.csv", lambda text: text.replace(f",{kind},", ",unit,"))
    assert str(wrong(folder).what) == f"no agency is of kind {kind}"


def test_a_file_in_another_encoding_is_named_with_the_line_where_it_shows(folder: Path) -> None:
    file = folder / "agencies.csv"
    file.write_bytes(file.read_bytes().replace(b"Dinas Perhubungan", "Dinas Perhubungán".encode("cp1252")))
    found = wrong(folder)
    assert (found.line, str(found.what)) == (5, "this is not UTF-8")


def test_broken_json_is_named_with_its_line(folder: Path) -> None:
    spoil(folder / "regions.geojson", lambda text: text[:5000])
    assert "this is not JSON" in str(wrong(folder).what)
    (folder / "regions.geojson").write_text("[]", encoding="utf-8")
    assert str(wrong(folder).what) == "this is no FeatureCollection"


def test_a_regency_whose_own_outline_is_missing_is_refused(folder: Path) -> None:
    spoil(folder / "regency.toml", replaced("64.09", "64.10"))
    assert str(wrong(folder).what) == "the regency's own code '64.10' is not there"


def test_a_close_word_is_offered(folder: Path) -> None:
    spoil(folder / "routing.csv", replaced("parkir,,,dishub", "parkir,,,dishup"))
    assert "did you mean 'dishub'?" in str(wrong(folder))


@pytest.mark.parametrize("name", ["regency.toml", "categories.csv", "agencies.csv", "routing.csv", "hotlines.csv"])
def test_a_file_that_every_regency_must_have_is_missed(folder: Path, name: str) -> None:
    (folder / name).unlink()
    found = wrong(folder)
    assert found.file.name == name
    assert "cannot be read" in str(found.what)


def test_limits_deadlines_and_holidays_are_taken_from_the_project_where_they_are_missing(
    folder: Path,
) -> None:
    for name in ("limits.toml", "deadlines.toml", "holidays.toml"):
        (folder / name).unlink()
    assert load(folder, DATA).limits == load(DATA, DATA).limits


def test_excel_s_byte_order_mark_line_ends_and_blank_rows_do_no_harm(folder: Path) -> None:
    file = folder / "routing.csv"
    text = file.read_text(encoding="utf-8") + "\n,,,,\n"
    file.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load(folder, DATA).rules == load(DATA, DATA).rules


def test_a_language_more_is_a_column_and_a_word_in_regency_toml(folder: Path) -> None:
    spoil(folder / "regency.toml", replaced("languages = [", 'languages = ["su", '))
    assert str(wrong(folder).what) == "the header lacks label_su"
    rows = (folder / "categories.csv").read_text(encoding="utf-8").splitlines()
    spoil(
        folder / "categories.csv",
        lambda _: "\n".join([rows[0] + ",label_su", *(row + ",sunda" for row in rows[1:])]),
    )
    assert load(folder, DATA).categories["parkir"].labels["su"] == "sunda"


def is_holiday(regency: Regency, day: str) -> bool:
    return date.fromisoformat(day) in regency.holidays


def test_a_regency_adds_and_removes_holidays(folder: Path) -> None:
    file = folder / "holidays.toml"
    file.write_text('[added]\n"2026-03-11" = "Hari jadi"\n[removed]\n"2026-08-17" = "dipindah"\n', encoding="utf-8")
    regency = load(folder, DATA)
    assert is_holiday(regency, "2026-03-11")
    assert not is_holiday(regency, "2026-08-17")
    assert is_holiday(regency, "2026-03-19")


def test_a_category_that_is_retired_stays_readable_and_routed_and_is_not_offered(folder: Path) -> None:
    spoil(folder / "categories.csv", retired(parkir="lalu_lintas_transportasi", pertanahan="yes"))
    regency = load(folder, DATA)
    gone = {"parkir", "pertanahan"}
    assert {leaf.slug for leaf in regency.leaves()} - {leaf.slug for leaf in regency.offered()} == gone
    assert [regency.offered_for(slug) for slug in ("parkir", "pertanahan", "jalan", None)] == [
        "lalu_lintas_transportasi",
        None,
        "jalan",
        None,
    ]
    assert not gone & {slug for leaves in catalogue_of(regency).groups.values() for slug in leaves}
    assert routed(regency, category="parkir").agency == "dishub"


@pytest.mark.parametrize(
    ("state", "what"),
    [
        ({"parkir": "parkir"}, "'parkir' cannot be merged into 'parkir'"),
        ({"parkir": "becak"}, "'parkir' cannot be merged into 'becak'"),
        ({"parkir": "kerja_dan_usaha"}, "'parkir' cannot be merged into 'kerja_dan_usaha'"),
        ({"parkir": "jalan", "jalan": "yes"}, "'parkir' cannot be merged into 'jalan'"),
        ({"ketertiban_umum": "yes", "kebencanaan_darurat": "yes"}, "the group 'keamanan_dan_bencana' is empty"),
    ],
)
def test_a_category_is_merged_into_one_that_is_offered_and_a_group_keeps_one(
    folder: Path, state: dict[str, str], what: str
) -> None:
    spoil(folder / "categories.csv", retired(**state))
    assert str(wrong(folder).what) == what


def test_a_category_brings_words_of_the_regency(folder: Path) -> None:
    spoil(
        folder / "categories.csv",
        lambda text: text.replace("sensitive\n", "sensitive,words\n").replace("no\n", "no,\n"),
    )
    spoil(folder / "categories.csv", lambda text: text.replace("yes\n", "yes,\n"))
    spoil(folder / "categories.csv", replaced("Parkir,Parking,no,no,", "Parkir,Parking,no,no,juru parkir; karcis"))
    assert load(folder, DATA).categories["parkir"].words == ("juru parkir", "karcis")


def test_what_another_file_says_of_a_misspelt_category_is_refused_with_the_word_that_was_meant(folder: Path) -> None:
    spoil(folder / "categories.csv", replaced("parkir,jalan_dan_lalu_lintas", "parkirr,jalan_dan_lalu_lintas"))
    found = wrong(folder)
    assert (found.file.name, str(found.what)) == ("routing.csv", "'parkir' is unknown")
    assert "did you mean 'parkirr'?" in str(found.mend)
