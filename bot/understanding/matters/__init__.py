"""Several matters in one message: what sets them apart, and a small model that tells where one ends. Pure."""
