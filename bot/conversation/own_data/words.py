"""The words with which a citizen asks for her data, for its end, or for the news of her village."""

from __future__ import annotations

WANTS = frozenset(
    {
        "data saya",
        "lihat data saya",
        "minta data saya",
        "unduh data saya",
        "salinan data saya",
        "my data",
        "show my data",
        "download my data",
    }
)
FORGETS = frozenset(
    {
        "hapus data saya",
        "hapus semua data saya",
        "hapuskan data saya",
        "tolong hapus data saya",
        "lupakan saya",
        "delete my data",
        "delete all my data",
        "please delete my data",
        "forget me",
    }
)
TAKES = frozenset({"langganan", "berlangganan", "subscribe"})
STOPS = frozenset(
    {
        "berhenti langganan",
        "berhenti berlangganan",
        "stop langganan",
        "batal langganan",
        "stop berlangganan",
        "unsubscribe",
        "stop the news",
    }
)
MOST_WORDS = 6
"""A sentence that is longer tells of something."""
HTML, JSON = "html", "json"
"""The files in which she gets what is kept of her."""


def plain(text: str) -> str:
    """Words as they are compared: small, with single spaces, without signs around them."""
    return " ".join(text.casefold().split()).strip(" .!?,…/")


def is_of_own_data(text: str) -> bool:
    """Whether these words ask for her data, for its end, or for weekly news, whatever stands open."""
    words = plain(text)
    return words in WANTS | FORGETS | STOPS or takes_weekly(text)


def takes_weekly(text: str) -> bool:
    """Whether these words ask for the news of a village, perhaps naming it: "langganan Petung"."""
    words = plain(text).split()
    return 0 < len(words) <= MOST_WORDS and words[0] in TAKES
