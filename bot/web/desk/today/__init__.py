"""`/desk/today`: what waits today, for whoever leads an agency and for the admin."""
