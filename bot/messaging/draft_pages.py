"""Where a channel has it so, the first answer to a new report has the link to its page below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.store.messages.messages import Chat
from bot.configuration.draft_links import DraftLinks, DraftPlace
from bot.conversation.dialogue import Dialogue
from bot.conversation.effects import Effect, Say, Show
from bot.conversation.screen import line, screen
from bot.messaging.abilities import AbilitiesOf


@dataclass(frozen=True, slots=True)
class DraftPages:
    """Puts the link into what a turn says.

    Attributes:
        links: makes it.
        abilities_of: which channels send it.
    """

    links: DraftLinks
    abilities_of: AbilitiesOf

    def told(self, chat: Chat, before: Dialogue, after: Dialogue, effects: Sequence[Effect]) -> list[Effect]:
        """The effects, and with the first that she is shown of a report the link: it stands below the card."""
        told = list(effects)
        if not (begun := _begun(before, after)) or not self.abilities_of(chat[0]).has_draft_page:
            return told
        found = line("draft-link", link=self.links.link(DraftPlace(*chat, begun)))
        last = next((effect for effect in reversed(told) if isinstance(effect, Show)), None)
        if last is None:
            return [*told, Say(screen(found))]
        linked = replace(last, screen=replace(last.screen, lines=(*last.screen.lines, found)))
        return [linked if effect is last else effect for effect in told]


def _begun(before: Dialogue, after: Dialogue) -> str:
    """The key of a draft that had nothing of hers in it before this turn; "" where none begins."""
    first, now = before.draft, after.draft
    if now is None or now.is_blank:
        return ""
    was_begun = first is not None and first.key == now.key and not first.is_blank
    return "" if was_begun else now.key
