"""Tables and queries of the people who sign in."""
