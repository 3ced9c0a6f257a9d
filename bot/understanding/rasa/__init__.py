"""The language model's own Python: its environment, its server as a supervised child, and the client."""
