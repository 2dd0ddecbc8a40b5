"""The minds with weights that mean something: `make test-model` brings a small model and vLLM for the CPU."""
