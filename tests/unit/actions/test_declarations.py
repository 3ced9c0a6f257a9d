"""What is wrong in a regency's files is named with file, line and mend before anything starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.actions.spoiling import added, copied, replaced, spoil, wrong


@pytest.mark.parametrize(
    ("name", "change", "what"),
    [
        ("categories.csv", replaced("sampah,kebersihan", "Sampah-b3,kebersihan"), "'Sampah-b3' is no name for"),
        ("categories.csv", replaced("sampah,kebersihan", "unknown,kebersihan"), "'unknown' is no name for a category"),
        (
            "categories.csv",
            replaced("parkir,jalan_dan_lalu_lintas", "parkir,jalan_raya"),
            "the group 'jalan_raya'",
        ),
        (
            "categories.csv",
            replaced("parkir,jalan_dan_lalu_lintas", "parkir,"),
            "the group 'parkir' is empty",
        ),
        (
            "categories.csv",
            copied("parkir,jalan_dan_lalu_lintas,", "parkir,kerja_dan_usaha,"),
            "'parkir' stands in line 6 already",
        ),
        ("categories.csv", copied("jalan_dan_lalu_lintas,,", "gudang,,"), "the group 'gudang' is empty"),
        ("categories.csv", replaced("Parkir,Parking", ",Parking"), "column 'label_id' is empty"),
        ("categories.csv", replaced("Parking,no,no", "Parking,no,maybe"), "'maybe' in column 'sensitive'"),
        ("categories.csv", replaced("physical,sensitive", "physical"), "the header lacks sensitive"),
        ("categories.csv", replaced("slug,parent", "slug;parent"), "the header lacks slug, parent"),
        ("categories.csv", replaced("parent,label_id", "parent,label_id,label_id"), "names a column twice"),
        ("categories.csv", replaced("parkir,jalan_dan_lalu_lintas,", "parkir,"), "columns instead of"),
        ("agencies.csv", replaced("dishub,", "dpupr,"), "'dpupr' stands in line 4 already"),
        ("agencies.csv", replaced("dishub,", f"{'dishub' * 7},"), "has more than 39 letters"),
        (
            "agencies.csv",
            replaced("Dinas Perhubungan,admin_ppu", "Dinas Perhubungan,admin_ppo"),
            "'admin_ppo', the parent",
        ),
        (
            "agencies.csv",
            replaced("Perhubungan,admin_ppu,unit", "Perhubungan,admin_ppu,dinas"),
            "'dinas' is unknown",
        ),
        (
            "agencies.csv",
            replaced("Perhubungan,admin_ppu,unit", "Perhubungan,admin_ppu,regency_admin"),
            "second regency_admin",
        ),
        ("agencies.csv", replaced("unit,64.09.03", "unit,64.09.09"), "'64.09.09' is unknown"),
        ("agencies.csv", replaced("keluarga_perempuan_anak,SAPA", "keluarga,SAPA"), "'keluarga' is unknown"),
        (
            "agencies.csv",
            replaced("Perhubungan,admin_ppu,unit,,,", "Perhubungan,admin_ppu,unit,,pungli_korupsi,"),
            "both designated",
        ),
        ("agencies.csv", added("gudang,Gudang,admin_ppu,unit,,,,"), "no rule reaches 'gudang'"),
        ("routing.csv", replaced("parkir,,,dishub", "parkiran,,,dishub"), "'parkiran' is unknown"),
        ("routing.csv", replaced("parkir,,,dishub", "parkir,,,dishup"), "'dishup' is unknown"),
        ("routing.csv", replaced("parkir,,,dishub", "parkir,64.71,,dishub"), "'64.71' is unknown"),
        ("routing.csv", replaced("parkir,,,dishub", "parkir,,question,dishub"), "'question' is unknown"),
        ("routing.csv", replaced("parkir,,,dishub,0", "parkir,,,dishub,high"), "'high' in column 'priority'"),
        ("routing.csv", added("parkir,,,dlh,0"), "that of line 6 hold for the same cases"),
        ("routing.csv", added("parkir,,aspiration,dlh,0"), "that of line 6 hold for the same cases"),
        (
            "routing.csv",
            added("parkir,64.09.01,,kecamatan_waru,0"),
            "'kecamatan_waru' does not work in all of 64.09.01",
        ),
        ("routing.csv", replaced("parkir,,,dishub,0", 'parkir,,,"dishub,0'), "this is not CSV"),
        ("hotlines.csv", replaced("Polisi,110", "Polisi,"), "column 'number' is empty"),
        ("regency.toml", replaced('"Asia/Makassar"', '"WITA"'), "'WITA' is no time zone"),
        ("regency.toml", replaced("languages = [", 'languages = "id"  # '), "is no list of words"),
        ("limits.toml", replaced("filed_a_day = 20", "filed_a_day = 0"), "'filed_a_day' is not there or"),
        ("limits.toml", replaced("filed_a_day = 20", "filed_a_day = "), "this is not TOML"),
        ("deadlines.toml", replaced("ordinary = 14", 'ordinary = "14"'), "'ordinary' is not there or"),
        ("deadlines.toml", replaced('["pungli_korupsi"]', '["pungli"]'), "'pungli' is no category"),
        ("holidays.toml", replaced("[added]", '[added]\n"11 Maret" = "Hari jadi"'), "'11 Maret' is no day"),
        ("regions.geojson", replaced('"code":"64.09.02"', '"code":"64.09.01"'), "'64.09.01' stands twice"),
        (
            "regions.geojson",
            replaced('"name":"Waru","level":"district"', '"level":"district"'),
            "is no region",
        ),
        ("regions.geojson", replaced('"type":"Polygon"', '"type":"Point"'), "is no region"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(
    folder: Path, name: str, change: Callable[[str], str], what: str
) -> None:
    line = spoil(folder / name, change)
    found = wrong(folder)
    assert what in str(found.what)
    assert (found.file.name, found.line) == (name, found.line if name == "holidays.toml" else line)
    assert str(found) == f"{folder / name}, line {found.line}: {found.what}; {found.mend}."
