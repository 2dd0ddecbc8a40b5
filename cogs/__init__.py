"""Slash commands: read the options, call one keeper method, show the answer."""
