"""The page of a case for the public and for its reporter."""
