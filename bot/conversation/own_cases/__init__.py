"""What a citizen reads of, and does with, a case of her own after filing."""
