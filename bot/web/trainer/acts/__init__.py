"""`/trainer/acts`: what messages of talks do after what was asked, to be said by a key each."""
