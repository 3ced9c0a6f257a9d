"""Webhooks: an agency's own system is told what happens to the cases of that agency."""
