"""Puts the parts together and runs them: wiring, start, stop, restart. Only commands and operations import it."""
