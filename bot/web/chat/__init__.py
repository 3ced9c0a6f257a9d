"""The chat at `/`, which needs no account."""
