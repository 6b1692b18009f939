"""The installation of Matchmaker under test."""
