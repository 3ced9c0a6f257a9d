"""Telegram: turns its updates into arrivals and our messages into its calls. It translates, never decides."""

from os import environ

environ.setdefault("PTB_TIMEDELTA", "1")
"""Without it python-telegram-bot 22 warns of its own future whenever Telegram says when to try again."""
