"""The life of a case, from filed to closed: its table of steps, clocks, routing and handlers. Opens no database."""
