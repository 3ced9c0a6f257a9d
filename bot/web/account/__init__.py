"""Signing in, sessions, and one-time codes."""
