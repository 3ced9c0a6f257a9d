"""`/trainer/words`: words that the model does not know, and how they are written out."""
