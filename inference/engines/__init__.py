"""The minds that are language models: one in this process, and any number behind an address."""
