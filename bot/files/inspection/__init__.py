"""Looks at one file in a child process with little of everything. Nothing here is imported by the service itself."""
