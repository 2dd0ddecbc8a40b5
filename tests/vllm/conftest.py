"""Everything here needs vLLM, which is no part of the ordinary environment: `make test-vllm` brings it."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("vllm") else ["test_*.py"]
