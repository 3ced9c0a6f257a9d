"""The methods of the Bot API that the fake Telegram knows, each of which refuses what Telegram refuses."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

from tests.fakes.telegram_chats import FakeChat
from tests.fakes.telegram_content import file
from tests.fakes.telegram_rules import (
    STALE_QUERY,
    bad,
    checked_text,
    inline_rows,
    letters_rows,
    utf16_units,
)
from tests.fakes.telegram_updates import Webhook
from tests.fakes.telegram_world import World

type Json = dict[str, Any]
type Method = Callable[[World, Json], Awaitable[object]]

LONGEST_POLL_SECONDS = 50
LONGEST_TOPIC_NAME = 128
LARGEST_FILE_BYTES = 20 * 1024 * 1024
ACTIONS = frozenset({"typing", "upload_photo", "upload_document", "find_location", "record_voice"})


async def get_me(world: World, given: Json) -> object:
    """The bot itself."""
    del given
    return {**world.bot, "can_join_groups": True, "can_read_all_group_messages": False}


async def get_updates(world: World, given: Json) -> object:
    """What has come, waiting for it if need be."""
    if given.get("allowed_updates") is not None:
        world.updates.allowed = frozenset(given["allowed_updates"])
    wait = min(float(given.get("timeout", 0)), LONGEST_POLL_SECONDS)
    limit = min(max(int(given.get("limit", 100)), 1), 100)
    return await world.updates.poll(int(given.get("offset", 0)), limit, wait)


async def set_webhook(world: World, given: Json) -> object:
    """Deliver by POST from now on; plain HTTP is allowed on loopback, as nowhere else."""
    url, secret = str(given.get("url", "")), str(given.get("secret_token", ""))
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad("secret token contains unallowed characters")
    if given.get("allowed_updates") is not None:
        world.updates.allowed = frozenset(given["allowed_updates"])
    webhook = Webhook(url, secret, int(given.get("max_connections", 40))) if url else None
    await world.updates.set_webhook(webhook, drop=_truth(given, "drop_pending_updates"))
    return True


async def delete_webhook(world: World, given: Json) -> object:
    """Back to polling."""
    await world.updates.set_webhook(None, drop=_truth(given, "drop_pending_updates"))
    return True


async def get_webhook_info(world: World, given: Json) -> object:
    """Where updates go, and what went wrong there."""
    del given
    webhook = world.updates.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.unconfirmed),
    }
    if webhook and webhook.last_error:
        info |= {"last_error_date": world.now(), "last_error_message": webhook.last_error}
    return info


def _message(world: World, chat: FakeChat) -> Json:
    """One of the bot's, still without what it says."""
    return {"message_id": world.number(), "from": world.bot, "chat": chat.as_json(), "date": world.now()}


async def send_message(world: World, given: Json) -> object:
    """Put a message into a chat."""
    chat = world.open_chat(given.get("chat_id", ""))
    text, rows, letters = checked_text(given), inline_rows(given), letters_rows(given)
    world.count_sending(chat)
    message = _message(world, chat) | {"text": text} | _topic(chat, given)
    if rows:
        message["reply_markup"] = {"inline_keyboard": rows}
    return chat.bot_sent(message, letters)


async def send_photo(world: World, given: Json) -> object:
    """Put a photo that is known into a chat."""
    chat, file_id = world.open_chat(given.get("chat_id", "")), str(given.get("photo", ""))
    if file_id not in world.files:
        raise bad("wrong file identifier/HTTP URL specified")
    world.count_sending(chat)
    photo = [file(world.files[file_id], width=1280, height=960)]
    message = _message(world, chat) | {"photo": photo, "caption": str(given.get("caption", ""))}
    return chat.bot_sent(message, None)


async def send_document(world: World, given: Json) -> object:
    """Put a file that is sent along into a chat."""
    chat, sent = world.open_chat(given.get("chat_id", "")), given.get("document")
    if not isinstance(sent, bytes) or not sent:
        raise bad("file must be non-empty")
    world.count_sending(chat)
    document = {"file_name": str(given.get("document_name", "")), "file_size": len(sent), "content": sent.decode()}
    message = _message(world, chat) | {"document": document, "caption": str(given.get("caption", ""))}
    return chat.bot_sent(message, None)


def _topic(chat: FakeChat, given: Json) -> Json:
    """In which topic a message stands."""
    thread = int(given.get("message_thread_id", 0))
    if thread and thread not in chat.topics():
        raise bad("message thread not found")
    return {"message_thread_id": thread, "is_topic_message": True} if thread else {}


async def create_forum_topic(world: World, given: Json) -> object:
    """Open a topic in a group that has topics; its number is that of the message that says so."""
    chat, name = world.open_chat(given.get("chat_id", "")), str(given.get("name", ""))
    if not chat.about.get("is_forum"):
        raise bad("the chat is not a forum")
    if not chat.may_open_topics:
        raise bad("not enough rights to create a topic")
    if not 1 <= len(name) <= LONGEST_TOPIC_NAME:
        raise bad("topic name is invalid")
    topic = {"name": name, "icon_color": 0}
    begun = chat.add(_message(world, chat) | {"forum_topic_created": topic})
    return {"message_thread_id": begun["message_id"], **topic}


async def close_forum_topic(world: World, given: Json) -> object:
    """Close a topic that is open."""
    chat, thread = _managed_topic(world, given)
    if thread in chat.closed_topics:
        raise bad("TOPIC_NOT_MODIFIED")
    chat.closed_topics.add(thread)
    return True


async def reopen_forum_topic(world: World, given: Json) -> object:
    """Open a topic that is closed."""
    chat, thread = _managed_topic(world, given)
    if thread not in chat.closed_topics:
        raise bad("TOPIC_NOT_MODIFIED")
    chat.closed_topics.remove(thread)
    return True


def _managed_topic(world: World, given: Json) -> tuple[FakeChat, int]:
    chat, thread = world.open_chat(given.get("chat_id", "")), int(given.get("message_thread_id", 0))
    if not chat.may_open_topics:
        raise bad("not enough rights to close the topic")
    if thread not in chat.topics():
        raise bad("message thread not found")
    return chat, thread


async def edit_message_text(world: World, given: Json) -> object:
    """Change the words of one of the bot's messages, and its buttons with them."""
    chat = world.open_chat(given.get("chat_id", ""))
    message_id = _message_id(given)
    chat.bots_message(message_id)
    text, rows = checked_text(given, edit=True), inline_rows(given)
    if rows is None and given.get("reply_markup"):
        raise bad("inline keyboard expected")
    return chat.bot_edited(message_id, text, rows, world.now())


async def edit_message_reply_markup(world: World, given: Json) -> object:
    """Change the buttons of one of the bot's messages."""
    chat = world.open_chat(given.get("chat_id", ""))
    message = chat.bots_message(_message_id(given))
    return chat.bot_edited(message["message_id"], message["text"], inline_rows(given), world.now())


async def answer_callback_query(world: World, given: Json) -> object:
    """End the waiting of a pressed button, once."""
    query = str(given.get("callback_query_id", ""))
    text = str(given.get("text", ""))
    if query not in world.waiting_presses:
        raise STALE_QUERY
    if utf16_units(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    world.waiting_presses.discard(query)
    world.answers[query] = text
    return True


async def send_chat_action(world: World, given: Json) -> object:
    """Show that the bot is busy."""
    if given.get("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    world.open_chat(given.get("chat_id", "")).typing_shown += 1
    return True


async def set_my_commands(world: World, given: Json) -> object:
    """The menu of one language in one kind of chat."""
    commands: list[Json] = given.get("commands", [])
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    scope = (given.get("scope") or {}).get("type", "default")
    world.menus[scope, str(given.get("language_code", ""))] = commands
    return True


async def say_yes(world: World, given: Json) -> object:
    """What only changes how the bot presents itself."""
    del world, given
    return True


async def get_file(world: World, given: Json) -> object:
    """Where a file can be fetched."""
    stored = world.files.get(str(given.get("file_id", "")))
    if stored is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if stored.size > LARGEST_FILE_BYTES:
        raise bad("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_id[-8:],
        "file_size": stored.size,
        "file_path": stored.path,
    }


def _message_id(given: Json) -> int:
    number = str(given.get("message_id", ""))
    if not number.isdigit():
        raise bad("message identifier is not specified")
    return int(number)


def _truth(given: Json, name: str) -> bool:
    return str(given.get(name, "")).lower() in {"true", "1"}


METHODS: Final[dict[str, Method]] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "createforumtopic": create_forum_topic,
    "closeforumtopic": close_forum_topic,
    "reopenforumtopic": reopen_forum_topic,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "answercallbackquery": answer_callback_query,
    "sendchataction": send_chat_action,
    "setmycommands": set_my_commands,
    "deletemycommands": say_yes,
    "setmydescription": say_yes,
    "setmyshortdescription": say_yes,
    "setmyname": say_yes,
    "setchatmenubutton": say_yes,
    "getfile": get_file,
}
"""By name in small letters: the Bot API does not tell capitals apart."""
