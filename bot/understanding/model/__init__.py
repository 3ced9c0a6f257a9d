"""The compiled model: one signed file, read and run in the service's own process."""
