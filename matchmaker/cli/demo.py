"""Commands."""

commands: list = []
