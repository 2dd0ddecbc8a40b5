"""Starts a bot of ``bench.load``; workers import this file too, as they do the real command, so it must be small."""

if __name__ == "__main__":
    from bench.load_bots import main

    main()
