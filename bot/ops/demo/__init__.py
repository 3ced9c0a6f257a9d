"""Fills an empty database with authored cases, so that somebody can see what the service looks like in use."""
