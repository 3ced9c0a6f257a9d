"""The talk in a browser: what a form posts becomes arrivals, what waits in the outbox is the page itself."""
