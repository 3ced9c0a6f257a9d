"""The database itself: connections, schema, copying, locks and leases."""
