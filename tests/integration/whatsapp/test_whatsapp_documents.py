"""What is kept of her comes as files that WhatsApp takes: as text, the page and the JSON."""

from __future__ import annotations

import json

from tests.fakes.whatsapp import SITI
from tests.integration.whatsapp.stages import STORY
from tests.talks.acts import Says
from tests.talks.whatsapp import WhatsAppStage
from tests.talks.world import tickets


async def test_her_data_come_as_two_text_files(filed: WhatsAppStage) -> None:
    read = await filed.plays([Says("data saya")])
    assert [message.text for message in read[1:]] == [
        "Data Anda, untuk dibaca.",
        "Data yang sama, untuk dibuka dengan aplikasi lain.",
    ]
    page, data = [sent["document"] for sent in filed.provider.sent if sent["type"] == "document"]
    assert page["filename"].endswith(".txt")
    assert data["filename"].endswith(".json.txt")
    words = filed.provider.file(page["id"]).decode()
    lines = [one.strip() for one in words.splitlines()]
    assert lines[0] == "Data Anda di layanan Lapor"
    assert {tickets()[0], STORY, SITI} <= {*lines}
    assert "<" not in words
    assert json.loads(filed.provider.file(data["id"]))["channel"] == "whatsapp"
    assert filed.provider.refused == []
