"""Finds what is wrong with training data before a model learns it; says where, and how to mend it."""
