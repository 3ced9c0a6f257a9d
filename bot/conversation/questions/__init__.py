"""What a report asks, and the card on which the answers stand."""
