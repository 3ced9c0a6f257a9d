"""When a matter happened, from free words. Pure."""
