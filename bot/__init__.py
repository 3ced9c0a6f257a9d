"""The talk with a citizen, and the channels, pages and commands it is held over."""

__version__ = "0.1.0"
"""Of this program; nowhere else is it written by hand."""
