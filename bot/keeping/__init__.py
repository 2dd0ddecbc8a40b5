"""The keeper's use cases, by whom they serve."""
