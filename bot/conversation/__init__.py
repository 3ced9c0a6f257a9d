"""The talk. Pure: no I/O, no clock, no words; what people read is in `bot/texts`."""
