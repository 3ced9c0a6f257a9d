"""Opens the officers' desk as the settings say."""

from __future__ import annotations

from collections.abc import Callable, Collection

from actions.store.messages.messages import Chat
from bot.files.fetcher import FileFetcher
from bot.files.file_views import FileRegistry
from bot.files.links import FileLinks
from bot.main.assembly import DEFAULTS, Service
from bot.main.restart import Restart
from bot.web.account.context import SignInContext
from bot.web.desk.context import DeskContext
from bot.web.desk.counter.filing import Counter
from bot.web.desk.settings.files import LOCK, RegencyFiles


def open_desk(
    service: Service,
    sign_in: SignInContext,
    told: Callable[[Collection[Chat]], None],
    fetcher: FileFetcher,
    restart: Restart,
) -> DeskContext:
    """The desk, ready to be served.

    Args:
        service: with its database, texts and notifiers.
        sign_in: the gate of its pages.
        told: hears after each commit which chats have a message.
        fetcher: fetches what is sent from the desk.
        restart: has the service begin anew with changed settings.
    """
    file_registry = FileRegistry(service.database, FileLinks(sign_in.chat.around.secret_key), service.clock)
    counter, settings = Counter(service.effect_runner, service.rules()), service.settings
    files = RegencyFiles(settings.config_dir, DEFAULTS, settings.data_dir / LOCK)
    return DeskContext(
        sign_in,
        service.officers_service,
        file_registry,
        service.notifiers(),
        told,
        fetcher.wake,
        fetcher.examiner,
        counter,
        files,
        restart,
    )
