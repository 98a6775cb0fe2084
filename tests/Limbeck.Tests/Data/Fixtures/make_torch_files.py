#!/usr/bin/env python3
"""Writes the files of torch.save beside this one (Debian 12: /usr/bin/python3 with python3-torch), and reads such files.

mtt/          4 images [1, 2, 2] as MTT keeps them, value k is k / 8 - 1; labels 0 0 1 1; DATM's step size 0.25, a parameter
ranking/      the same as DD-Ranking keeps them, with logits for labels; the images are a view of a larger tensor, transposed
weights/      a state dict with a transposed view and a counter, as it is and as of before PyTorch 1.6 (legacy-*); in checkpoints beside other things; what is no one network's weights
read FOLDER   prints what the folder's files hold, as JSON
"""
import argparse, collections, json, os, sys
import numpy, torch

HERE = os.path.dirname(os.path.abspath(__file__))


def save(content, *path, legacy=False):
    path = os.path.join(HERE, *path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    torch.save(content, path, _use_new_zipfile_serialization=not legacy)


def write():
    images = torch.arange(16, dtype=torch.float32).reshape(4, 1, 2, 2) / 8 - 1
    save(images, "mtt", "images_best.pt")
    save(torch.tensor([0, 0, 1, 1]), "mtt", "labels_best.pt")
    save(torch.nn.Parameter(torch.tensor(0.25)), "mtt", "lr_best.pt")
    larger = torch.zeros(5, 1, 2, 2)
    larger[1:] = images.transpose(2, 3)
    save(larger[1:].transpose(2, 3), "ranking", "images.pt")
    save(torch.tensor([[2.0, -1.0], [1.0, 0.0], [0.0, 1.0], [-1.0, 2.0]], dtype=torch.float64), "ranking", "labels.pt")


def write_weights():
    shared = torch.arange(8, dtype=torch.float32)
    state = torch.nn.Linear(1, 1).state_dict()  # an OrderedDict with _metadata, as all state dicts are
    state.clear()
    state.update({"fc.weight": shared[:6].reshape(3, 2).t(), "fc.bias": shared[6:], "bn.half": torch.tensor([0.5, -2.0]).half(), "bn.num_batches_tracked": torch.tensor(7)})
    parallel = collections.OrderedDict((f"module.{name}", value) for name, value in state.items())
    mean = {name: value + 1 for name, value in state.items()}
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], lr=0.1, momentum=0.9).state_dict()
    checkpoint = {"epoch": 240, "model": parallel, "best_acc": numpy.float64(74.31), "optimizer": optimizer, "opt": argparse.Namespace(dataset="cifar100", lr=0.05)}
    for name, content in {
        "plain": state, "checkpoint": checkpoint, "averaged": {"ema": mean, "state_dict": state}, "two": {"student": state, "teacher": mean},
        "whole": argparse.Namespace(weights=state), "none": {"epoch": 3, "optimizer": optimizer}, "storage": torch.ones(3),
    }.items():
        save(content, "weights", f"{name}.pth")
    save(state, "weights", "legacy-plain.pth", legacy=True)
    save(checkpoint, "weights", "legacy-checkpoint.pth", legacy=True)


def read(folder):
    tensors = {name: torch.load(os.path.join(folder, name)) for name in sorted(os.listdir(folder))}
    print(json.dumps({name: [str(t.dtype), list(t.shape), t.flatten().tolist()] for name, t in tensors.items()}))


if len(sys.argv) > 1:
    read(sys.argv[2])
else:
    write()
    write_weights()
