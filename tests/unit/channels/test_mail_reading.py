"""Mails as they come: what a person wrote in them, which no person wrote, and what is made to deceive or to break."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from bot.channels.email.arrivals import mail_arrivals
from bot.channels.email.composing import MailWriter, ReplyWords
from bot.channels.email.incoming import MOST_BYTES, IncomingMail, NotForUs, read_mail
from bot.channels.email.quotes import ABOVE, own_words
from bot.conversation.events import Said, SentOther, SentPhoto
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from tests.talks.mail import ADDRESS, SITI, a_mail, an_answer

WRITER = MailWriter(ADDRESS, "Layanan LAPOR", b"key", ReplyWords(f"{ABOVE} Tulis di atas baris ini", "Balas:"))
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
TICKET = "LP-7KD3-M9XK"


def read(mail: EmailMessage | bytes, uid: str = "1.1") -> IncomingMail:
    return read_mail(mail if isinstance(mail, bytes) else mail.as_bytes(), uid, WRITER)


def ours(name: str = "7.0", to: str = SITI, thread: str = "") -> EmailMessage:
    message = OutboxMessage(OutboxMessageKind.MESSAGE, "Laporan Anda.", name=name, thread=thread)
    return WRITER.mail(to, message, NOW)


@pytest.mark.parametrize(
    "quoted",
    [
        "Pada Rab, 2 Des 2026 pukul 08.00 Layanan LAPOR <{address}>\nmenulis:\n\n> {above}\n> Laporan Anda\n> 1) Kirim",
        "Dari: Layanan LAPOR <{address}>\nDikirim: Rabu\nKepada: <siti@warga.test>\nPerihal: Re: x\n\n{above}\n\nIsi",
        "-----Original Message-----\nFrom: LAPOR <{address}>\nSent: Wed\nTo: siti@warga.test\n\n{above}\nLaporan Anda",
        "________________________________\nDari: LAPOR <{address}>\nTerkirim: Rabu\nKe: x@y.test\n\n{above}\nIsi",
        "On Wed, Dec 2, 2026 at 8:00 AM LAPOR <{address}> wrote:\n> Laporan Anda\n> 1) Kirim\n> 2) Ubah",
        "{above}\n\nLaporan Anda\n1) Kirim",
        "-- \nSiti Aminah\nKetua RT 5",
        "Dikirim dari iPhone saya",
        "",
    ],
)
def test_her_words_are_told_from_what_she_quotes_and_from_what_stands_below_every_mail(quoted: str) -> None:
    text = "lampunya masih mati\ntolong dicek" + "\n\n" + quoted.format(address=ADDRESS, above=WRITER.words.above)
    assert own_words(text, ADDRESS) == "lampunya masih mati\ntolong dicek"


def test_words_that_only_look_like_headers_stay() -> None:
    text = "Nama: Siti\nAlamat: Jl. Negara 5\nMasalah: lampu mati"
    assert own_words(text, ADDRESS) == text


def test_an_answer_is_her_words_alone_and_names_what_it_answers() -> None:
    mail = read(an_answer("kirim\n\nTerima kasih,\nSiti", ours(), subject="Re: Lampu"))
    assert (mail.words, mail.answers, mail.refused) == ("kirim", str(ours()["Message-ID"])[:64], None)
    assert read(an_answer("kirim", ours(to="lain@warga.test"))).answers == ""


def test_a_first_mail_is_its_subject_and_its_words() -> None:
    assert read(a_mail("di petung", subject="Lampu mati")).words == "Lampu mati\ndi petung"
    assert read(a_mail("lampu mati di petung", subject="Fwd: LAMPU MATI")).words == "lampu mati di petung"
    assert read(a_mail("", subject="=?utf-8?q?lampu_mati?=")).words == "lampu mati"
    assert read(a_mail("> kata tetangga\n> lampu mati")).words == "> kata tetangga\n> lampu mati"


def test_the_number_of_a_case_in_the_address_says_which_it_is_about() -> None:
    assert read(a_mail("masih mati", to=f"lapor+{TICKET.lower()}@penajam.test")).answers == TICKET
    assert read(a_mail("masih mati", to=f"lain+{TICKET}@penajam.test")).answers == ""
    [about] = [WRITER.mail(SITI, OutboxMessage(OutboxMessageKind.MESSAGE, "x", name=f"{TICKET}.3"), NOW)]
    assert (about["Reply-To"], about["Subject"]) == (
        f"Layanan LAPOR <lapor+{TICKET}@penajam.test>",
        f"Layanan LAPOR: {TICKET}",
    )


def test_html_is_read_as_a_browser_shows_it_without_what_it_quotes() -> None:
    mail = a_mail("")
    page = (
        "<style>p {}</style><p>lampu <b>mati</b><br>di petung</p><blockquote>1) Kirim</blockquote><script>x()</script>"
    )
    mail.set_content(page, subtype="html")
    assert read(mail).words == "lampu mati\ndi petung"


def test_files_follow_the_words_and_the_picture_of_a_signature_does_not() -> None:
    mail = a_mail("lampu mati")
    mail.add_attachment(b"x" * 30_000, maintype="image", subtype="jpeg", filename="a.jpg")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="b.pdf")
    mail.add_attachment(b"logo", maintype="image", subtype="png", cid="<logo@x>")
    found = read(mail)
    words, photo, letter = mail_arrivals(found, ["web-1", "web-2"], NOW)
    assert [type(one.event) for one in (words, photo, letter)] == [Said, SentPhoto, SentPhoto]
    assert [one.event.kind for one in (photo, letter) if isinstance(one.event, SentPhoto)] == ["photo", "document"]
    assert len({one.update_id for one in mail_arrivals(read(mail), ["web-1", "web-2"], NOW)}) == 3
    assert mail_arrivals(read(mail), ["web-1", "web-2"], NOW)[0].update_id == words.update_id


def test_a_mail_without_words_is_one_all_the_same() -> None:
    [arrival] = mail_arrivals(read(a_mail("")), [], NOW)
    assert isinstance(arrival.event, SentOther)


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-replied"},
        {"auto_submitted": "auto-generated (vacation)"},
        {"precedence": "Bulk"},
        {"list_id": "<warga.milis.test>"},
        {"list_unsubscribe": "<mailto:x@y.test>"},
        {"return_path": "<>"},
        {"x_autoreply": "yes"},
        {"x_spam_flag": "YES"},
        {"sender_is": "MAILER-DAEMON@mail.test"},
        {"sender_is": "no-reply@toko.test"},
        {"sender_is": "bounces+siti@toko.test"},
    ],
)
def test_what_no_person_wrote_is_not_answered(headers: dict[str, str]) -> None:
    sender = headers.pop("sender_is", SITI)
    assert read(a_mail("saya sedang cuti", sender, **headers)).refused is NotForUs.AUTOMATIC


def test_a_person_says_so_and_is_answered() -> None:
    assert read(a_mail("lampu mati", auto_submitted="no")).refused is None


def test_mail_of_our_own_address_of_nobody_and_of_several_is_not_answered() -> None:
    assert read(a_mail("x", ADDRESS)).refused is NotForUs.OWN
    assert read(a_mail("x", f"lapor+{TICKET}@penajam.test")).refused is NotForUs.OWN
    for sender in ("undisclosed", "a@b.test, c@d.test", "a@b\u2028, c@d.test", "<>", f"{'a' * 70}@warga.test"):
        raw = f"From: {sender}\r\nTo: {ADDRESS}\r\n\r\nx".encode()
        assert read(raw).refused is NotForUs.NOBODY, sender
    assert read(f"From: {SITI}\r\nFrom: lain@warga.test\r\nTo: {ADDRESS}\r\n\r\nx".encode()).refused is NotForUs.NOBODY


def test_of_a_storm_of_answers_to_all_only_the_first_mail_is_for_us() -> None:
    everybody = ", ".join([ADDRESS, *(f"warga{number}@desa.test" for number in range(30))])
    first = a_mail("lampu di desa kita mati semua", to=everybody, message_id="<a@desa.test>")
    assert read(first).refused is None
    for number in range(30):
        again = a_mail("setuju!", f"warga{number}@desa.test", to=everybody, in_reply_to="<a@desa.test>")
        assert read(again).refused is NotForUs.BETWEEN_OTHERS
    to_us_too = an_answer("kirim", ours(), cc="tetangga@desa.test")
    assert (read(to_us_too).refused, read(to_us_too).words) == (None, "kirim")


def test_where_answers_go_is_never_the_reply_to_of_a_mail() -> None:
    assert read(a_mail("hapus data saya", reply_to="jahat@lain.test")).sender == SITI


@pytest.mark.parametrize(
    "about",
    [
        "x\r\n Bcc: semua@lain.test",
        "=?utf-8?b?eA0KQmNjOiBzZW11YUBsYWluLnRlc3Q=?=",
        "=?utf-8?q?x=0D=0ABcc:_semua@lain.test?=",
    ],
)
def test_a_subject_with_lines_makes_no_header_of_the_answer(about: str) -> None:
    raw = f"From: {SITI}\r\nTo: {ADDRESS}\r\nMessage-ID: <a@b.test>\r\nSubject: {about}\r\n\r\nlampu mati".encode()
    answer = ours(thread=read(raw).thread)
    assert answer["Bcc"] is None
    assert answer["To"] == SITI
    assert answer["In-Reply-To"] == "<a@b.test>"
    assert b"\nBcc" not in answer.as_bytes()


def test_an_id_that_would_be_a_header_is_none() -> None:
    raw = f"From: {SITI}\r\nTo: {ADDRESS}\r\nMessage-ID: <a>, <b>\r\n\r\nlampu mati".encode()
    assert ours(thread=read(raw).thread)["In-Reply-To"] is None


def test_an_answer_stands_below_her_mail_and_says_that_a_program_wrote_it() -> None:
    mail = ours(thread=read(a_mail("di petung", subject="Re: Lampu mati", message_id="<a@b.test>")).thread)
    assert (mail["Subject"], mail["In-Reply-To"], mail["Auto-Submitted"]) == (
        "Re: Lampu mati",
        "<a@b.test>",
        "auto-replied",
    )
    assert mail["References"].endswith(" <a@b.test>")
    assert read(mail).refused is NotForUs.AUTOMATIC


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "no-such", "utf-16", "unknown-8bit", ""])
def test_a_charset_that_nobody_knows_or_that_is_a_lie_loses_no_words(charset: str) -> None:
    raw = f"From: {SITI}\r\nTo: {ADDRESS}\r\nContent-Type: text/plain; charset={charset}\r\n\r\nlampu mati \xa7".encode(
        "latin-1"
    )
    assert "mati" in read(raw).words or charset == "utf-16"


def test_the_same_mail_is_the_same_and_two_alike_without_an_id_are_two() -> None:
    mail = a_mail("lampu mati", message_id="<a@b.test>")
    assert read(mail, "1.1").key == read(mail, "1.2").key
    assert read(a_mail("kirim"), "1.1").key != read(a_mail("kirim"), "1.2").key
    assert read(a_mail("ya", message_id="<a@b.test>")).key != read(a_mail("tidak", message_id="<a@b.test>")).key


def test_parts_in_parts_without_end_are_read_as_nothing() -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(3_000))
    mail = read(f"From: {SITI}\r\nTo: {ADDRESS}\r\nSubject: lampu mati\r\n{nested}\r\nx".encode())
    assert (mail.words, mail.files, mail.refused) == ("lampu mati", (), None)
    flat = "".join(f"--b\r\nContent-Type: text/plain\r\n\r\nx{n}\r\n" for n in range(2_000))
    many = f"From: {SITI}\r\nTo: {ADDRESS}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{flat}--b--".encode()
    assert len(read(many).words.split()) < 100
    deep = f"From: {SITI}\r\nTo: {ADDRESS}\r\nContent-Type: text/html\r\n\r\n{'<div>' * 20_000}x".encode()
    assert read(deep).refused is None


@pytest.mark.thorough
def test_a_mail_of_25_megabytes_is_read_and_what_is_too_much_of_it_is_not() -> None:
    letters = b"eHh4" * (12_500_000 // 3)
    part = b"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + letters + b"\r\n"
    head = (
        f"From: {SITI}\r\nTo: {ADDRESS}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nlampu mati\r\n"
    )
    found = read(head.encode() + part * 2 + b"--b--")
    assert (found.words, [len(one.content) // 1_000_000 for one in found.files]) == ("lampu mati", [12, 12])
    cut = read(head.encode() + part * 3 + b"--b--")
    assert (cut.words, len(cut.files)) == ("lampu mati", 3)
    assert sum(len(one.content) for one in cut.files) < MOST_BYTES
