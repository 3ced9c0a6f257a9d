"""Tables and queries of retention and forgetting."""
