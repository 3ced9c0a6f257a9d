"""Words, names, numbers and secrets that must be seen nowhere but in the database, each unlike anything else."""

from __future__ import annotations

from pathlib import Path

WORDS = "zamrudkelabu"
CAPTION = "kuningpadam"
EDITED = "violetsenja"
NAME, SURNAME = "Markonahtersamar", "Djojobersembunyi"
PHONE = "+6281299990001"
EMAIL = "markonah.tersamar@contoh.id"
FILE_NAME = "surat-markonahrahasia.pdf"
LAT, LON = -1.2894331, 116.5127331
SMS_PHONE = "+6281377770002"
ROW = "barisrusakungu"


def pin_mark(degrees: float) -> str:
    """A coordinate to a metre: what is shown of a pin in any of our ways to write one, and of nothing else.

    Whole and with its sign, since a few digits alone stand in many a digest and many a moment. To the fifth decimal,
    and the sixth is below five, so that it is found in a longer one and in a rounded one.
    """
    return f"{degrees:.5f}"


SECRETS = {
    "telegram_webhook_secret": "webhook-rahasia_Qq81",
    "nlu_token": "nlu-rahasia-Ww92",
    "secret_key": "kunci-rahasia-Ee73-kunci-rahasia",
    "metrics_token": "metrik-rahasia-Rr64",
    "sms_secret": "sms-rahasia-Tt55",
}
DATABASE_PASSWORD = "sandi-rahasia-Yy46"
OFFICERS_PASSWORD = "sandi petugas Uu37 jelas"

MARKS = {
    "words": WORDS,
    "caption": CAPTION,
    "edited words": EDITED,
    "name": NAME,
    "surname": SURNAME,
    "phone": PHONE[3:],
    "e-mail": EMAIL,
    "file name": FILE_NAME.partition(".")[0],
    "latitude": pin_mark(LAT),
    "longitude": pin_mark(LON),
    "sender of an SMS": SMS_PHONE[3:],
    "unreadable row": ROW,
    "password of the database": DATABASE_PASSWORD,
    "password of an officer": OFFICERS_PASSWORD,
    **SECRETS,
}
KEPT = (".db", ".db-wal", ".db-shm", ".tar", ".gz")
"""Where citizens' words belong."""


def all_that_was_written(folder: Path) -> str:
    """Everything that a service left in this folder, but for its database and the files that citizens sent."""
    places = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(KEPT))
    said = [path for path in places if not {"files", "incoming"} & set(path.relative_to(folder).parts)]
    named = "\n".join(str(path.relative_to(folder)) for path in folder.rglob("*"))
    return "\n".join([named, *(path.read_text(encoding="utf-8", errors="replace") for path in said)])
