"""How gateways speak HTTP: one module a gateway, and one that a regency declares. They translate, and send nothing."""
