"""The talk by SMS, over a gateway's HTTP: plain text, numbers instead of buttons, 160 characters a message."""
