"""Answers over HTTP on this machine alone what a trained model makes of a text."""
