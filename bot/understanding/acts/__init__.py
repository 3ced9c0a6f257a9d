"""Dialogue acts: what a message does in the talk, learned from authored rows of {asked, message, act}."""
