"""Suggestions for a need, and what people do with them."""
