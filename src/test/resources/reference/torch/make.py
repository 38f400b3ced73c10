"""Writes the files beside it and what PyTorch reads from them, and from Meta's: expected.json.

python make.py            with PyTorch 2.15 (any that is not too old will do)
python make.py old        with PyTorch 1.12, whose files have no byte order
"""
import collections
import hashlib
import json
import pathlib
import sys

import torch

here = pathlib.Path(__file__).parent
torch.manual_seed(5)


def save(name, what, **options):
    torch.save(what, here / name, **options)


if sys.argv[1:] == ["old"]:
    save("version_1_12.pth", {"w": torch.randn(3, 5).bfloat16(), "i": torch.arange(-4, 4, dtype=torch.int8)})
    sys.exit()

module = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.LayerNorm(3))
save("state_dict.pth", module.state_dict())  # an OrderedDict with an attribute, _metadata
save("state_dict_protocol_4.pth", module.state_dict(), pickle_protocol=4)
save("state_dict_protocol_5.pth", module.state_dict(), pickle_protocol=5)
save("parameter.pth", {"p": torch.nn.Parameter(torch.randn(2, 3).half()), "scalar": torch.tensor(1.5)})
table = torch.randn(6, 4)
save("shared.pth", {"table": table, "rows": table[2:4], "again": table, "tall": table[:, :1][:1]})
save("not_contiguous.pth", {"ok": table, "turned": table.t()})
save("longs.pth", collections.OrderedDict(ok=table, position_ids=torch.arange(4)))
save("nested.pth", {"model": {"w": table}, "step": 3})
save("whole_module.pth", module)
save("before_1_6.pth", {"w": table}, _use_new_zipfile_serialization=False)
torch.jit.script(torch.nn.Linear(2, 2)).save(str(here / "script.pt"))

kinds = {torch.bfloat16: "BF16", torch.float16: "F16", torch.float32: "F32", torch.int8: "I8"}
readable = sorted(here.parent.glob("meta_*/consolidated.00.pth")) + [
    here / (name + ".pth")
    for name in "parameter shared state_dict state_dict_protocol_4 state_dict_protocol_5 version_1_12".split()
]
expected = {}
for file in readable:
    expected[str(file.relative_to(here.parent))] = tensors = {}
    for name, tensor in torch.load(file, weights_only=False).items():
        tensor = tensor.detach().contiguous()
        flat = tensor.flatten()
        tensors[name] = {
            "type": kinds[tensor.dtype],
            "shape": list(tensor.shape),
            "first": flat[0].item(),
            "last": flat[-1].item(),
            "sha256": hashlib.sha256(flat.view(torch.uint8).numpy().tobytes()).hexdigest(),
        }
(here / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
