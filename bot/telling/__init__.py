"""What tells: everything that a wood says in words and pictures."""
