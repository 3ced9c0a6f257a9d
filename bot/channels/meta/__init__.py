"""WhatsApp, over Meta's Cloud API: a webhook that is posted to, and messages that are posted there."""
