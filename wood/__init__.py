"""The rules of the wood: pure, deterministic, and ignorant of everything outside it."""
