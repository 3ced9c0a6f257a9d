"""`/trainer`: messages to be labelled, to be settled, and labels that look wrong."""
