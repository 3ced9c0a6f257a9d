"""`python -m bot` is `lapor`."""

from bot.cli import main

main()
