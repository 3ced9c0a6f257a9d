"""Declares the talk in a terminal, which `lapor chat` opens for itself, beside a running service or without one."""

from __future__ import annotations

from typing import Final

from bot.channels.declaration import ChannelDeclaration
from bot.channels.terminal.lines import CHANNEL
from bot.configuration.settings import ChannelSettings
from bot.conversation.screen import line
from bot.files.receiving import NoFiles
from bot.messaging.abilities import Abilities

TERMINAL: Final = ChannelDeclaration(
    name=CHANNEL,
    label=line("desk-channel-terminal"),
    abilities=Abilities(takes_files=True, takes_places=True, sends_documents=True, proves_sender=True),
    settings=ChannelSettings,
    file_source=NoFiles(),
)
