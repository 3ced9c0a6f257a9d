"""`/trainer/data`: changes of the training data, and the labelling rules."""
