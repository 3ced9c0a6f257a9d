"""Threat: somebody writes mails that are made to flood, to break whatever reads them, or to be sent on to others."""

from __future__ import annotations

import random
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.attacks.post import Post, a_post
from tests.attacks.services import browser, database_of
from tests.talks.database import all_cases
from tests.talks.mail import ADDRESS, DRAFT_LINK, SITI, a_mail, an_answer, own_text

pytestmark = pytest.mark.slow

STORY = "lampu jalan di depan pasar petung mati sudah dua minggu"
NEIGHBOURS = [f"warga{number}@desa.test" for number in range(30)]
ROOM_MB = 400
"""What a mail of 25 MB may take of the service's memory: its octets, its parts, and what is decoded of them."""


async def filed(post: Post) -> list[str]:
    async with database_of(post.service) as database:
        return [case.reporter for case in await all_cases(database)]


def memory_mb(post: Post) -> float:
    """The most that the service ever had."""
    told = Path(f"/proc/{post.service.process.pid}/status").read_text("ascii")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


async def test_a_storm_of_answers_to_all_is_between_others_and_changes_nothing_of_hers(tmp_path: Path) -> None:
    everybody = ", ".join([ADDRESS, *NEIGHBOURS])
    async with a_post(tmp_path) as post:
        await post.brings(a_mail(STORY, to=everybody, message_id="<rapat@desa.test>"))
        [ours] = post.smtp.mails(SITI)
        [link] = DRAFT_LINK.findall(ours.get_content())
        agree = [a_mail("kami juga!", one, to=everybody, in_reply_to="<rapat@desa.test>") for one in NEIGHBOURS]
        press = [an_answer("kirim", ours, one, cc=everybody) for one in NEIGHBOURS[:10]]
        away = [a_mail("Saya sedang cuti.", one, auto_submitted="auto-replied") for one in NEIGHBOURS[:10]]
        await post.brings(*agree, *press, *away)
        assert (post.receivers, await filed(post)) == ([SITI], [])
        async with browser(post.service) as she:
            page = (await she.get(link[link.index("/draf") :])).text
        assert (STORY in page, "kami juga" in page) == (True, False)
        for answer in ("1", "kirim"):
            await post.brings(an_answer(answer, post.smtp.mails(SITI)[-1], cc=everybody))
        assert (post.receivers, await filed(post)) == ([SITI] * 3, [f"email:{SITI}"])


async def test_a_mail_of_25_mb_is_answered_holds_up_nobody_and_leaves_the_service_its_memory(tmp_path: Path) -> None:
    heavy, dice = a_mail(STORY, "berat@warga.test"), random.Random(25)  # noqa: S311 - nothing secret
    for name in ("a.jpg", "b.jpg"):
        heavy.add_attachment(dice.randbytes(12_500_000), maintype="image", subtype="jpeg", filename=name)
    endless = a_mail("", "panjang@warga.test").as_bytes() + b"lampu jalan mati sekali " * 2_000_000
    async with a_post(tmp_path) as post:
        before = memory_mb(post)
        await post.brings(heavy.as_bytes(), endless, a_mail(STORY))
        assert set(post.receivers) == {"berat@warga.test", "panjang@warga.test", SITI}
        assert STORY in own_text(post.smtp.mails(SITI)[0])
        assert memory_mb(post) - before < ROOM_MB
        assert await filed(post) == []


def nested(depth: int) -> bytes:
    """Parts in parts."""
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (one, one) for one in range(depth)
    )
    return head + b"Content-Type: text/plain\r\n\r\nlampu mati\r\n"


DEEPEST = 150
"""As deep as pymap takes them; deeper ones are read in `tests/unit/channels/test_mail_reading.py`."""
BROKEN = {
    "parts in parts": nested(DEEPEST),
    "mails in mails": b"Content-Type: message/rfc822\r\n\r\n" * DEEPEST + b"\r\nlampu mati",
    "parts without end": b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--x\r\n\r\nlampu\r\n" * 50_000,
    "boundaries that begin alike": nested(39).replace(b'"3', b'"33'),
    "tags without end": b"Content-Type: text/html\r\n\r\n" + b"<div><blockquote><table><td>" * 20_000 + b"lampu mati",
    "entities": b'Content-Type: text/html\r\n\r\n<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><p>&a;&a;&#0;&#xD800;</p>lampu',
    "no such encoding": b"Content-Type: text/plain; charset=\0zip\r\nContent-Transfer-Encoding: zip\r\n\r\n\0\xff\xfe",
    "base64 that is none": b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"=a=" * 100_000,
    "a parameter in ten thousand pieces": b"Content-Type: text/plain"
    + b"".join(b";\r\n charset*%d*=a%%" % one for one in range(10_000))
    + b"\r\n\r\nlampu mati",
    "headers without end": b"X-A: b\r\n" * 100_000 + b"\r\nlampu mati",
    "nothing": b"",
}


async def test_mails_that_are_made_to_break_a_reader_break_nothing_and_the_next_is_answered(tmp_path: Path) -> None:
    senders = [f"jahat{number}@lain.test" for number in range(len(BROKEN))]
    heads = [f"From: {sender}\r\nTo: {ADDRESS}\r\n".encode() for sender in senders]
    async with a_post(tmp_path) as post:
        await post.brings(*(head + body for head, body in zip(heads, BROKEN.values(), strict=True)), a_mail(STORY))
        assert STORY in own_text(post.smtp.mails(SITI)[0])
        assert set(post.receivers) <= {*senders, SITI}
        assert [
            name for name, flags in zip(BROKEN, await post.imap.flags(), strict=False) if "\\Flagged" in flags
        ] == []
        assert await filed(post) == []
        assert [line for line in post.service.stderr.splitlines() if "[error" in line] == []


LINES = ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\r\n ", "\0")
"""What some program takes for the end of a line."""
INJECTED = "Bcc: jahat@lain.test"


def injecting(number: int, end: str) -> list[bytes]:
    """Mails of one sender each, which put another header behind what ends a line, in each header that is used again."""

    def mail(which: int, **headers: str) -> bytes:
        told = {"From": f"warga{number}x{which}@desa.test", "To": ADDRESS, **headers}
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in told.items()]
        return "\r\n".join([*lines, "", f"{STORY}, tiang nomor {number} {which}"]).encode("utf-8")

    encoded = "".join(f"={octet:02X}" for octet in f"lampu{end}{INJECTED}{end}{end}isi".encode())
    word = f"=?utf-8?q?{encoded}?="
    return [
        mail(0, Subject=word),
        mail(1, Subject=f"lampu{end}{INJECTED}"),
        mail(2, From=f"{word} <warga{number}x2@desa.test>"),
        mail(3, Message_ID=f"<a{number}@b.test>{end}{INJECTED}"),
        mail(4, Message_ID=f"<a{number}{end}{INJECTED}@b.test>", Subject=word),
        mail(5, References=f"<b@c.test>{end}{INJECTED}", In_Reply_To=word),
        mail(6, From=f'"warga{end}{INJECTED}" <warga{number}x6@desa.test>', Reply_To="jahat@lain.test"),
        mail(7, From=f"warga{number}x7@desa.test{end},jahat@lain.test"),
        mail(8, Content_Type=f'text/plain; charset="utf-8{end}{INJECTED}"'),
    ]


async def test_a_header_with_the_end_of_a_line_in_it_adds_no_header_and_no_reader(tmp_path: Path) -> None:
    async with a_post(tmp_path) as post:
        await post.brings(a_mail(STORY, message_id="<jujur@warga.test>", subject="Lampu"))
        [honest] = post.smtp.mails(SITI)
        await post.brings(*(mail for number, end in enumerate(LINES) for mail in injecting(number, end)))
        sent = post.smtp.mails()
        assert len(sent) > len(LINES) * 6
        assert [one for one in post.receivers if not one.endswith(("@desa.test", "@warga.test"))] == []
        assert Counter(post.receivers).most_common(1)[0][1] == 1
        assert {name for mail in sent for name in mail} == set(honest)
        assert [mail for mail in sent if has_more_than_one_line(mail)] == []
        assert await filed(post) == []


def has_more_than_one_line(mail: EmailMessage) -> bool:
    """Whether a header is there twice, or an address in one that nobody may put there."""
    told = " ".join(str(mail[name]) for name in ("From", "To", "Reply-To", "Sender") if mail[name])
    return len(mail.keys()) != len(set(mail.keys())) or "jahat" in told
