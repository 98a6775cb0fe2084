#!/usr/bin/env python3
"""Writes the files of torch.save beside this one (Debian 12: /usr/bin/python3 with python3-torch), and reads such files.

mtt/          4 images [1, 2, 2] as MTT keeps them, value k is k / 8 - 1; labels 0 0 1 1; DATM's step size 0.25, a parameter
ranking/      the same as DD-Ranking keeps them, with logits for labels; the images are a view of a larger tensor, transposed
read FOLDER   prints what the folder's files hold, as JSON
"""
import json, os, sys
import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def save(tensor, *path):
    path = os.path.join(HERE, *path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    torch.save(tensor, path)


def write():
    images = torch.arange(16, dtype=torch.float32).reshape(4, 1, 2, 2) / 8 - 1
    save(images, "mtt", "images_best.pt")
    save(torch.tensor([0, 0, 1, 1]), "mtt", "labels_best.pt")
    save(torch.nn.Parameter(torch.tensor(0.25)), "mtt", "lr_best.pt")
    larger = torch.zeros(5, 1, 2, 2)
    larger[1:] = images.transpose(2, 3)
    save(larger[1:].transpose(2, 3), "ranking", "images.pt")
    save(torch.tensor([[2.0, -1.0], [1.0, 0.0], [0.0, 1.0], [-1.0, 2.0]], dtype=torch.float64), "ranking", "labels.pt")


def read(folder):
    tensors = {name: torch.load(os.path.join(folder, name)) for name in sorted(os.listdir(folder))}
    print(json.dumps({name: [str(t.dtype), list(t.shape), t.flatten().tolist()] for name, t in tensors.items()}))


write() if len(sys.argv) == 1 else read(sys.argv[2])
