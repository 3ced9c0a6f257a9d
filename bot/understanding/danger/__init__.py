"""Whether a message speaks of danger now, or of a matter that must not go to whom it accuses: patterns and a model."""
