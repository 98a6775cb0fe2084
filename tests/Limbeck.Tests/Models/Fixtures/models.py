#!/usr/bin/env python3
"""Writes models.json beside it: what PyTorch says of each network of the zoo, for ZooTests to compare with.

Each network is built here once more, from its paper, out of torch.nn; ImageNet's ResNets are torchvision's own. Recorded are its parameter count, a digest of its state keys and shapes in order, and its first
logits, in training mode, for one seed and one fixed batch: they agree only if structure, names, order of draws, initialisers and forward pass all agree.
Made with torch 1.13 on the CPU (Debian 12's python3-torch and python3-torchvision).
"""
import hashlib
import json
import math
import pathlib
from collections import OrderedDict

import torch
import torchvision
from torch import nn
from torch.nn import functional as F

SEED = 3
SHOWN = 10


class Classifier(nn.Module):
    """Named parts, one after another; maps are flattened before the first linear one."""

    def __init__(self, **parts):
        super().__init__()
        for name, part in parts.items():
            self.add_module(name, part)

    def forward(self, x):
        for part in self.children():
            linear = isinstance(part, nn.Linear) or isinstance(part, nn.Sequential) and isinstance(part[0], nn.Linear)
            x = part(x.flatten(1) if linear else x)
        return x


def plain_cnn(convolutions, hidden, classes, shape):
    channels, height, width = shape
    layers = []
    for word in convolutions.split():
        if word == "P":
            layers.append(nn.MaxPool2d(2))
            height, width = height // 2, width // 2
        else:
            layers += [nn.Conv2d(channels, int(word), 3, padding=1), nn.BatchNorm2d(int(word)), nn.ReLU()]
            channels = int(word)
    sizes = [channels * height * width, *hidden, classes]
    linear = [layer for a, b in zip(sizes, sizes[1:]) for layer in (nn.Linear(a, b), nn.ReLU())][:-1]
    return Classifier(conv_layers=nn.Sequential(*layers), fc_layers=nn.Sequential(*linear))


PLAIN = {
    (2, 10): ("16 P 16 P", []), (4, 10): ("16 16 P 32 32 P", []), (6, 10): ("16 16 P 32 32 P 64 64 P", []),
    (8, 10): ("16 16 P 32 32 P 64 64 P 128 128 P", [64]), (10, 10): ("32 32 P 64 64 P 128 128 P 256 256 256 256 P", [128]),
    (2, 100): ("32 P 32 P", []), (4, 100): ("32 32 P 64 64 P", []), (6, 100): ("32 32 P 64 64 P 128 128", []),
    (8, 100): ("32 32 P 64 64 P 128 128 P 256 256 P", [64]), (10, 100): ("32 32 P 64 64 P 128 128 P 256 256 256 256 P", [512]),
}


def draw_convolutions(network, linear=None):
    """N(0, 2 / (kernel^2 channels out)) and no biases; linear layers from N(0, linear^2) where that is given. In the order of the modules."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            module.weight.data.normal_(0, math.sqrt(2 / (module.kernel_size[0] ** 2 * module.out_channels)))
        elif isinstance(module, nn.Linear) and linear:
            module.weight.data.normal_(0, linear)
        if isinstance(module, nn.Conv2d) and module.bias is not None or isinstance(module, nn.Linear) and linear is not None:
            module.bias.data.zero_()
    return network


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        projection = None if inputs == outputs else nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = projection

    def forward(self, x):
        residual = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu()))
        return (residual + (x if self.downsample is None else self.downsample(x))).relu()


def resnet(depth, widths, classes, shape):
    blocks = (depth - 2) // 6
    stage = lambda inputs, outputs, stride: nn.Sequential(*[ResidualBlock(*((outputs, outputs, 1) if block else (inputs, outputs, stride))) for block in range(blocks)])
    a, b, c, d = widths
    return draw_convolutions(Classifier(conv1=nn.Conv2d(shape[0], a, 3, padding=1, bias=False), bn1=nn.BatchNorm2d(a), relu=nn.ReLU(),
                                        layer1=stage(a, b, 1), layer2=stage(b, c, 2), layer3=stage(c, d, 2), avgpool=nn.AdaptiveAvgPool2d(1), fc=nn.Linear(d, classes)))


class PreactivationBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(inputs), nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn2, self.conv2 = nn.BatchNorm2d(outputs), nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.convShortcut = None if inputs == outputs else nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x):
        active = self.bn1(x).relu()
        return self.conv2(self.bn2(self.conv1(active)).relu()) + (x if self.convShortcut is None else self.convShortcut(active))


def wide_resnet(depth, factor, classes, shape):
    def stage(inputs, outputs, stride):
        blocks = [PreactivationBlock(*((outputs, outputs, 1) if block else (inputs, outputs, stride))) for block in range((depth - 4) // 6)]
        return nn.Sequential(OrderedDict(layer=nn.Sequential(*blocks)))
    a, b, c = 16 * factor, 32 * factor, 64 * factor
    network = Classifier(conv1=nn.Conv2d(shape[0], 16, 3, padding=1, bias=False), block1=stage(16, a, 1), block2=stage(a, b, 2), block3=stage(b, c, 2),
                         bn1=nn.BatchNorm2d(c), relu=nn.ReLU(), avgpool=nn.AdaptiveAvgPool2d(1), fc=nn.Linear(c, classes))
    return draw_convolutions(network, linear=0)


VGG = {8: (1, 1, 1, 1, 1), 11: (1, 1, 2, 2, 2), 13: (2, 2, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}


def vgg(depth, classes, shape):
    parts, channels = {}, shape[0]
    for number, (count, width) in enumerate(zip(VGG[depth], (64, 128, 256, 512, 512))):
        layers = []
        for _ in range(count):
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU()]
            channels = width
        pool = nn.MaxPool2d(2) if number < 3 or number == 3 and shape[1] >= 64 else nn.AdaptiveAvgPool2d(1) if number == 4 else nn.Identity()
        parts |= {f"block{number}": nn.Sequential(*layers[:-1]), f"relu{number}": nn.ReLU(), f"pool{number}": pool}
    return draw_convolutions(Classifier(**parts, classifier=nn.Linear(512, classes)), linear=0.01)


class InvertedResidual(nn.Module):
    def __init__(self, inputs, outputs, stride, expansion):
        super().__init__()
        inner, self.adds = inputs * expansion, stride == 1 and inputs == outputs
        self.conv = nn.Sequential(
            nn.Conv2d(inputs, inner, 1, bias=False), nn.BatchNorm2d(inner), nn.ReLU(),
            nn.Conv2d(inner, inner, 3, stride, 1, groups=inner, bias=False), nn.BatchNorm2d(inner), nn.ReLU(), nn.Conv2d(inner, outputs, 1, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return x + self.conv(x) if self.adds else self.conv(x)


def mobilenet_v2(divisor, classes, shape):
    channels, groups = 32 // divisor, []
    stem = nn.Sequential(nn.Conv2d(shape[0], channels, 3, 2, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU())
    for expansion, width, count, stride in ((1, 16, 1, 1), (6, 24, 2, 1), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
        width //= divisor
        groups.append(nn.Sequential(*[InvertedResidual(*((width, width, 1) if block else (channels, width, stride)), expansion) for block in range(count)]))
        channels = width
    end = nn.Sequential(nn.Conv2d(channels, 1280, 1, bias=False), nn.BatchNorm2d(1280), nn.ReLU())
    return draw_convolutions(Classifier(conv1=stem, blocks=nn.Sequential(*groups), conv2=end, avgpool=nn.AdaptiveAvgPool2d(1), classifier=nn.Sequential(nn.Linear(1280, classes))), linear=0.01)


def shuffled(x, groups):
    return x.unflatten(1, (groups, -1)).transpose(1, 2).flatten(1, 2)


class ShuffleBlock1(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        made = outputs - inputs if stride == 2 else outputs
        inner, self.groups, self.stride = made // 4, 1 if inputs == 24 else 3, stride
        self.conv1, self.bn1 = nn.Conv2d(inputs, inner, 1, groups=self.groups, bias=False), nn.BatchNorm2d(inner)
        self.conv2, self.bn2 = nn.Conv2d(inner, inner, 3, stride, 1, groups=inner, bias=False), nn.BatchNorm2d(inner)
        self.conv3, self.bn3 = nn.Conv2d(inner, made, 1, groups=3, bias=False), nn.BatchNorm2d(made)

    def forward(self, x):
        y = shuffled(self.bn1(self.conv1(x)).relu(), self.groups)
        y = self.bn3(self.conv3(self.bn2(self.conv2(y)).relu()))
        return (torch.cat([y, F.avg_pool2d(x, 3, 2, 1)], 1) if self.stride == 2 else x + y).relu()


class ShuffleBlock2(nn.Module):
    def __init__(self, channels):
        super().__init__()
        half = channels // 2
        self.conv1, self.bn1 = nn.Conv2d(half, half, 1, bias=False), nn.BatchNorm2d(half)
        self.conv2, self.bn2 = nn.Conv2d(half, half, 3, 1, 1, groups=half, bias=False), nn.BatchNorm2d(half)
        self.conv3, self.bn3 = nn.Conv2d(half, half, 1, bias=False), nn.BatchNorm2d(half)

    def forward(self, x):
        passed, y = x.chunk(2, 1)
        y = self.bn2(self.conv2(self.bn1(self.conv1(y)).relu()))
        return shuffled(torch.cat([passed, self.bn3(self.conv3(y)).relu()], 1), 2)


class HalvingBlock2(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        half = outputs // 2
        self.conv1, self.bn1 = nn.Conv2d(inputs, inputs, 3, 2, 1, groups=inputs, bias=False), nn.BatchNorm2d(inputs)
        self.conv2, self.bn2 = nn.Conv2d(inputs, half, 1, bias=False), nn.BatchNorm2d(half)
        self.conv3, self.bn3 = nn.Conv2d(inputs, half, 1, bias=False), nn.BatchNorm2d(half)
        self.conv4, self.bn4 = nn.Conv2d(half, half, 3, 2, 1, groups=half, bias=False), nn.BatchNorm2d(half)
        self.conv5, self.bn5 = nn.Conv2d(half, half, 1, bias=False), nn.BatchNorm2d(half)

    def forward(self, x):
        left = self.bn2(self.conv2(self.bn1(self.conv1(x)))).relu()
        right = self.bn4(self.conv4(self.bn3(self.conv3(x)).relu()))
        return shuffled(torch.cat([left, self.bn5(self.conv5(right)).relu()], 1), 2)


def shufflenet_v1(classes, shape):
    stage = lambda inputs, outputs, blocks: nn.Sequential(ShuffleBlock1(inputs, outputs, 2), *[ShuffleBlock1(outputs, outputs, 1) for _ in range(blocks - 1)])
    return Classifier(conv1=nn.Conv2d(shape[0], 24, 1, bias=False), bn1=nn.BatchNorm2d(24), relu=nn.ReLU(), layer1=stage(24, 240, 4), layer2=stage(240, 480, 8),
                      layer3=stage(480, 960, 4), avgpool=nn.AdaptiveAvgPool2d(1), linear=nn.Linear(960, classes))


def shufflenet_v2(classes, shape):
    stage = lambda inputs, outputs, blocks: nn.Sequential(HalvingBlock2(inputs, outputs), *[ShuffleBlock2(outputs) for _ in range(blocks)])
    return Classifier(conv1=nn.Conv2d(shape[0], 24, 1, bias=False), bn1=nn.BatchNorm2d(24), relu=nn.ReLU(), layer1=stage(24, 116, 3), layer2=stage(116, 232, 7),
                      layer3=stage(232, 464, 3), conv2=nn.Conv2d(464, 1024, 1, bias=False), bn2=nn.BatchNorm2d(1024), relu2=nn.ReLU(), avgpool=nn.AdaptiveAvgPool2d(1),
                      linear=nn.Linear(1024, classes))


def torchvision_resnet(depth, classes, shape):
    return getattr(torchvision.models, f"resnet{depth}")(num_classes=classes)


class BlockV2(nn.Module):
    def __init__(self, inputs, width, stride, bottleneck):
        super().__init__()
        sizes = [(1, width, 1), (3, width, stride), (1, 4 * width, 1)] if bottleneck else [(3, width, stride), (3, width, 1)]
        self.depth, channels = len(sizes), inputs
        for number, (kernel, outputs, step) in enumerate(sizes, 1):
            self.add_module(f"conv{number}", nn.Conv2d(channels, outputs, kernel, step, kernel // 2, bias=False))
            self.add_module(f"bn{number}", nn.BatchNorm2d(outputs))
            channels = outputs
        keeps = stride == 1 and channels == inputs
        self.shortcut = nn.Sequential() if keeps else nn.Sequential(nn.Conv2d(inputs, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        y = x
        for number in range(1, self.depth + 1):
            y = getattr(self, f"bn{number}")(getattr(self, f"conv{number}")(y if number == 1 else y.relu()))
        return (y + self.shortcut(x)).relu()


def resnet_v2(depth, classes, shape):
    blocks, bottleneck = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3)}[depth], depth >= 50
    parts, channels = dict(conv1=nn.Conv2d(shape[0], 64, 3, padding=1, bias=False), bn1=nn.BatchNorm2d(64), relu=nn.ReLU()), 64
    for number, count in enumerate(blocks):
        width, outputs = 64 << number, (4 if bottleneck else 1) * (64 << number)
        parts[f"layer{number + 1}"] = nn.Sequential(*[BlockV2(outputs if block else channels, width, 2 if number and not block else 1, bottleneck) for block in range(count)])
        channels = outputs
    return draw_convolutions(Classifier(**parts, avgpool=nn.AdaptiveAvgPool2d(1), linear=nn.Linear(channels, classes)))


def conv_tiny(width, features, classes, shape):
    parts, channels, size = {}, shape[0], shape[1]
    for n in (1, 2, 3):
        parts |= {f"conv{n}": nn.Conv2d(channels, width, 3), f"conv{n}_bn": nn.BatchNorm2d(width), f"relu{n}": nn.ReLU(), f"pool{n}": nn.MaxPool2d(2)}
        channels, width, size = width, 2 * width, (size - 2) // 2
    return Classifier(**parts, fc1=nn.Linear(channels * size * size, features), relu4=nn.ReLU(), fc2=nn.Linear(features, classes))


def conv_net(depth, width, norm, classes, shape):
    channels, size = shape[0], shape[1]
    layers = []
    for block in range(depth):
        padding = 3 if block == 0 and shape[0] == 1 else 1
        size += 2 * padding - 2
        norms = {"none": [], "batch": [nn.BatchNorm2d(width)], "layer": [nn.LayerNorm([width, size, size])],
                 "instance": [nn.GroupNorm(width, width)], "group": [nn.GroupNorm(4, width)]}
        layers += [nn.Conv2d(channels, width, 3, padding=padding), *norms[norm], nn.ReLU(), nn.AvgPool2d(2)]
        channels, size = width, size // 2
    return Classifier(features=nn.Sequential(*layers), classifier=nn.Linear(channels * size * size, classes))


def instance_vgg(depth, classes, shape):
    layers, channels = [], shape[0]
    for count, width in zip(VGG[depth], (64, 128, 256, 512, 512)):
        for _ in range(count):
            layers += [nn.Conv2d(channels, width, 3, padding=1 if layers or channels == 3 else 3), nn.GroupNorm(width, width), nn.ReLU()]
            channels = width
        layers.append(nn.MaxPool2d(2))
    return Classifier(features=nn.Sequential(*layers), classifier=nn.Linear(512, classes))


class InstanceBlock(nn.Module):
    def __init__(self, inputs, width, stride, pools):
        super().__init__()
        step, self.halve = 1 if pools else stride, nn.AvgPool2d(2) if pools and stride == 2 else nn.Identity()
        self.conv1, self.bn1 = nn.Conv2d(inputs, width, 3, step, 1, bias=False), nn.GroupNorm(width, width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.GroupNorm(width, width)
        pool = [nn.AvgPool2d(2)] if pools else []
        self.shortcut = nn.Sequential() if stride == 1 else nn.Sequential(nn.Conv2d(inputs, width, 1, step, bias=False), *pool, nn.GroupNorm(width, width))

    def forward(self, x):
        return (self.bn2(self.conv2(self.halve(self.bn1(self.conv1(x)).relu()))) + self.shortcut(x)).relu()


def instance_resnet(blocks, pools, classes, shape):
    parts, channels = dict(conv1=nn.Conv2d(shape[0], 64, 3, padding=1, bias=False), bn1=nn.GroupNorm(64, 64), relu=nn.ReLU()), 64
    for number in range(4):
        width = 64 << number
        parts[f"layer{number + 1}"] = nn.Sequential(*[InstanceBlock(width if block else channels, width, 2 if number and not block else 1, pools) for block in range(blocks)])
        channels = width
    size = shape[1] // 8 if pools else 1
    return Classifier(**parts, avgpool=nn.Identity() if pools else nn.AdaptiveAvgPool2d(1), classifier=nn.Linear(512 * size * size, classes))


def lenet(classes, shape):
    features = nn.Sequential(nn.Conv2d(shape[0], 6, 5, padding=2 if shape[0] == 1 else 0), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2))
    return Classifier(features=features, fc_1=nn.Linear(400, 120), relu_1=nn.ReLU(), fc_2=nn.Linear(120, 84), relu_2=nn.ReLU(), fc_3=nn.Linear(84, classes))


def alexnet(classes, shape):
    features = nn.Sequential(
        nn.Conv2d(shape[0], 128, 5, padding=4 if shape[0] == 1 else 2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(128, 192, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(192, 256, 3, padding=1), nn.ReLU(), nn.Conv2d(256, 192, 3, padding=1), nn.ReLU(), nn.Conv2d(192, 192, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
    return Classifier(features=features, fc=nn.Linear(192 * 4 * 4, classes))


def mlp(classes, shape):
    return Classifier(fc_1=nn.Linear(math.prod(shape), 128), relu_1=nn.ReLU(), fc_2=nn.Linear(128, 128), relu_2=nn.ReLU(), fc_3=nn.Linear(128, classes))


COLOUR, GREY, LARGE, PHOTO = (3, 32, 32), (1, 28, 28), (3, 64, 64), (3, 224, 224)
NARROW, FOURFOLD = (16, 16, 32, 64), (32, 64, 128, 256)
CASES = [
    *[(f"plain-cnn-{depth}", classes, COLOUR, lambda c, s, d=depth: plain_cnn(*PLAIN[d, c], c, s)) for depth, classes in PLAIN],
    *[(f"plain-cnn-{depth}", 10, GREY, lambda c, s, d=depth: plain_cnn(*PLAIN[d, c], c, s)) for depth in (2, 6, 10)],
    *[(f"resnet-{depth}", classes, COLOUR, lambda c, s, d=depth: resnet(d, NARROW, c, s)) for depth in (8, 14, 20, 26, 32, 44, 56, 110) for classes in (10, 100)],
    ("resnet-8", 10, GREY, lambda c, s: resnet(8, NARROW, c, s)),
    ("conv-tiny", 10, COLOUR, lambda c, s: conv_tiny(16, 128, c, s)),
    ("conv-very-tiny", 10, COLOUR, lambda c, s: conv_tiny(8, 64, c, s)),
    ("conv-tiny", 10, GREY, lambda c, s: conv_tiny(16, 128, c, s)),
    ("convnet-d3-w128", 10, COLOUR, lambda c, s: conv_net(3, 128, "instance", c, s)),
    ("convnet-d3-w128", 100, COLOUR, lambda c, s: conv_net(3, 128, "instance", c, s)),
    ("convnet-d3-w128", 10, GREY, lambda c, s: conv_net(3, 128, "instance", c, s)),
    ("convnet-d4-w128", 200, (3, 64, 64), lambda c, s: conv_net(4, 128, "instance", c, s)),
    ("convnet-d5-w128", 10, (3, 128, 128), lambda c, s: conv_net(5, 128, "instance", c, s)),
    *[(f"convnet-d2-w16-{norm}", 10, COLOUR, lambda c, s, n=norm: conv_net(2, 16, n, c, s)) for norm in ("none", "batch", "layer", "group")],
    *[(name, 10, shape, make) for name, make in (("lenet", lenet), ("alexnet", alexnet), ("mlp", mlp)) for shape in (COLOUR, GREY)],
    *[(f"resnet-{depth}x4", 100, COLOUR, lambda c, s, d=depth: resnet(d, FOURFOLD, c, s)) for depth in (8, 32)],
    *[(f"wrn-{depth}-{factor}", 100, COLOUR, lambda c, s, d=depth, f=factor: wide_resnet(d, f, c, s)) for depth, factor in ((16, 1), (16, 2), (40, 1), (40, 2))],
    *[(f"vgg-{depth}", 100, COLOUR, lambda c, s, d=depth: vgg(d, c, s)) for depth in VGG],
    ("vgg-8", 200, LARGE, lambda c, s: vgg(8, c, s)),
    *[(f"resnetv2-{depth}", 100, COLOUR, lambda c, s, d=depth: resnet_v2(d, c, s)) for depth in (18, 34, 50)],
    *[(f"imagenet-resnet-{depth}", 1000, PHOTO, lambda c, s, d=depth: torchvision_resnet(d, c, s)) for depth in (18, 34, 50)],
    ("mobilenet-v2-half", 100, COLOUR, lambda c, s: mobilenet_v2(2, c, s)),
    ("mobilenet-v2", 100, COLOUR, lambda c, s: mobilenet_v2(1, c, s)),
    ("shufflenet-v1", 100, COLOUR, shufflenet_v1),
    ("shufflenet-v2", 100, COLOUR, shufflenet_v2),
    *[(name, 10, GREY, make) for name, make in (("wrn-16-2", lambda c, s: wide_resnet(16, 2, c, s)), ("vgg-8", lambda c, s: vgg(8, c, s)), ("shufflenet-v2", shufflenet_v2))],
    *[("vgg-11-instance", 10, shape, lambda c, s: instance_vgg(11, c, s)) for shape in (COLOUR, GREY)],
    ("vgg-16-instance", 100, COLOUR, lambda c, s: instance_vgg(16, c, s)),
    *[(f"resnetv2-18-instance{'-pool' if pools else ''}", 10, shape, lambda c, s, p=pools: instance_resnet(2, p, c, s)) for pools in (False, True) for shape in (COLOUR, GREY)],
]


def case(name, classes, shape, make):
    torch.manual_seed(SEED)
    network = make(classes, shape)
    state = "\n".join(f"{key} {list(value.shape)}" for key, value in network.state_dict().items())
    count = 2 * math.prod(shape)
    logits = network(torch.arange(count, dtype=torch.double).mul(0.1).sin().float().reshape(2, *shape))
    return {"name": name, "classes": classes, "input": shape, "parameters": sum(p.numel() for p in network.parameters()),
            "state": hashlib.sha256(state.encode()).hexdigest(), "logits": [round(value, 6) for value in logits.flatten().tolist()[:SHOWN]]}


torch.set_num_threads(1)
rows = ",\n".join(json.dumps(case(*arguments)) for arguments in CASES)
(pathlib.Path(__file__).parent / "models.json").write_text(f"[\n{rows}\n]\n")
