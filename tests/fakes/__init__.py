"""Stand-ins for what lies outside, each with the temper that its name says."""
