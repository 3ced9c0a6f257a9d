"""The words of signing in and of the first pages inside."""

from __future__ import annotations

from collections.abc import Mapping

from actions.people.roles import Role
from bot.conversation.screen import Line, line

PAGE: Mapping[str, Line] = {
    "skip": line("case-skip"),
    "language": line("web-language"),
    "title": line("sign-in-title"),
    "about": line("sign-in-about"),
    "name": line("sign-in-name"),
    "password": line("sign-in-password"),
    "button": line("sign-in-button"),
    "guests": line("demo-guests"),
    "forgotten": line("sign-in-forgotten"),
    "wrong": line("sign-in-wrong"),
    "code": line("sign-in-code"),
    "code_about": line("sign-in-code-about"),
    "code_wrong": line("sign-in-code-wrong"),
    "code_again": line("sign-in-code-again"),
    "elsewhere": line("sign-in-elsewhere"),
    "away_title": line("case-away-title"),
    "away": line("case-away"),
    "sign_out": line("sign-out-button"),
    "forbidden_title": line("forbidden-title"),
}

ROLES: Mapping[Role, Line] = {
    Role.VERIFIER: line("role-verifier"),
    Role.AGENCY_ADMIN: line("role-agency-admin"),
    Role.LIAISON: line("role-liaison"),
    Role.ARBITER: line("role-arbiter"),
    Role.MODERATOR: line("role-moderator"),
    Role.AUDITOR: line("role-auditor"),
    Role.ADMIN: line("role-admin"),
    Role.TRAINER: line("role-trainer"),
}
