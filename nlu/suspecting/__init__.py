"""Finds examples whose label is likely wrong, by models that have not seen them."""
