"""The talk with a citizen, and the channels, pages and commands it is held over."""
