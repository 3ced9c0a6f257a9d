"""E-mail: what people of the service are told by mail, over the regency's own mail server."""
