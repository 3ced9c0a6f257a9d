"""Models of this installation: trained, compared with the one in service, promoted, taken back, watched."""
