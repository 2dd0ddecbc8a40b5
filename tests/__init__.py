"""Tests mirror the rooms; the loopback Discord is a tool of theirs."""
