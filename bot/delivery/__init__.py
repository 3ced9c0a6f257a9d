"""inbox → turn → outbox: durable, in order for each chat, exactly one case for each Kirim."""
