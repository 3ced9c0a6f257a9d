"""Use cases that the talk, the desk and officers share: filing, status, notices, privacy, weekly news."""
