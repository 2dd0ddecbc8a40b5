"""What is kept: the store, the trace export and the content files."""
