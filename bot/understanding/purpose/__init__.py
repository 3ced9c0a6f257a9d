"""What a message is for, where it is no report: praise, how a report goes, talk beside the point; learned from rows."""
