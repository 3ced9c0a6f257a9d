"""What went to SP4N-LAPOR! and came from there, before a verifier."""
