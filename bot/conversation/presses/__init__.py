"""What pressing a button does."""
