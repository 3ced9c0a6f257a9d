"""What all pages share: the app, the server, templates, access, limits, headers."""
