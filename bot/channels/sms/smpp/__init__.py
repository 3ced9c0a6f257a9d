"""SMPP 3.4: a transceiver session of our own over smpp34's codec, which answers a message only once it is kept."""
