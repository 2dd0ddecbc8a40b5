"""A tiny Qwen2 with random weights, made on the spot: everything a real model has but sense.

Its vocabulary is trained on the wood's own prompts, so that they take about as many tokens as in a real one. The heads
are 32 wide, the least that vLLM's attention on a CPU can do.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

from inference.prompt import SHARED

VOCABULARY = 1024
END = "<|im_end|>"
SPECIAL = ["<|endoftext|>", "<|im_start|>", END]
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
WORDS = """
system user assistant You are Oona, the owl. You make honey: sell it, never buy it. Turn 12, autumn, day 12 of 15.
Your hearth burns 2 firewood now, 2 next turn. You have 38 pebbles. Mood 71 of 100. You lack now: 1 firewood.
By next turn: 3 firewood, 1 berries. You can spare: 4 honey. Never buy honey. Last turn's trades: 3 berries at 4.
- acorns 4.2 (+3%), have 1, worth 5 - berries 5, have 1, worth 6 - mushrooms 6.3 (-4%), have 1, worth 7
Heard (hearsay): - Bramble (half trusted): "The frost comes early." Loans offered to you, answer each: loan 7
"""


def make_tiny_model(
    folder: Path, *, seed: int = 0, shape: Mapping[str, Any] | None = None, weights: bool = True
) -> Path:
    """Write the model and its tokenizer into ``folder``.

    Args:
        folder: where to.
        seed: of the weights; another one makes a model that says other things.
        shape: fields of the model's configuration that are otherwise; it is not so tiny then.
        weights: whether weights are written, or left to vLLM's ``dummy`` format.
    """
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([SHARED, WORDS], trainer)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token=END, pad_token=SPECIAL[0], chat_template=TEMPLATE
    )
    fast.save_pretrained(folder)
    torch.manual_seed(seed)
    form = {
        "vocab_size": VOCABULARY,
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 1,
        "head_dim": 32,
        "max_position_embeddings": 4096,
        "bos_token_id": None,
        "eos_token_id": tokenizer.token_to_id(END),
        "pad_token_id": 0,
        "tie_word_embeddings": True,
        "architectures": ["Qwen2ForCausalLM"],
        "dtype": "float32" if weights else "bfloat16",
    }
    config = Qwen2Config(**{**form, **(shape or {})})
    if weights:
        Qwen2ForCausalLM(config).to(torch.float32).save_pretrained(folder)
    else:
        config.save_pretrained(folder)
    return folder


def make_tiny_adapter(folder: Path, rank: int = 4) -> Path:
    """Write a LoRA adapter for the tiny model into ``folder``, with random weights that change what it says."""
    torch.manual_seed(1)
    weights = {}
    for layer in range(2):
        name = f"base_model.model.model.layers.{layer}.self_attn.q_proj"
        weights[f"{name}.lora_A.weight"] = torch.randn(rank, 64)
        weights[f"{name}.lora_B.weight"] = torch.randn(64, rank)
    save_file(weights, folder / "adapter_model.safetensors")
    told = {"peft_type": "LORA", "r": rank, "lora_alpha": 64, "target_modules": ["q_proj"], "bias": "none"}
    (folder / "adapter_config.json").write_text(json.dumps(told), "utf-8")
    return folder
