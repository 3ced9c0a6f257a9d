"""What citizens send along: fetched after the turn, looked at in a child process, kept under random names."""
