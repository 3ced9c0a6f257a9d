"""`/trainer/categories`: a regency's categories, and what trainers propose of them for an admin to accept."""
