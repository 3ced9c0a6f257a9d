"""Two chats of one citizen, in two channels: joined by a code, and parted again."""
