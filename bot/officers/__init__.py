"""Officers work on cases in Telegram: in the group of their agency, and in private where a case is nobody else's."""
