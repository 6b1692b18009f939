"""Interests: a company's idea sketch and its feedback."""
