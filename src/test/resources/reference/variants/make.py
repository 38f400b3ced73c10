"""Makes small random models that differ from Llama 3.2, and the logits that transformers gives.

Run beside this file with torch and transformers; ../hf holds the tokenizer that they share.
"""
import json, pathlib, shutil
import torch
from transformers import (LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM,
                          Qwen2Config, Qwen2ForCausalLM)

here = pathlib.Path(__file__).parent
common = dict(vocab_size=512, hidden_size=64, intermediate_size=96, num_hidden_layers=3,
              num_attention_heads=4, num_key_value_heads=2, bos_token_id=495, eos_token_id=496)
yarn = dict(rope_type="linear", factor=4.0, rope_theta=10000.0)
models = {
    "qwen2": (Qwen2ForCausalLM, Qwen2Config(**common, tie_word_embeddings=False,
              rope_parameters=dict(rope_type="default", rope_theta=1e6), max_position_embeddings=2048)),
    "mistral": (MistralForCausalLM, MistralConfig(**common, head_dim=32, sliding_window=8,
                tie_word_embeddings=False, max_position_embeddings=2048)),
    "biased": (LlamaForCausalLM, LlamaConfig(**common, attention_bias=True, mlp_bias=True,
               tie_word_embeddings=True, rope_parameters=yarn, max_position_embeddings=1024)),
    "sharded": (LlamaForCausalLM, LlamaConfig(**{**common, "num_key_value_heads": 4, "num_hidden_layers": 2},
                tie_word_embeddings=False, max_position_embeddings=512)),
}
expected = {}
for seed, (name, (kind, config)) in enumerate(models.items()):
    torch.manual_seed(seed)
    model = kind(config).eval()
    with torch.no_grad():
        for key, value in model.named_parameters():
            if value.dim() == 1:
                value.copy_(torch.randn_like(value) * 0.3 + (0 if key.endswith("bias") else 1))
            else:
                value.copy_(torch.randn_like(value) * (1.0 if "embed" in key else 1.5 / value.shape[1] ** 0.5))
    model = model.to(torch.float16)
    folder = here / name
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder, max_shard_size="100KB" if name == "sharded" else "5GB")
    (folder / "generation_config.json").unlink(missing_ok=True)
    for file in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(here.parent / "hf" / file, folder / file)
    model = model.float()
    cases = []
    for length in (3, 40):
        ids = [495] + torch.randint(0, 490, (length,)).tolist()
        with torch.no_grad():
            logits = model(torch.tensor([ids])).logits[0, -1].tolist()
            greedy, more = [], list(ids)
            for _ in range(12):
                more.append(int(model(torch.tensor([more])).logits[0, -1].argmax()))
                greedy.append(more[-1])
        cases.append({"input_ids": ids, "logits_last": [round(x, 5) for x in logits], "greedy_12": greedy})
    expected[name] = cases
(here / "expected.json").write_text(json.dumps({"cases": expected}))
