"""The one database. Inbox, outbox and dialogue rows are opaque records here."""
