"""`/statistik`: how offices answer, in numbers that hide nobody, and the same as open data."""
