"""For whoever runs the service: backup, demo, doctor."""
