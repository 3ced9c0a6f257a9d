"""`/trainer/models`: train, compare, promote, take back."""
