"""How agencies stand to each other. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from actions.regency.model import Agency, AgencyKind


def highest(agencies: Mapping[str, Agency], kind: AgencyKind) -> str:
    """The agency that stands for a kind: the first in the file that has no parent of the same kind."""
    return next(
        agency.code
        for agency in agencies.values()
        if agency.kind is kind and (agency.parent is None or agencies[agency.parent].kind is not kind)
    )


def parents(agencies: Mapping[str, Agency], code: str) -> tuple[str, ...]:
    """The agencies above one, the nearest first."""
    above = agencies[code].parent
    return () if above is None else (above, *parents(agencies, above))


def stand_in(agencies: Mapping[str, Agency], code: str, unmanned: Collection[str]) -> str:
    """The agency that acts for one: itself, or where nobody works for it the nearest above for which somebody does.

    The regency's admin is the last that acts; an agency outside its government has nobody above it here.
    """
    line = (code, *parents(agencies, code)) if code in agencies else (code,)
    return next((one for one in line if one not in unmanned or agencies[one].kind is AgencyKind.REGENCY_ADMIN), code)


def agency_named(agencies: Mapping[str, Agency], typed: str) -> str:
    """Code of the agency that is called so: by its code, its name or another name of it; "" where none or several are.

    Capitals and spaces around it do not count.
    """
    sought = " ".join(typed.split()).casefold()
    if not sought:
        return ""
    by_name = [one.code for one in agencies.values() if sought in {one.code.casefold(), one.name.casefold()}]
    by_alias = [one.code for one in agencies.values() if sought in {alias.casefold() for alias in one.aliases}]
    found = by_name or by_alias
    return found[0] if len(found) == 1 else ""


def siblings(agencies: Mapping[str, Agency], code: str) -> frozenset[str]:
    """The other agencies of the same regency government, that its admin may pass a case to."""
    government = _government(agencies, code)
    return frozenset(other for other in agencies if other != code and _government(agencies, other) == government)


def own_agencies(agencies: Mapping[str, Agency]) -> list[str]:
    """The agencies of a regency's government itself, its admin among them: others have no people in this service."""
    kinds = ((code, agencies[_government(agencies, code)].kind) for code in agencies)
    return [code for code, kind in kinds if kind is AgencyKind.REGENCY_ADMIN]


def outside_agencies(agencies: Mapping[str, Agency]) -> frozenset[str]:
    """The agencies of other governments and bodies: what is theirs is not this regency's to answer."""
    return frozenset(agencies) - frozenset(own_agencies(agencies))


def _government(agencies: Mapping[str, Agency], code: str) -> str:
    """The regency_admin that is or stands above an agency; any other agency is a government of its own."""
    line = (code, *parents(agencies, code))
    return next((above for above in line if agencies[above].kind is AgencyKind.REGENCY_ADMIN), code)
