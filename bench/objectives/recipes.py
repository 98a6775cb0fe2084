"""Writes the recipes that compare the objectives on a part of CIFAR-100, step by step:

    recipes.py sizes          one epoch of each with a weight of 1e-7: how large is it beside cross-entropy?
    recipes.py search         three weights each, around the one that makes it as large: which is best on validation images?
    recipes.py keep           reads a finished run of one of these (--run), and adds what it found to sizes.json and weights.json
    recipes.py comparison     the chosen weights, three seeds

All but `keep` print a recipe for `limbeck run`. The search leaves out what weights.json has.
"""
import argparse
import json
import pathlib

HERE = pathlib.Path(__file__).parent
SEED_OF_SEARCH = 11
FACTORS = (0.1, 0.3, 1, 3, 10)
CROSS_ENTROPY = 2.07  # mean over the epoch of the first step; 2.03 for simkd, 2.07 for all others

RESPONSES = "soft-targets logit-regression dkd dist standardised-soft-targets nkd wsld mlkd ctkd sdd label-smoothing virtual-teacher bss".split()
FEATURES = "hint at vid ft cat-kd srrl reviewkd semckd simkd ab ofd nst cwd pad-l2".split()
RELATIONS = "crd fsp rkd sp cc pkt kdsvd ickd lp triplet-oki triplet-georgescu triplet-facenet".split()
KINDS = RESPONSES + FEATURES + RELATIONS

WITHOUT_LABELS = {"label-smoothing"}  # it is the labels
OPTIONS = {"ft": ", pretraining-epochs: 4"}
STUDENTS = {"simkd": "resnet-8+head-of-resnet-14"}


def head(name, epochs, seeds):
    return f"""name: {name}
data: {{ name: cifar100, classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], per-class: 380, validation: 10000, augment: [crop, flip] }}
defaults: {{ epochs: {epochs}, evaluate-every: {epochs}, batch: 64, threads: 1, optimizer: {{ kind: sgd, lr: 0.05, momentum: 0.9, weight-decay: 5e-4 }}, schedule: one-cycle }}
seeds: {seeds}
stages:
  teacher: {{ train: resnet-14, epochs: 30, evaluate-every: 5, seeds: [1] }}
"""


def stage(kind, weight, name=None):
    term = f"{{ kind: {kind}, weight: {weight:.4g}{OPTIONS.get(kind, '')} }}"
    terms = term if kind in WITHOUT_LABELS else f"cross-entropy, {term}"
    return f"  {name or kind}: {{ distil: {STUDENTS.get(kind, 'resnet-8')}, from: teacher, objectives: [{terms}] }}\n"


def trainings_of(run):
    stages = json.loads((pathlib.Path(run) / "result.json").read_text())["stages"]
    return [(stage["name"], seed["fit"]) for stage in stages for seed in stage["seeds"] if seed["seed"] == SEED_OF_SEARCH]


def sizes_of(run):
    return {kind: fit["epochs"][0]["terms"][kind] for kind, fit in trainings_of(run) if kind in KINDS}


def factors_of(run):
    accuracies = {}
    for stage, fit in trainings_of(run):
        kind, _, factor = stage.rpartition("-x")
        if kind:
            accuracies.setdefault(kind, {})[FACTORS[int(factor)]] = round(fit["last"]["validation"]["accuracy"], 4)
    return {kind: {"factor": max(tried, key=tried.get), "validation": dict(sorted(tried.items()))} for kind, tried in accuracies.items() if len(tried) == len(FACTORS)}


def known(name):
    path = HERE / name
    return json.loads(path.read_text()) if path.exists() else {}


def keep(name, found):
    if not found:
        return
    lines = ",\n".join(f"  {json.dumps(kind)}: {json.dumps(value)}" for kind, value in sorted({**known(name), **found}.items()))
    (HERE / name).write_text("{\n" + lines + "\n}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["sizes", "search", "keep", "comparison"])
    parser.add_argument("--run", help="run folder to keep the findings of")
    asked = parser.parse_args()
    sizes, chosen = known("sizes.json"), known("weights.json")
    if asked.step == "sizes":
        print(head("objective-sizes", 1, [SEED_OF_SEARCH]) + "".join(stage(kind, 1e-7) for kind in KINDS), end="")
    elif asked.step == "search":
        print(head("objective-weights", 2, [SEED_OF_SEARCH]) + "".join(
            stage(kind, factor * CROSS_ENTROPY / abs(sizes[kind]), f"{kind}-x{i}")
            for kind in KINDS if kind not in WITHOUT_LABELS and kind not in chosen for i, factor in enumerate(FACTORS)), end="")
    elif asked.step == "keep":
        keep("sizes.json", sizes_of(asked.run))
        keep("weights.json", factors_of(asked.run))
    else:
        missing = [kind for kind in KINDS if kind not in WITHOUT_LABELS and kind not in chosen]
        if missing:
            parser.exit(2, f"recipes.py: no weight is known of {', '.join(missing)}: run the recipe of 'search', then 'keep'\n")
        print(head("objectives", 4, [1, 2, 3]) + "  alone: { train: resnet-8 }\n" + "".join(
            stage(kind, 1 if kind in WITHOUT_LABELS else chosen[kind]["factor"] * CROSS_ENTROPY / abs(sizes[kind])) for kind in KINDS), end="")


if __name__ == "__main__":
    main()
