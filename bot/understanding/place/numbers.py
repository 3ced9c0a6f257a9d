"""Kilometre, RT and RW of a message: the first of each."""

from __future__ import annotations

import re

_KM = re.compile(
    r"(?<![\w/])(?:km|kilometer|kilomtr)\s*[.,:]?\s*(?P<km>\d{1,3}(?:[.,]\d{1,3})?)(?![\d/])"
    r"|(?:^|\b(?:di|jalan|jl\.?|jln|provinsi|propinsi|negara|poros)\s)kilo\s+(?P<kilo>\d{1,3}(?:[.,]\d)?)\b"
    r"(?!\s*(?:gram|liter))",
    re.IGNORECASE,
)
_NO_NUMBER_AFTER = r"(?!\d|\s*(?:x|kali|orang|hari|minggu|bulan|tahun|jam|unit|kk|rumah|titik)\b)"
_RT_RW = re.compile(
    rf"\brt\s*[./-]?\s*rw\s*[.:-]?\s*0*(\d{{1,3}})\s*[/\\-]\s*0*(\d{{1,3}}){_NO_NUMBER_AFTER}", re.IGNORECASE
)
_RT_SLASH = re.compile(
    rf"\brt\s*[.:-]?\s*0*(\d{{1,3}})\s*[/\\]\s*(?:rw\s*[.:-]?\s*)?0*(\d{{1,3}}){_NO_NUMBER_AFTER}",
    re.IGNORECASE,
)
_RT = re.compile(rf"\brt\s*[.:-]?\s*0*(\d{{1,3}}){_NO_NUMBER_AFTER}", re.IGNORECASE)
_RW = re.compile(rf"\brw\s*[.:-]?\s*0*(\d{{1,3}}){_NO_NUMBER_AFTER}", re.IGNORECASE)


def kilometre(text: str) -> float | None:
    """The kilometre on a road ("km.5,5" is 5.5). "5 km" is a distance and no place."""
    match = _KM.search(text)
    if match is None:
        return None
    return float((match["km"] or match["kilo"]).replace(",", "."))


def neighbourhood(text: str) -> tuple[str | None, str | None]:
    """RT and RW, digits without leading zeros."""
    both = _RT_RW.search(text) or _RT_SLASH.search(text)
    if both:
        return both[1], both[2]
    rt, rw = _RT.search(text), _RW.search(text)
    return (rt[1] if rt else None), (rw[1] if rw else None)
