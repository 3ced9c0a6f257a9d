"""What citizens wrote becomes training data: samples, labels, and changes of the data that are checked first."""
