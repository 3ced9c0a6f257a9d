"""`/desk/cases/<number>/redact`: a moderator says what others read of a case."""
