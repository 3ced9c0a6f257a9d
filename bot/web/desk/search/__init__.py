"""`/desk/search`: cases by number, words and what is known of them."""
