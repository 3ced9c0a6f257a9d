"""Opens the officers' desk as the settings say."""

from __future__ import annotations

from collections.abc import Callable, Collection

from actions.store.messages.messages import Chat
from bot.files.fetcher import FileFetcher
from bot.files.file_views import FileShelf
from bot.files.links import FileLinks
from bot.main.assembly import DEFAULTS, Service
from bot.main.restart import Renewal
from bot.web.account.context import SignInDoor
from bot.web.desk.context import DeskDoor
from bot.web.desk.counter.filing import Counter
from bot.web.desk.search.words import DESK_CHANNELS
from bot.web.desk.settings.files import LOCK, RegencyFiles


def open_desk(
    service: Service,
    sign_in: SignInDoor,
    told: Callable[[Collection[Chat]], None],
    fetcher: FileFetcher,
    renewal: Renewal,
) -> DeskDoor:
    """The desk, ready to be served.

    Args:
        service: with its database, texts and tellers.
        sign_in: the gate of its pages.
        told: hears after each commit which chats have a message.
        fetcher: fetches what is sent from the desk.
        renewal: has the service begin anew with changed settings.
    """
    shelf = FileShelf(service.database, FileLinks(sign_in.chat.around.secret_key), service.clock)
    counter, settings = Counter(service.desk, service.rules()), service.settings
    files = RegencyFiles(settings.config_dir, DEFAULTS, settings.data_dir / LOCK)
    return DeskDoor(
        sign_in,
        service.office,
        shelf,
        service.tellers(),
        told,
        fetcher.wake,
        fetcher.examiner,
        counter,
        files,
        renewal,
        {**service.channels.labels, **DESK_CHANNELS},
    )
