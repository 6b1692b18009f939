"""What is filled in here, one file a subject."""
