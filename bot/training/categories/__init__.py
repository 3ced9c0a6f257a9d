"""What trainers propose of a regency's categories: made, renamed, merged, taken away. Pure."""
