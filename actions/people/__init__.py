"""People who work with the service: roles, passwords, second factors, sessions. Opens no database."""
