"""`/desk/new`: complaints at the counter, by telephone or letter."""
