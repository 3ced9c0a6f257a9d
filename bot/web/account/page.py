"""The pages of signing in: templates and words. Reads nothing, decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.people.people import Person
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.web.account.words import PAGE, ROLES
from bot.web.manuals.site import address
from bot.web.shared.guests import Guest
from bot.web.shared.site import Site


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Renders."""

    site: Site
    guests: Sequence[Guest] = ()
    has_provider: bool = False

    def form(self, language: str, wanted: str, typed: str = "", error: Line | None = None) -> str:
        """Where a name and a password are typed; `wanted` is the page to go on to."""
        guests = [(guest, self._guest_words(guest, language)) for guest in self.guests]
        names = {"wanted": wanted, "typed": typed, "error": error, "guests": guests, "provider": self.has_provider}
        return self._render("account/sign_in.html", language, PAGE["title"], **names)

    def _guest_words(self, guest: Guest, language: str) -> Line:
        is_holder, role = guest.is_holder, self.site.say(language, ROLES[guest.role])
        return line("demo-guest-holder") if is_holder else line("demo-guest", role=role)

    def code(self, language: str, wanted: str, pending: str, error: Line | None = None) -> str:
        """Where a one-time code is typed, after the password."""
        return self._render("account/code.html", language, PAGE["title"], wanted=wanted, pending=pending, error=error)

    def note(self, language: str, title: Line, note: Line, *, signed_in: bool) -> str:
        """Why a page is not shown."""
        return self._render("account/note.html", language, title, note=note, signed_in=signed_in)

    def _render(self, template: str, language: str, title: Line, **names: Any) -> str:  # noqa: ANN401 - what the template takes
        return self.site.render(template, language, title, PAGE, manual=address(language), **names)


def described(person: Person) -> Sequence[Line]:
    """Who is signed in, as what, and where."""
    roles = tuple(ROLES[role] for role in sorted(person.roles))
    agency = [line("signed-in-agency", agency=Label(LabelSource.AGENCY, person.agency))] if person.agency else []
    return (line("signed-in-as", name=person.name), line("signed-in-roles", roles=roles), *agency)
