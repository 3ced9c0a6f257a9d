"""Other systems: Open311, outgoing webhooks, SP4N-LAPOR!."""
