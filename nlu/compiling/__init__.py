"""Writes a trained model as the one file that the service runs without Rasa."""
