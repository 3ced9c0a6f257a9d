"""Runs a talk that is written as text through the pure core, the terminal, Telegram and SMS."""
