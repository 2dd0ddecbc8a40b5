"""What a process that works for this one does first."""

import multiprocessing
import os
import signal
import threading


def settle_in() -> None:
    """Make a worker leave Ctrl+C to its parent, and end when the parent is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def outlive() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)  # a killed parent cannot tell its workers, which would wait for work for ever

    threading.Thread(target=outlive, name="parent-watch", daemon=True).start()
