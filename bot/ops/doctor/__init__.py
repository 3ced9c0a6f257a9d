"""What `lapor doctor` looks at: what is there, what is missing, and how to get it."""
