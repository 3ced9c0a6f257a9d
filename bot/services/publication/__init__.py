"""Answers of closed cases: proposed to a moderator, held by a strict detector, published after some working days."""
