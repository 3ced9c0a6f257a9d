"""Cases as SP4N-LAPOR! takes them."""
