"""Starts a bot of ``bench.load``; workers import this file too, as they do the real command, so it must be small."""

from runpy import run_module

if __name__ == "__main__":
    run_module("bench.load_bots", run_name="__main__")
