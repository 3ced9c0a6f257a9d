"""X: direct messages over its API, and one public sentence to whoever writes to the account where all can read it."""
