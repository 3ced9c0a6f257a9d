"""`/desk/settings`: an admin changes the regency's files, people and groups."""
