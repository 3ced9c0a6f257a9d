"""`/trainer/watch`: how the model does from week to week."""
