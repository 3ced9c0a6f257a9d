"""Where a matter is, from free words. Pure."""
