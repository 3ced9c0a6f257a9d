"""How well messages are understood, in numbers and as a page."""
