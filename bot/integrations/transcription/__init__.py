"""A service elsewhere that puts recordings into words."""
