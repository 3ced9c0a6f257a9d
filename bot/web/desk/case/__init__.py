"""`/desk/cases/<number>`: a case before an officer, and what she may do to it now."""
