"""Tables and queries of training: samples, labels, trainings, models."""
