"""What is in force for this process: settings, secret key, clock. Imports nothing else of the bot."""
