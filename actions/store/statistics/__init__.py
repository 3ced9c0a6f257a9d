"""Tables and queries of statistics: filled per case, counted, listed."""
