"""Who may see what of a case, what is redacted, how long it is kept, and what goes when somebody is forgotten."""
