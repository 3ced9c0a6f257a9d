"""Backup and restore of a whole installation: what people told it, the files they sent, and its secret key."""
