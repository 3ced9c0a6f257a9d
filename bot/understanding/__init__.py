"""What the words of a citizen mean: one port, several adapters, and rules that are on in every mode."""
