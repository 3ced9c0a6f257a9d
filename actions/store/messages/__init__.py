"""Tables and queries of messages: inbox, outbox, dialogues, officers' chats, push addresses."""
