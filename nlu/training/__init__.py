"""Trains a model with Rasa, and measures on the side how sure it must be."""
