"""Tables and queries of cases: their rows and events, queues, search, supporters, redactions."""
