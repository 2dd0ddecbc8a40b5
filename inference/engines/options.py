"""What the engines can be told. Every field has a default that suits Qwen2.5-3B-Instruct on one GPU."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from inference.tokens import REPLY, TOKENS


class _Options(BaseModel):
    """Nothing unknown, and no value in an error's text: one of them may be a key."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class VllmOptions(_Options):
    """The engine in this process.

    Attributes:
        model: name on Hugging Face's hub, or a folder.
        revision: branch, tag or commit of the model.
        tokenizer: name or folder of the tokenizer, where it is not the model's own.
        dtype: number format of the weights; ``auto`` takes the model's.
        quantization: how the weights are quantized, where the model does not say so itself.
        load_format: how the weights are read; ``dummy`` makes random ones.
        trust_remote_code: whether code that comes with the model may run.
        lora: folder of a LoRA adapter that answers instead of the bare model.
        gpu_memory_utilization: share of the GPU's memory that the engine takes.
        kv_cache_memory_bytes: bytes for the key-value cache, instead of what that share leaves.
        max_num_seqs: requests that run at once.
        max_num_batched_tokens: tokens computed in one step.
        max_model_len: tokens of the longest prompt with its reply.
        tensor_parallel_size: GPUs that share the model.
        enforce_eager: whether to do without compiled graphs: a faster start, slower answers.
        structured_outputs: what enforces the reply schema while a reply is written.
        max_tokens: tokens of a reply.
        temperature: randomness of the choice of tokens; 0 always takes the likeliest.
        top_p: the choice is among the likeliest tokens that make up this share.
        seeded: whether each request has a seed of its own, made of wood, turn and creature.
        retry_seconds: the longest pause between two attempts to build the engine.
        extra: further arguments of vLLM's ``AsyncEngineArgs``, which go before all of the above.
    """

    model: Annotated[str, Field(min_length=1)] = "Qwen/Qwen2.5-3B-Instruct"
    revision: str | None = None
    tokenizer: str | None = None
    dtype: Literal["auto", "half", "float16", "bfloat16", "float", "float32"] = "auto"
    quantization: str | None = None
    load_format: str = "auto"
    trust_remote_code: bool = False
    lora: str | None = None
    gpu_memory_utilization: float = Field(default=0.9, gt=0, le=1)
    kv_cache_memory_bytes: int | None = Field(default=None, gt=0)
    max_num_seqs: int = Field(default=512, ge=1)
    max_num_batched_tokens: int = Field(default=8192, ge=1)
    max_model_len: int = Field(default=2048, ge=TOKENS)
    tensor_parallel_size: int = Field(default=1, ge=1)
    enforce_eager: bool = False
    structured_outputs: Literal["guidance", "xgrammar", "outlines", "auto"] = "guidance"
    max_tokens: int = Field(default=REPLY, ge=1)
    temperature: float = Field(default=0.7, ge=0, le=2)
    top_p: float = Field(default=0.8, gt=0, le=1)
    seeded: bool = True
    retry_seconds: float = Field(default=120.0, gt=0)
    extra: Mapping[str, Any] = Field(default_factory=dict)


def _address(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        message = "is no address of a server; it looks like http://localhost:8000/v1"
        raise ValueError(message)
    if parts.username or parts.password:
        message = "holds a user or a password; a key has a setting of its own"
        raise ValueError(message)
    return url.strip().rstrip("/")


class ServerOptions(_Options):
    """A server that speaks OpenAI's protocol.

    Attributes:
        url: where the protocol begins, mostly ending in ``/v1``.
        key: the key that it asks for.
        model: the model's name there.
        reply_format: how the schema is told; ``auto`` finds out what the server takes.
        concurrency: requests that run at once.
        retries: how often one request is tried again.
        max_tokens: tokens of a reply.
        temperature: randomness of the choice of tokens; None leaves it to the server.
        seeded: whether each request has a seed of its own, made of wood, turn and creature.
        extra: further fields of each request, such as ``{"reasoning_effort": "none"}``.
    """

    url: Annotated[str, AfterValidator(_address)] | None = None
    key: SecretStr | None = None
    model: str | None = None
    reply_format: Literal["auto", "grammar", "json_schema", "json_object", "plain"] = "auto"
    concurrency: int = Field(default=64, ge=1)
    retries: int = Field(default=4, ge=0)
    max_tokens: int = Field(default=REPLY, ge=1)
    temperature: float | None = Field(default=0.7, ge=0, le=2)
    seeded: bool = True
    extra: Mapping[str, Any] = Field(default_factory=dict)
