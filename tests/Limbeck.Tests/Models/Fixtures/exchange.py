#!/usr/bin/env python3
"""exchange.py OURS THEIRS: loads Limbeck's safetensors into torchvision's ResNet-18, every key, and answers with its logits; then writes weights of its own with theirs, also as a
checkpoint of torch.save as of before PyTorch 1.6, THEIRS.pth.

The format is read by its specification: no code is shared with Limbeck, and Debian has no safetensors package. Prints {"ours": [...], "theirs": [...]}.
"""
import json
import struct
import sys

import torch
import torchvision

TYPES = {"F32": torch.float32, "I64": torch.int64}


def load(path):
    content = open(path, "rb").read()
    length, = struct.unpack("<Q", content[:8])
    header, data = json.loads(content[8:8 + length]), content[8 + length:]
    header.pop("__metadata__", None)
    return {key: torch.frombuffer(bytearray(data[slice(*entry["data_offsets"])]), dtype=TYPES[entry["dtype"]]).reshape(entry["shape"]) for key, entry in header.items()}


def save(path, state):
    header, data = {}, bytearray()
    for key, value in state.items():
        start = len(data)
        data += value.contiguous().numpy().tobytes()
        header[key] = {"dtype": next(name for name, dtype in TYPES.items() if dtype == value.dtype), "shape": list(value.shape), "data_offsets": [start, len(data)]}
    text = json.dumps(header).encode()
    open(path, "wb").write(struct.pack("<Q", len(text)) + text + data)


def logits(network):
    images = torch.arange(2 * 3 * 64 * 64, dtype=torch.double).mul(0.1).sin().float().reshape(2, 3, 64, 64)
    with torch.no_grad():
        return network.eval()(images).flatten().tolist()


torch.set_num_threads(1)
ours = torchvision.models.resnet18(num_classes=10)
ours.load_state_dict(load(sys.argv[1]), strict=True)
torch.manual_seed(99)
theirs = torchvision.models.resnet18(num_classes=10)
for value in theirs.state_dict().values():  # statistics away from 0 and 1, which hide mistakes
    if value.dim() == 1:
        value.uniform_(0.5, 1.5)
save(sys.argv[2], theirs.state_dict())
torch.save({"epoch": 90, "state_dict": torch.nn.DataParallel(theirs).state_dict()}, sys.argv[2] + ".pth", _use_new_zipfile_serialization=False)
print(json.dumps({"ours": logits(ours), "theirs": logits(theirs)}))
