"""A talk by SMS: through a gateway, in parts of 160 letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.channels.sms.declaration import SMS
from bot.channels.sms.settings import SmsSettings
from tests.fakes.sms import FakeGateway
from tests.talks.plain_text import PlainChannel, PlainTextStage
from tests.talks.world import World

SITI = "+6281234567890"
PART = re.compile(r"(\d+)/(\d+) ")


def settings(gateway: FakeGateway) -> SmsSettings:
    """Those that open this gateway."""
    return SmsSettings(_env_file=None, sms_gateway_url=gateway.url, sms_secret=gateway.secret)


def joined(texts: Sequence[str]) -> list[str]:
    """The messages of which these are the parts, in order."""
    whole = list[str]()
    for text in texts:
        part = PART.match(text)
        if part is None or part[1] == "1":
            whole.append("")
        whole[-1] += text[part.end() :] if part else text
    return whole


BY_SMS = PlainChannel(SMS, FakeGateway, settings, SITI, joined)


class SmsStage(PlainTextStage):
    """Where a talk is held by SMS."""

    def __init__(self, world: World, *, sends_codes_back: bool = True) -> None:
        super().__init__(world, BY_SMS, sends_codes_back=sends_codes_back)
