"""The commands of `./lapor`: words in, one of exit 0 (done), 1 (failed, one sentence), 2 (wrong words)."""

from bot.cli.main import main

__all__ = ["main"]
