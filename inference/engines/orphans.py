"""Ends vLLM's processes when the process that started them is gone, however it went.

vLLM's engine would otherwise live on after its parent was killed, and keep the GPU's memory from the next one. vLLM
calls this in every process that it makes, by the entry point ``vllm.general_plugins`` of this distribution.
"""

import multiprocessing
import os
import threading


def end_with_parent() -> None:
    """Watch the parent process from a thread and end with it; does nothing in a process that has none."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def outlive() -> None:
        parent.join()
        os._exit(1)  # in order would mean to wait for an engine that nobody can stop any more

    threading.Thread(target=outlive, name="parent-watch", daemon=True).start()
