"""What people of the service do in the chat itself: tie their account, and label messages."""
