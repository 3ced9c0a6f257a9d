"""Tables and queries of other systems: keys of those who send, addresses of those who are told."""
