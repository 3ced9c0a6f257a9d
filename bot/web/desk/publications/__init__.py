"""`/desk/publications`: a moderator sees in a batch which answers anybody will read, holds them or lets them out."""
