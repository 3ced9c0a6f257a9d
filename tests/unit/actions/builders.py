"""Cases, rules and regencies for tests, each with one word for what matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from shapely import box

from actions.cases.case import (
    Case,
    HandlingClass,
    Identity,
    Location,
    ReportType,
    Severity,
    Status,
    Visibility,
)
from actions.cases.clocks import ClockName
from actions.cases.empty_phrases import Templates
from actions.cases.routing import RoutingDecision, route
from actions.regency.model import Agency, AgencyKind, Category, Deadlines, Limits, Regency, Region, RoutingRule

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)

CASE = Case(
    ticket="LP-2222-2222",
    draft_key="draft-1",
    status=Status.RECEIVED,
    type=ReportType.COMPLAINT,
    category="jalan",
    handling_class=HandlingClass.ORDINARY,
    agency="admin",
    reason="",
    location=Location(),
    severity=Severity.NORMAL,
    identity=Identity.ANONYMOUS,
    visibility=Visibility.PUBLIC,
    sensitive=False,
    channel="terminal",
    reporter="reporter-1",
    language="id",
    filed_at=NOON,
    deadline=date(2026, 3, 30),
    consent="1",
)


def a_case(**changes: Any) -> Case:
    """A case that is being filed, unless its version says otherwise."""
    return replace(CASE, **changes)


def a_rule(agency: str, **changes: Any) -> RoutingRule:
    """A rule that holds for everything but for what is named."""
    return replace(RoutingRule(category=None, region=None, type=None, agency=agency), **changes)


AGENCIES = (
    Agency("admin", "Admin", "province", AgencyKind.REGENCY_ADMIN),
    Agency("inspectorate", "Inspektorat", "admin", AgencyKind.INSPECTORATE),
    Agency("roads", "Dinas PU", "admin", AgencyKind.UNIT),
    Agency("waste", "Dinas LH", "admin", AgencyKind.UNIT),
    Agency("family", "DP3A", "admin", AgencyKind.UNIT, sensitive=frozenset({"keluarga"})),
    Agency("power", "PLN", "nation", AgencyKind.BODY),
    Agency("province", "Provinsi", "nation", AgencyKind.PROVINCE),
    Agency("province_roads", "PU Provinsi", "province", AgencyKind.PROVINCE),
    Agency("nation", "Nasional", None, AgencyKind.NATIONAL),
    Agency("land", "BPN", "nation", AgencyKind.NATIONAL),
)
CATEGORIES = (
    Category("infrastruktur", None, {"id": "Infrastruktur"}),
    Category("jalan", "infrastruktur", {"id": "Jalan"}),
    Category("sampah", "infrastruktur", {"id": "Sampah"}),
    Category("sosial", None, {"id": "Sosial"}),
    Category("keluarga", "sosial", {"id": "Keluarga"}),
    Category("pungli", "sosial", {"id": "Pungli"}, sensitive=True),
)
REGIONS = (
    ("64.09", "Kabupaten", "regency", box(0, 0, 10, 10)),
    ("64.09.01", "Timur", "district", box(5, 0, 10, 10)),
    ("64.09.02", "Barat", "district", box(0, 0, 5, 10)),
    ("64.09.01.1001", "Timur Satu", "kelurahan", box(5.5, 0, 10, 10)),
    ("64.09.02.2001", "Barat Satu", "desa", box(0, 0, 4.9, 10)),
)


DEADLINES = Deadlines(
    resolve=dict.fromkeys(HandlingClass, 14),
    source="rule",
    supervisory=frozenset({"pungli"}),
    days={
        ClockName.VERIFY: 3,
        ClockName.VERIFY_AGAIN: 1,
        ClockName.ACCEPT: 2,
        ClockName.FOLLOW_UP: 5,
        ClockName.RULE: 2,
        ClockName.REPLY: 10,
        ClockName.CONFIRM: 10,
        ClockName.APPEAL: 10,
    },
)
TEMPLATES = Templates(("akan kami tindak lanjuti", "mohon menunggu"), frozenset({"terima", "kasih", "kami"}), 3)


def a_regency(*rules: RoutingRule) -> Regency:
    """A regency ten degrees wide of two districts, with these rules, and a neighbour to its east."""
    return Regency(
        code="64.09",
        name="Kabupaten",
        time_zone=ZoneInfo("Asia/Makassar"),
        languages=("id",),
        categories={category.slug: category for category in CATEGORIES},
        agencies={agency.code: agency for agency in AGENCIES},
        rules=rules,
        hotlines=(),
        regions={
            code: Region(code, name, level, outline.centroid.y, outline.centroid.x, outline)
            for code, name, level, outline in REGIONS
        },
        neighbours=(Region("64.71", "Kota", "regency", 5, 15, box(10.1, 0, 20, 10)),),
        deadlines=DEADLINES,
        limits=Limits(5, 20, 10),
        holidays=frozenset(),
        templates=TEMPLATES,
    )


EAST, WEST = Location(village="64.09.01.1001"), Location(district="64.09.02")


def routed(regency: Regency, **changes: Any) -> RoutingDecision:
    """Where a complaint about a road at an unknown place goes, but for what is named."""
    asked: dict[str, Any] = {
        "type": ReportType.COMPLAINT,
        "category": "jalan",
        "location": Location(),
        "severity": Severity.NORMAL,
        "sensitive": False,
    }
    return route(regency, **(asked | changes))
