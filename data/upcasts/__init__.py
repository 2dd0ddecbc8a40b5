"""Upcasts: what an older version of the program stored, made into the form that this version knows."""
