"""Makes ``python -m bot.cli`` the same as ``ttw``."""

from bot.cli.app import main

if __name__ == "__main__":
    main()
