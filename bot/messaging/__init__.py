"""Inbox, turns, outbox: what arrives is worked durably, in order, once, and the answers are sent."""
