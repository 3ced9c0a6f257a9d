"""`/desk`: what waits for whoever is signed in, the most urgent first."""
