"""What is kept of a citizen: she may have it, and have it deleted."""
