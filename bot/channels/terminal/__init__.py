"""The talk in a terminal: one line in, the answer out. Plain text, buttons by number."""
