"""Cases by number, cases nearby, supporting them, and the weekly news of a village."""
