"""The minds: prompts, reply schemas, the parser, the engines and the council that asks all five at once."""
