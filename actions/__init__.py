"""What happens to a case: pure domain, handlers, and the one database. Never imports `bot`."""
