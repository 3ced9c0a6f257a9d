"""The menu of commands that stands beside the text box in a private chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from telegram import Bot, BotCommandScopeAllPrivateChats

type Menu = Sequence[tuple[str, str]]


async def set_menus(bot: Bot, commands: Mapping[str, Menu]) -> None:
    """Set the menu of each language, the first also for whoever speaks none of them. Groups get none.

    Args:
        bot: whose menus they are.
        commands: by two-letter language code, (command without its slash, what it does).

    Raises:
        TelegramError: Telegram could not be asked, or does not take a command.
    """
    scope = BotCommandScopeAllPrivateChats()
    for number, (language, menu) in enumerate(commands.items()):
        if number == 0:
            await bot.set_my_commands(menu, scope=scope)
        await bot.set_my_commands(menu, scope=scope, language_code=language)
