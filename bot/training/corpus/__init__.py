"""The training data as files: read, checked, changed and saved whole."""
