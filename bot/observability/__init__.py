"""What is told about a running process: log events, metrics, descriptions of errors without anybody's words."""
