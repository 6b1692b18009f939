"""The coordinator's board."""
