"""The rules of the wood: pure, deterministic, and ignorant of everything outside it."""


def compiled() -> bool:
    """Whether the rules run compiled (``make fast``); they are the same rules either way."""
    from wood import turn

    return not str(turn.__file__).endswith(".py")
