"""A real Chromium, a real service: what a citizen sees in a browser."""
