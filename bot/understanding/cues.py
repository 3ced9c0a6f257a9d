"""Small signs in words that steer the talk: wishes, fears, corrections, questions, announcements. Pure.

Each is found by patterns that a whole message has to match, once what is said around it is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.understanding import words

_AROUND = {name: frozenset(members) for name, members in words.lists("wishes", "around").items()}
_WISHES = {name: words.pattern("wishes", f"wishes.{name}") for name in words.lists("wishes", "wishes")}
_PROGRESS = words.pattern("wishes", "progress.asked")
_FEAR = words.pattern("wishes", "fear.said")
_WISHES_WORD = re.compile(r"[\w'-]+")
_MOST_WORDS = 12
_OF_A_SENT_REPORT = frozenset({"photo", "more", *(verb for verb in _WISHES if verb.startswith("change"))})


def wish(text: str) -> str | None:
    """What she wants done with the report that she is writing, as the verb of its button; None for anything else.

    A question is none ("bisa dirahasiakan?").
    """
    if "?" in text:
        return None
    said = _without(text, _AROUND["words"])
    return next((verb for verb, pattern in _WISHES.items() if pattern.fullmatch(said)), None)


def follows_up(text: str) -> bool:
    """Whether these words are about a report that was sent: how it goes, or something to add to it or put right."""
    said = _without(text, _AROUND["words"] | _AROUND["since"])
    return bool(_PROGRESS.fullmatch(said)) or wish(text.replace("?", "")) in _OF_A_SENT_REPORT


def fears(text: str) -> bool:
    """Whether these words say that she is afraid, as of being found out, and nothing else: "takut ketahuan"."""
    return bool(_FEAR.fullmatch(_without(text, _AROUND["words"] | _AROUND["tale"])))


def _without(text: str, around: Collection[str]) -> str:
    found = _WISHES_WORD.findall(text.casefold())
    return " ".join(word for word in found if word not in around) if len(found) <= _MOST_WORDS else ""


_CORRECTS = re.compile(
    r"\b(?:eh|ups|maaf|sorry|ralat|koreksi|maksud(?:nya|ku| saya)?|salah(?: ketik| tulis| tempat)?|bukan|yang benar"
    r"|harusnya|actually"
    r"|i mean|i meant)\b"
    r"[\s,.:]*(?:\w+\s+){0,3}?(?:bukan|salah|maksud(?:nya|ku)?|yang benar|harusnya|di|in|at|on)\b"
    r"|^\W*(?:(?:eh|oh|ups|aduh|iya|ya|maaf|sorry|min|pak|bu|kak)\W+)*(?:ralat|koreksi|maksud(?:nya|ku|\s+(?:saya|sy|aku)))\b"
    r"(?!\W*(?:$|apa\b|gimana|bagaimana|gmn|bgmn|siapa|kapan|kah\b))"
    r"|\b(?:rt|rw|km)\W*\d+\W+(?:yg|yang)\s+(?:benar|bener|betul)\b"
    r"|\b(?:yg|yang)\s+(?:benar|bener|betul)\W+(?:itu\s+|di\s+)?(?:rt|rw|km)\b",
    re.IGNORECASE,
)
_FILLER = frozenset(
    """
    ada adalah admin ajukan aku ane assalamualaikum a an bang bapak bisa boleh buat buk bu dari dengan dgn disini di
    dong gan halo hallo hai hello hi ibu ijin izin ini itu ka kah kak kakak kami kalo kalau keluhan kesini ke lah
    lapor laporan laporkan lapur melapor melaporkan min mas mau minta mohon nah nih ni numpang pa pagi pak
    pengaduan mengadu ngadu aduan mengadukan perkenankan permisi report complaint complain i would like to want
    make file saya sy selamat siang sini sore tolong tlg ulun handak punten untuk utk wr wb waalaikumsalam warga
    ya yth yang yg assalamu alaikum malam sesuatu masalah hal something problem please ingin pengen pingin menyampaikan
    sampaikan membuat bikin ada curhat cerita bercerita dua tiga beberapa two three perkara parkara urusan soal 2 3
    permisi ngomong omong bilang bicara kasih tahu tau nuwun sewu ngapunten kulo badhe matur bepadah padah matters
    problems issues things
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_ANNOUNCING = frozenset(
    """
    lapor laporan laporkan lapur melapor melaporkan keluhan pengaduan mengadu ngadu aduan mengadukan report complaint
    complain curhat cerita bercerita
    """.split()  # noqa: SIM905
)
_ASKS = re.compile(
    r"\?|^\W*(?:kapan|kpn|kenapa|knp|mengapa|napa|bagaimana|bgmn|gimana|apakah|apa|siapa|berapa|kok|when|why|how|what|who)\b",
    re.IGNORECASE,
)
_INSULTS = frozenset(
    "bodoh bego goblok tolol anjing anjir bangsat brengsek kampret tai babi sialan bacot stupid idiot fuck".split()  # noqa: SIM905
)
_ALSO_ANIMALS = frozenset("anjing babi tai".split())  # noqa: SIM905
"""They are insults only among words to whom: "dasar anjing", but not "kandang babi bau"."""
_TO_WHOM = frozenset(
    [
        "kamu",
        "kau",
        "lu",
        "lo",
        "loe",
        "elu",
        "kalian",
        "dasar",
        "memang",
        "emang",
        "bot",
        "robot",
        "admin",
        "semua",
        "pemerintah",
        "kau",
        "you",
    ]
)
MOST_OF_AN_INSULT = 5
_PAUSES = re.compile(
    r"^\W*(?:(?:w+kw+k\w*|ha(?:ha)+|he(?:he)+|eh|oh|aduh|maaf|sorry|oke?|iya|ya|min|pak|bu|kak)\W+)*"
    r"(?:(?:tunggu\s+)?(?:se|s)?be?nta?r\b(?=\W*$|\W+(?:ya|yah|dulu|dlu|min|pak|bu|kak|mbak|mas)\b)"
    r"|tunggu\s+(?:dulu|dlu|ya)\b|(?:wait|just|one)\s+(?:a\s+)?(?:moment|minute|sec|second)\b|hold on\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_LANDMARKS = words.lists("places", "landmarks")
_SPOTS = frozenset(
    {*_LANDMARKS["relation"], *_LANDMARKS["place"], *_LANDMARKS["crossing"]}
    | set(
        """
        di d deket arah antara area atas bawah blok daerah dalam desa dusun gg gang jalan jl jln jalanan kab kampung
        kebun kec gerbang halaman kecamatan kel kelurahan kilometer km loket lokasi lokasinya luar pinggir pintu pojok
        ruang rt rw sepanjang situ sini tempat tempatnya tengah tepi tepatnya ujung in at on near behind beside
        between next along the street road
        """.split()  # noqa: SIM905
    )
)
_ALSO = frozenset({"juga", "jg", "jga", "too", "also"})


def corrects(text: str) -> bool:
    """Whether these words put right what was said before: "eh bukan, di Jalan Provinsi"."""
    return bool(_CORRECTS.search(text))


_MEANT = re.compile(
    r"^.*\b(?:maksud(?:nya|ku|\s+saya|\s+sy|\s+aku)?|yang\s+(?:benar|bener)|harusnya|mestinya|(?:bukan|bkn)\s+[^,]{2,30},)"
    r"\W+(?:(?:di|itu)\s+)?(?P<meant>\w.*)$",
    re.IGNORECASE | re.DOTALL,
)


def what_is_meant(text: str) -> str:
    """What stands right in words that put something right ("Petung" of "bukan Sotek, saya Petung"); else the text."""
    match = _MEANT.search(text)
    return match["meant"].strip() if match else text


_DENIED = re.compile(
    r"\b(?:bukan(?:nya)?|bkn|dudu|not)\s+(?:[^\s,.;!?]+\s+){0,3}?[^\s,.;!?]+"
    r"(?=\s*[,.;]\s*\w|\s+(?:tapi|tp|tpi|tetapi|melainkan|but|yg|yang|yng)\b)",
    re.IGNORECASE,
)


def without_denied(text: str) -> str:
    """The text without what she says it is not, where she says what it is behind it ("bukan kemarin, tapi Senin")."""
    return _DENIED.sub(" ", text)


_COURTESY_BEFORE = re.compile(
    r"^\W*(?:(?:iya|ya|oh|ok|oke|baik|pak|bapak|bu|ibu|min|admin|kak|mas|mbak|bang)\W+)+(?=\w)", re.IGNORECASE
)
_COURTESY_BEHIND = re.compile(
    r"(?:\W+(?:pak|bu|min|admin|kak|ya|yah|dong|deh|nih|sih|lah|aja|saja|makasih\w*|mksh|tq|thanks?|(?:terima|trima|trm)\s?kasih"
    r"|(?<=,)\s*(?:bapak|ibu|kakak|mas|mbak|bang)))+\W*$",
    re.IGNORECASE,
)


def without_courtesy(text: str) -> str:
    """The text without what is only polite before and behind it ("petung" of "iya pak, petung ya, makasih")."""
    return _COURTESY_BEHIND.sub("", _COURTESY_BEFORE.sub("", text)) or text


_REQUESTS = re.compile(
    r"\b(?:mohon|tolong|minta|please)\W+(?!(?:maaf|ma'af|izin|ijin|ya|pak|bapak|bu|ibu|min|kak|bantuan\w*|info\w*)\b)\w+",
    re.IGNORECASE,
)
_FEWEST_WORDS_OF_A_REQUEST = 4


def requests(text: str) -> bool:
    """Whether these words ask that something be done: "mohon dibantu diangkut, terima kasih"."""
    return bool(_REQUESTS.search(text)) and len(_WISHES_WORD.findall(text)) >= _FEWEST_WORDS_OF_A_REQUEST


def asks(text: str) -> bool:
    """Whether these words are a question."""
    return bool(_ASKS.search(text))


def scolds(text: str) -> bool:
    """Whether these few words are an insult and nothing else."""
    found = _WORD.findall(text.casefold())
    said = _INSULTS.intersection(found)
    is_of_animals = said <= _ALSO_ANIMALS and not all(word in said | _FILLER | _TO_WHOM for word in found)
    return len(found) <= MOST_OF_AN_INSULT and bool(said) and not is_of_animals


def pauses(text: str) -> bool:
    """Whether these words begin with asking for a moment: "bentar ya, anak saya nangis"."""
    return bool(_PAUSES.search(text))


def opens_with_place(text: str) -> bool:
    """Whether the first word says where, or is a kind of place: "belakang pasar", but not "jembatan juga roboh"."""
    found = _WORD.findall(text.casefold())
    return bool(found) and found[0] in _SPOTS and not _ALSO.intersection(found)


def is_filler(word: str) -> bool:
    """Whether a word may stand in an announcement, and tells nothing by itself: "permisi", "mau", "lapor"."""
    return word.casefold() in _FILLER


def announces(text: str) -> bool:
    """Whether these words only say that a report will come: "selamat pagi, mau lapor pak"."""
    found = _WORD.findall(text.casefold())
    return bool(_ANNOUNCING.intersection(found)) and all(word in _FILLER for word in found)
