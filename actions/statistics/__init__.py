"""What offices are measured by, and which of the numbers may be shown."""
