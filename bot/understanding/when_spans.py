"""How long something has lasted: "sudah 2 minggu", "selama 3 hari", "mati seminggu". It runs to today."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.heard import When
from bot.understanding.when_days import before, one_day
from bot.understanding.when_grammar import AMOUNT, NUMBER, Calendar, Found, amount

_LEAD = (
    r"(?:sudah|telah|selama|hampir|lebih dari|kurang lebih|sekitar|kira-kira|genap|masuk|memasuki|menunggu|nunggu|tunggu|"
    r"for|hingga|sampai|lewat|lebih|ada|kurun waktu|dalam|nyaris|jalan|mau|terhitung|berjalan)"
)
_STATE = (
    r"(?:mati|padam|rusak|mampet|tersumbat|banjir|tergenang|terendam|kosong|macet|hilang|bocor|menumpuk|numpuk|libur|tutup|gelap|"
    r"mengalir|jalan|ngalir|nyala|menyala|diangkut|diambil|dijemput|kering|keruh|terputus|putus|kejadian|berlangsung|terisolir|proses|diproses)"
)
_AFTER = (
    r"(?: lebih| lamanya| penuh| berturut-turut| ini| terakhir| belakangan| terakhir ini| belakangan ini| lebih ini)*"
)
_NOT_AFTER = (
    r"(?!(?: lebih)?(?: yang)? (?:lalu|kemarin|silam|sekali|ke depan|kedepan|lagi|kerja|depan|ago|sebelum|setelah|sesudah|gratis|kalender)\b"
    r"| \d+ ?(?:x|kali)| (?:dua|tiga|empat|lima) kali|\s?sekali)"
)
_LED = re.compile(rf"(?<!\bdi )\b{_LEAD}(?: {_LEAD}| masuk| jalan)* {AMOUNT}{_NOT_AFTER}{_AFTER}")
_TAILED = re.compile(
    rf"\b(?<!setiap )(?<!tiap ){AMOUNT}{_NOT_AFTER}(?: lebih| lamanya)*"
    r" (?:ini|terakhir|belakangan|lamanya|lebih|berturut-turut|belum|tidak|tanpa|masih|mati|padam|banjir|tergenang|sudah|penuh)\b"
)
_STATED = re.compile(
    rf"\b{_STATE}(?: (?:total|terus|parah|semua|lampu|air|listrik|jalan))? {AMOUNT}{_NOT_AFTER}{_AFTER}"
)
_HOURS = re.compile(
    rf"\b(?:sudah|selama|hampir|lebih dari)(?: (?:hampir|lebih dari|sekitar))? (?P<n>{NUMBER}|se)\s?jam\b(?! sehari)"
)
_PROMISE = re.compile(
    r"\b(?:janji\w*|dijanjikan|katanya|maksimal|paling lama|umur|usia|berumur|berusia|anak|kontrak|garansi|hukuman|penjara|estimasi|tiap|setiap|per|butuh|butuh waktu|waktu|rencana|rencananya)\b[^.,;]{0,18}$"
)
_A_DAY_HOURS = 24


def spans(text: str, calendar: Calendar) -> Iterator[Found]:
    """The lengths of time in `text` that reach to today, in no order."""
    for pattern in (_LED, _TAILED, _STATED):
        for match in pattern.finditer(text):
            if _PROMISE.search(text, 0, match.start()):
                continue
            count, unit = amount(match)
            yield Found(match.start(), match.end(), When(before(calendar.today, count, unit), calendar.today), 0)
    for match in _HOURS.finditer(text):
        if not match["n"].isdigit() or int(match["n"]) < _A_DAY_HOURS:
            yield Found(match.start(), match.end(), one_day(calendar.today), 1)
