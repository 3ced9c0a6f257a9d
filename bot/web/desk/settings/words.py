"""The words of the settings: what each file holds, its numbers, and what became of a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.regency.declaration import WrongDeclaration
from actions.regency.prices import Prices
from actions.store.messages.costs import BilledUnits
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.texts.refusals import in_language
from bot.web.desk.settings.wordings import answers_language, texts_language

WORDS: Mapping[str, Line] = {
    "about": line("settings-about"),
    "files": line("settings-files"),
    "people": line("settings-people"),
    "people_about": line("settings-people-about"),
    "groups": line("groups-title"),
    "costs": line("settings-costs"),
    "costs_about": line("settings-costs-about"),
    "costs_none": line("settings-costs-none"),
    "history": line("settings-history"),
    "history_none": line("settings-history-none"),
    "undo": line("settings-undo"),
    "holds_when": line("settings-holds-when"),
    "in_force": line("settings-in-force"),
    "waiting": line("settings-waiting"),
    "apply": line("settings-apply"),
    "apply_about": line("settings-apply-about"),
    "begins_anew": line("settings-begins-anew"),
    "back": line("settings-back"),
    "numbers": line("settings-numbers"),
    "rows": line("settings-rows"),
    "edit_row": line("settings-edit-row"),
    "new_row": line("settings-new-row"),
    "whole": line("settings-whole"),
    "whole_hint": line("settings-whole-hint"),
    "text": line("settings-text"),
    "empty": line("settings-empty"),
    "look": line("settings-look"),
    "remove": line("settings-remove"),
    "wordings": line("settings-wordings"),
    "wordings_hint": line("settings-wordings-hint"),
    "seek": line("settings-seek"),
    "seek_button": line("settings-seek-button"),
    "seek_none": line("settings-seek-none"),
    "seek_more": line("settings-seek-more"),
    "edit_wording": line("settings-edit-wording"),
    "own_words": line("settings-own-words"),
    "project_words": line("settings-project-words"),
    "as_project": line("settings-as-project"),
    "preview": line("settings-preview"),
    "fits": line("settings-fits"),
    "why": line("settings-why"),
    "save": line("settings-save"),
}


def cost_line(billed: BilledUnits, prices: Prices) -> Line:
    """What a channel took in a month, and what that costs where its price is known."""
    month, channel, kind, units = billed.month, billed.channel, billed.kind, billed.units
    price = prices.of(channel, kind, units)
    if price is None:
        return line("settings-cost-without-price", month=month, channel=channel, kind=kind, units=units)
    cost = f"{price:,.0f} {prices.currency}".replace(",", ".")
    return line("settings-cost", month=month, channel=channel, kind=kind, units=units, cost=cost)


def over_ceiling(billed: Sequence[BilledUnits], prices: Prices, month: str) -> list[Line]:
    """The channels that have cost as much this month as they may, so that notices wait."""
    of_month = [one for one in billed if one.month == month]
    costs = {channel: prices.cost_of(channel, of_month) for channel in prices.ceilings}
    return [
        line("settings-over-ceiling", channel=channel, ceiling=f"{ceiling:,.0f} {prices.currency}".replace(",", "."))
        for channel, ceiling in prices.ceilings.items()
        if costs[channel] and costs[channel] >= ceiling
    ]


COLUMNS: Mapping[str, Line] = {
    "code": line("settings-column-code"),
    "name": line("settings-column-name"),
    "parent": line("settings-column-parent"),
    "kind": line("settings-column-kind"),
    "regions": line("settings-column-regions"),
    "sensitive": line("settings-column-sensitive"),
    "contact": line("settings-column-contact"),
    "aliases": line("settings-column-aliases"),
    "slug": line("settings-column-slug"),
    "physical": line("settings-column-physical"),
    "number": line("settings-column-number"),
    "for": line("settings-column-for"),
    "note": line("settings-column-note"),
    "category": line("settings-column-category"),
    "region": line("settings-column-region"),
    "type": line("settings-column-type"),
    "agency": line("settings-column-agency"),
    "priority": line("settings-column-priority"),
}
"""How the columns of the CSV files are called by people; a column of another name is shown by that."""

FILES: Mapping[str, Line] = {
    "deadlines.toml": line("settings-file-deadlines"),
    "agencies.csv": line("settings-file-agencies"),
    "routing.csv": line("settings-file-routing"),
    "hotlines.csv": line("settings-file-hotlines"),
    "categories.csv": line("settings-file-categories"),
    "limits.toml": line("settings-file-limits"),
    "holidays.toml": line("settings-file-holidays"),
    "empty_phrases.toml": line("settings-file-templates"),
    "answers/templates.toml": line("settings-file-answers"),
    "nearby.toml": line("settings-file-nearby"),
    "retention.toml": line("settings-file-retention"),
    "publication.toml": line("settings-file-publication"),
    "prices.toml": line("settings-file-prices"),
    "sp4n.toml": line("settings-file-sp4n"),
}
NUMBERS: Mapping[str, Line] = {
    "resolve.information": line("settings-number-information"),
    "resolve.ordinary": line("settings-number-ordinary"),
    "resolve.supervisory": line("settings-number-supervisory"),
    "offices.verify": line("settings-number-verify"),
    "offices.verify_again": line("settings-number-verify-again"),
    "offices.accept": line("settings-number-accept"),
    "offices.follow_up": line("settings-number-follow-up"),
    "offices.rule": line("settings-number-rule"),
    "reporter.reply": line("settings-number-reply"),
    "reporter.confirm": line("settings-number-confirm"),
    "reporter.appeal": line("settings-number-appeal"),
    "reporter.reopen_calendar_days": line("settings-number-reopen"),
    "reporter.questions": line("settings-number-questions"),
    "escalation.nudge_percent": line("settings-number-nudge"),
    "escalation.unit_head_percent": line("settings-number-unit-head"),
    "escalation.agency_head_days": line("settings-number-agency-head"),
    "escalation.national_days": line("settings-number-national"),
    "escalation.morning_hour": line("settings-number-morning"),
    "escalation.evening_hour": line("settings-number-evening"),
    "urgent.take_hours": line("settings-number-take"),
    ".filed_an_hour": line("settings-number-filed-an-hour"),
    ".filed_a_day": line("settings-number-filed-a-day"),
    ".failed_lookups_an_hour": line("settings-number-failed-lookups"),
    ".files_a_case": line("settings-number-files"),
}
"""A number without words of its own is called as the file calls it."""


def file_title(name: str) -> Line:
    """What a file is called here.

    Raises:
        KeyError: it is none that is changed here.
    """
    if language := texts_language(name):
        return line("settings-file-texts", language=Label(LabelSource.LANGUAGE, language))
    if language := answers_language(name):
        return line("settings-file-faq", language=Label(LabelSource.LANGUAGE, language))
    return FILES[name]


def why_not(wrong: WrongDeclaration, language: str) -> Line:
    """What stands against a change, and what to do about it."""
    what, mend = (in_language(words, language) for words in (wrong.what, wrong.mend))
    return line("settings-wrong", line=wrong.line, what=what, mend=mend)
