"""What a message does in the talk, heard in its context: wishes, questions and second thoughts beside the answers."""
