"""Introductions: message, answer, thread."""
