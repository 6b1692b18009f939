"""What a published challenge said before, and what each edit changed."""
