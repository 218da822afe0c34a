"""Trains the module that rnnc wrote beside it: by one process, or by many under torchrun, where any number of them gives the same.

    python train.py --data rows.jsonl --steps 100
    torchrun --standalone --nproc_per_node=4 train.py --data rows.jsonl --steps 100

It needs torch (1.13 or newer) and nothing else. Written by `rnnc export --to pytorch --trainer`.
"""
import argparse
import hashlib
import importlib.util
import json
import math
import os
import random
import struct
import sys
import time
import traceback

import torch
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel

MODULE, CLASS, LOSS = "model.py", "Model", "mean"

HERE = os.path.dirname(os.path.abspath(__file__))
MODULE_PATH = os.path.join(HERE, MODULE)


class Mistake(Exception):
    """What whoever started this can mend: it is told without a trace, by one process of a machine where all have found it."""

    by_all = True


class OwnMistake(Mistake):
    """What this process alone has found: it alone tells it."""

    by_all = False


class Elsewhere(Exception):
    """Another process tells why none can go on."""


class Help(argparse.ArgumentDefaultsHelpFormatter):
    """Tells what is taken where nothing is given, if that is anything."""

    def _get_help_string(self, action):
        return super()._get_help_string(action) if action.default else action.help


class Parser(argparse.ArgumentParser):
    def error(self, message):
        if not is_first_here():
            await_told(False)
            sys.exit(2)
        super().error(message)


def is_first_here():
    """One process of a machine tells for all what all have found."""
    return os.environ.get("LOCAL_RANK", "0") == "0"


def options_of(words):
    parser = Parser(
        description=f"Trains {CLASS} of {MODULE}, by one process or by many under torchrun: any number of them gives the same.",
        epilog="Where the folder has a checkpoint, training goes on from it, with another number of processes too.",
        formatter_class=Help,
    )
    parser.add_argument("--data", nargs="+", required=True, metavar="FILE", help="examples as JSON Lines, as the module's `pack` takes them")
    parser.add_argument("--held-out", nargs="+", metavar="FILE", help="examples that are measured and not trained on")
    parser.add_argument("--output", default="trained", metavar="FOLDER", help="where the checkpoint, the weights and the log go")
    parser.add_argument("--weights", metavar="FILE", help="what parameters begin with, in .safetensors (default: those beside the module, else drawn)")
    parser.add_argument("--steps", type=at_least(1), default=1000, metavar="COUNT", help="how many steps in all")
    parser.add_argument("--batch", type=at_least(1), default=32, metavar="COUNT", help="how many examples a step takes, over all processes")
    parser.add_argument("--optimiser", choices=list(RULES), default="adam")
    parser.add_argument("--constant", action="append", default=[], metavar="NAME=VALUE", help="one of the optimiser, as in beta1=0.8 (repeatable)")
    parser.add_argument("--rate", type=positive, default=0.003, help="the learning rate")
    parser.add_argument("--decay", choices=list(DECAYS), default="linear", help="of the learning rate")
    parser.add_argument("--warmup", type=at_least(0), default=20, metavar="COUNT", help="steps in which the learning rate climbs")
    parser.add_argument("--clip", type=norm_of_any, default=1.0, metavar="NORM", help="the greatest norm of a gradient; inf for none")
    parser.add_argument("--seed", type=int, default=1, help="of the order of examples, of noise, and of parameters that are drawn")
    parser.add_argument("--precision", choices=["f32", "f64"], default="f32", help="the type of numbers")
    parser.add_argument("--save-every", type=at_least(1), default=200, metavar="COUNT", help="steps between checkpoints")
    parser.add_argument("--evaluate-every", type=at_least(1), default=200, metavar="COUNT", help="steps between measures of what is held out")
    parser.add_argument("--fresh", action="store_true", help="begin anew, whatever this script has left in the folder")
    parser.add_argument("--cpu", action="store_true", help="not on GPUs, even where there are any")
    options = parser.parse_args(words)
    options.constants = dict(RULES[options.optimiser][1])
    for text in options.constant:
        name, _, value = text.partition("=")
        try:
            options.constants[name] = {name: finite(value)}[name] if name in options.constants else None
        except ValueError:
            parser.error(f"--constant {text}: I expected a number after {name}=")
        if options.constants[name] is None:
            parser.error(f"--constant {text}: {options.optimiser} has {', '.join(RULES[options.optimiser][1]) or 'none'}")
    return options


def at_least(least):
    def count(text):
        if not text.isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(f"I expected a whole number of at least {least}, and found {text}")
        return int(text)

    return count


def finite(text):
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def positive(text):
    try:
        value = finite(text)
    except ValueError:
        value = math.nan
    if not value > 0:
        raise argparse.ArgumentTypeError(f"I expected a number above 0, and found {text}")
    return value


def norm_of_any(text):
    return math.inf if text == "inf" else positive(text)


# The rules of descent, as rnnc has them: how many tensors each remembers of a parameter, its constants, and what becomes of
# the parameter `x` and of those by its clipped gradient `dx`.


def sgd(x, dx, memories, step, rate):
    return x - rate * dx, []


def momentum(x, dx, memories, step, rate, decay):
    velocity = decay * memories[0] + dx
    return x - rate * velocity, [velocity]


def adagrad(x, dx, memories, step, rate, epsilon):
    squares = memories[0] + dx * dx
    return x - rate * (dx / (squares.sqrt() + epsilon)), [squares]


def rmsprop(x, dx, memories, step, rate, decay, epsilon):
    squares = decay * memories[0] + (1 - decay) * (dx * dx)
    return x - rate * (dx / (squares.sqrt() + epsilon)), [squares]


def adam(x, dx, memories, step, rate, beta1, beta2, epsilon):
    first = beta1 * memories[0] + (1 - beta1) * dx
    second = beta2 * memories[1] + (1 - beta2) * (dx * dx)
    direction = (first / (1 - beta1**step)) / ((second / (1 - beta2**step)).sqrt() + epsilon)
    return x - rate * direction, [first, second]


def adamw(x, dx, memories, step, rate, beta1, beta2, epsilon, weightDecay):
    moved, memories = adam(x, dx, memories, step, rate, beta1, beta2, epsilon)
    return moved - rate * weightDecay * x, memories


RULES = {
    "sgd": (0, {}, sgd),
    "momentum": (1, {"decay": 0.9}, momentum),
    "adagrad": (1, {"epsilon": 1e-8}, adagrad),
    "rmsprop": (1, {"decay": 0.9, "epsilon": 1e-8}, rmsprop),
    "adam": (2, {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}, adam),
    "adamw": (2, {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0.01}, adamw),
}

# What the learning rate is multiplied by after the warm-up.
DECAYS = {
    "constant": lambda step, warmup, steps: 1.0,
    "linear": lambda step, warmup, steps: max(0.0, 1 - share_done(step, warmup, steps)),
    "root": lambda step, warmup, steps: math.sqrt((warmup + 1) / step),
    "cosine": lambda step, warmup, steps: (1 + math.cos(math.pi * min(1.0, share_done(step, warmup, steps)))) / 2,
}


def share_done(step, warmup, steps):
    return (step - warmup - 1) / max(1, steps - warmup)


def rate_at(options, step):
    if step <= options.warmup:
        return options.rate * step / (options.warmup + 1)
    return options.rate * DECAYS[options.decay](step, options.warmup, options.steps)


# Examples.


def examples_of(model, paths):
    """Those of files of JSON Lines, where each stands, and what tells all from others."""
    examples, places, problems, digest = [], [], [], hashlib.sha256()
    for path in paths:
        try:
            with open(path, "rb") as file:
                content = file.read()
        except OSError as reason:
            raise Mistake(f"I cannot read {path} ({reason.strerror})")
        digest.update(content)
        for number, line in enumerate(content.split(b"\n"), 1):
            if not line.strip():
                continue
            try:
                example = json.loads(line.decode("utf-8-sig"), parse_constant=no_number)
                flaw = flaw_of(model, example)
            except (ValueError, RecursionError) as reason:
                flaw = f"it is no JSON ({reason})"
            if flaw is None:
                examples.append(example)
                places.append(f"{path}, line {number}")
            else:
                problems.append(f"{path}, line {number}: {flaw}")
    if problems:
        more = len(problems) - 5
        raise Mistake("\n  ".join([*problems[:5], *([f"and {more} more"] if more > 0 else [])]))
    if not examples:
        raise Mistake(f"{', '.join(paths)}: there are no examples; I expected one JSON object a line")
    refuse_uneven(model, examples, places)
    return examples, places, digest.hexdigest()


def no_number(name):
    raise ValueError(f"{name} is no number of JSON")


def flaw_of(model, example):
    """Why `pack` does not take an example; nothing where it does."""
    try:
        batch = model.pack([with_targets(model, example)])
    except ValueError as reason:
        # The line stands for the example.
        return str(reason).replace("examples[0].", "").replace("examples[0]: ", "")
    for name in model.VARIABLES:
        if name in batch and not torch.isfinite(batch[name]).all():
            return f"{name} is to have finite numbers, and has greater ones"
    return None


def with_targets(model, example):
    """What is missing in an example may be there in others."""
    if not isinstance(example, dict):
        return example
    return {**{name: None for name, (role, *_) in model.VARIABLES.items() if role == "target"}, **example}


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def refuse_uneven(model, examples, places):
    """Noise and weights of targets are given by all examples, or by none."""
    for name, (role, *_) in model.VARIABLES.items():
        given = [name in example for example in examples]
        if role in ("noise", "weight") and any(given) and not all(given):
            raise Mistake(f"{places[given.index(False)]}: {name} is missing, which {places[given.index(True)]} has: all examples give it, or none")


def batch_at(step, count, size, seed):
    """The examples of a step (from 1), and how many epochs are through after it: whatever the number of processes."""
    per_epoch = -(-count // size)
    epoch, place = divmod(step - 1, per_epoch)
    order = list(range(count))
    random.Random(f"{seed} {epoch}").shuffle(order)
    return order[place * size : (place + 1) * size], step // per_epoch


def share_of(items, world):
    """The part of a process: where there are fewer than processes, of some nothing."""
    return items[len(items) * world.rank // world.size : len(items) * (world.rank + 1) // world.size]


def packed(model, examples, indices, seed):
    """A batch, with the noise of each example drawn by its number: as it is whatever stands beside the example."""
    if not indices:
        return None
    batch = model.pack([with_targets(model, examples[i]) for i in indices])
    dtype, device = model.kind()
    for name, (distribution, parameter, mean) in getattr(model, "NOISES", {}).items():
        if name in batch or not model.training:
            continue
        _, along, shape, _ = model.VARIABLES[name]
        extents = [model.AXES[axis][0] for axis in along]
        sizes = [[each if isinstance(each, int) else greatest(batch[each][b]) for each in extents] for b in range(len(indices))]
        values = torch.zeros(len(indices), *[max(each) for each in zip(*sizes)], *shape, dtype=dtype)
        for b, i in enumerate(indices):
            generator = torch.Generator().manual_seed(random.Random(f"{seed} {i} {name}").getrandbits(62))
            size = (*sizes[b], *shape)
            if distribution == "bernoulli":
                drawn = torch.bernoulli(torch.full(size, parameter, dtype=dtype), generator=generator)
            else:
                drawn = mean + parameter * torch.randn(size, dtype=dtype, generator=generator)
            values[(b, *map(slice, size))] = drawn
        batch[name] = values.to(device)
    return batch


def greatest(lengths):
    return int(lengths.max()) if lengths.numel() > 0 else 0


# Processes.


class World:
    """All processes, each with a part of every batch. One alone needs no other, and no torchrun."""

    def __init__(self, on_cpu):
        self.size, self.rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
        local = int(os.environ.get("LOCAL_RANK", "0"))
        has_gpu = torch.cuda.is_available() and not on_cpu
        self.device = torch.device("cuda", local) if has_gpu else torch.device("cpu")
        if has_gpu:
            torch.cuda.set_device(self.device)
        if self.size > 1:
            distributed.init_process_group("nccl" if has_gpu else "gloo")

    def total(self, *numbers):
        """The sums over all processes."""
        if self.size == 1:
            return list(numbers)
        tensor = torch.tensor(numbers, dtype=torch.float64, device=self.device)
        distributed.all_reduce(tensor)
        return tensor.tolist()

    def agree(self, mistake):
        """Ends all where one has found a mistake."""
        self.end_if(mistake, *self.total(1.0 if mistake else 0.0))

    def end_if(self, mistake, mistakes):
        if mistake:
            raise mistake
        if mistakes:
            raise Elsewhere()

    def told(self, tensor):
        """What the first process has."""
        if self.size > 1:
            distributed.broadcast(tensor, 0)
        return tensor

    def wait(self):
        """Until all have come as far."""
        if self.size > 1:
            distributed.barrier()


class Share(nn.Module):
    """What a process adds to the loss."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, batch):
        # Each parameter has a gradient, if one of zeros, so that processes without examples, or with such as do not read
        # it, take part in its sum as all others.
        nothing = sum(each.flatten()[:0].sum() for each in self.model.parameters() if each.requires_grad)
        return nothing if batch is None else self.model.loss(batch) + nothing


def factor_of(examples, all_examples, count, all_counts):
    """What the loss of a part is multiplied by, so that the parts add up to the loss of the whole."""
    if LOSS == "sum":
        return 1.0
    return (count or 1.0) / (all_counts or 1.0) if LOSS == "perObservation" else examples / all_examples


def per_value(loss, all_examples, all_counts):
    """The loss of a whole batch, in nats per predicted value, as rnnc tells it; where none is given, as it is."""
    return loss * {"sum": 1.0, "mean": all_examples, "perObservation": all_counts}[LOSS] / all_counts if all_counts else loss


def counted(model, batch):
    """What the values count that a batch has for the model to predict."""
    if batch is None:
        return 0.0
    if LOSS == "perObservation":
        with torch.no_grad():
            return float(model.count(batch))
    targets = [name for name, (role, *_) in model.VARIABLES.items() if role == "target"]
    return sum(float(batch[f"{name}.given"].sum()) for name in targets) if targets else float(batch["batch size"])


# Training.


def step_of(wrapped, model, world, examples, places, options, step):
    """Leaves the gradient of the whole batch in all processes. Gives this part of the loss, and what tells it per value."""
    indices, epoch = batch_at(step, len(examples), options.batch, options.seed)
    mine = share_of(indices, world)
    batch, count, mistake = None, 0.0, None
    try:
        batch = packed(model, examples, mine, f"{options.seed} {step}")
        count = counted(model, batch)
    except UNTAKEN as reason:
        batch, mistake = None, misfit(model, examples, places, mine, reason)
    model.zero_grad(set_to_none=True)
    try:
        loss = wrapped(batch)
    except UNTAKEN as reason:
        mistake = misfit(model, examples, places, mine, reason)
    # Before gradients meet, as those of a process that has none would be waited for.
    all_counts, mistakes = world.total(count, 1.0 if mistake else 0.0)
    world.end_if(mistake, mistakes)
    # Gradients are averaged over processes, not added up.
    loss = factor_of(len(mine), len(indices), count, all_counts) * world.size * loss
    loss.backward()
    return float(loss.detach()) / world.size, len(indices), all_counts, epoch


def descend(options, tensors, memories, step):
    """Moves the parameters; the norm of the gradient before it is clipped."""
    _, _, rule = RULES[options.optimiser]
    with torch.no_grad():
        norm = float(sum((each.grad * each.grad).sum() for each in tensors.values()).sqrt())
        shortening = 1.0 if norm <= options.clip else options.clip / norm
        for path, each in tensors.items():
            moved, memories[path] = rule(each, shortening * each.grad, memories[path], step, rate_at(options, step), **options.constants)
            each.copy_(moved)
    return norm


def measured(model, world, examples, places, options):
    """The loss of what is held out, per predicted value."""
    model.eval()
    total, counts, mistake = 0.0, 0.0, None
    with torch.no_grad():
        for start in range(0, len(examples), options.batch):
            mine = share_of(range(start, min(start + options.batch, len(examples))), world)
            try:
                batch = packed(model, examples, list(mine), "")
                if batch is not None:
                    count = counted(model, batch)
                    total += float(model.loss(batch)) * {"sum": 1.0, "mean": len(mine), "perObservation": count or 1.0}[LOSS]
                    counts += count
            except UNTAKEN as reason:
                mistake = misfit(model, examples, places, mine, reason)
                break
    model.train()
    total, counts, mistakes = world.total(total, counts, 1.0 if mistake else 0.0)
    world.end_if(mistake, mistakes)
    return total / (counts or 1.0)


def train(options):
    torch.set_default_dtype({"f32": torch.float32, "f64": torch.float64}[options.precision])
    space, make = loaded()
    torch.manual_seed(options.seed)
    model = make()
    if not hasattr(model, "loss") or not any(each.requires_grad for each in model.parameters()):
        raise Mistake(f"{CLASS} has no {'parameters to train' if hasattr(model, 'loss') else 'loss'}")
    examples, places, digest = examples_of(model, options.data)
    held_out, held_out_places, held_out_digest = examples_of(model, options.held_out) if options.held_out else ([], [], None)
    begin_with(options, model)
    world = World(options.cpu)
    # What is measured is shared, too.
    read = int(hashlib.sha256(f"{digest} {held_out_digest}".encode()).hexdigest()[:12], 16)
    is_other = (world.told(torch.tensor(read, device=world.device)) != read).item()
    names = ", ".join([*options.data, *(options.held_out or [])])
    world.agree(OwnMistake(f"{names}: not what the first process reads under these names") if is_other else None)
    model.to(world.device)
    folder = Folder(space, options, model, {"--data": digest, "--held-out": held_out_digest}, world)
    done, best = folder.begin()
    weights_told = f"the weights are in {os.path.join(options.output, 'weights.safetensors')}"
    if done >= options.steps:
        if world.rank == 0:
            print(f"{done} steps are done already: {weights_told}", file=sys.stderr)
        world.wait()
        return ended(0)
    share = Share(model)
    devices = [world.device] if world.device.type == "cuda" else None
    wrapped = share if world.size == 1 else DistributedDataParallel(share, device_ids=devices, broadcast_buffers=False)
    model.train()
    for step in range(done + 1, options.steps + 1):
        part, size, counts, epoch = step_of(wrapped, model, world, examples, places, options, step)
        norm = descend(options, folder.tensors, folder.memories, step)
        measures = held_out != [] and (step % options.evaluate_every == 0 or step == options.steps)
        if not math.isfinite(norm):
            before = f"; {folder.checkpoint} is of step {folder.saved}" if folder.saved > 0 else ""
            raise Mistake(f"step {step}: the gradient is no number any more{before}. A lower --rate or --clip may help")
        if not measures and step % 10 != 0 and step != options.steps and step % options.save_every != 0:
            continue
        (loss,) = world.total(part)
        value = measured(model, world, held_out, held_out_places, options) if measures else None
        folder.log(step, epoch, per_value(loss, size, counts), value, norm, rate_at(options, step))
        if value is not None and value < best:
            best = value
            folder.write("best.safetensors", folder.weights())
        if step % options.save_every == 0 or step == options.steps:
            folder.save(step, best)
        world.agree(folder.problem)
    world.wait()
    if world.rank == 0:
        print(f"{options.steps} steps: {weights_told}", file=sys.stderr)
    return ended(0)


def ended(code):
    """Ends the process where it is one of many, while all that it made is there still: PyTorch may wait for ever for a thread
    of gloo that waits for Python to take its tensors back (~ProcessGroupGloo, if the last that has the group is DDP)."""
    if distributed.is_available() and distributed.is_initialized():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def loaded():
    """The module beside this file, whatever its name is."""
    spec = importlib.util.spec_from_file_location("exported", MODULE_PATH)
    try:
        space = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(space)
        return space, getattr(space, CLASS)
    except (OSError, AttributeError) as reason:
        raise Mistake(f"{MODULE} is to stand beside this file with the class {CLASS} ({reason})")


# What a model says to an example that it cannot take, such as one with a symbol that is none of its own.
UNTAKEN = (IndexError, KeyError, OverflowError, RuntimeError, TypeError, ValueError)


def misfit(model, examples, places, indices, failed):
    """Of a part that failed: the first example that fails by itself. Where none does, it is not of the data."""
    for i in indices:
        try:
            with torch.no_grad():
                model.loss(packed(model, examples, [i], ""))
        except UNTAKEN as reason:
            return OwnMistake(f"{places[i]}: {CLASS} cannot take it ({reason})")
    raise failed


def begin_with(options, model):
    beside = os.path.join(HERE, os.path.splitext(MODULE)[0] + ".safetensors")
    path = options.weights or (beside if os.path.exists(beside) else None)
    if path is not None:
        try:
            model.load(path)
        except (OSError, RuntimeError, KeyError, ValueError, struct.error) as reason:
            raise Mistake(f"the weights in {path} do not fit: {reason}")


# Files. The first process alone reads and writes them.

FILES = ("checkpoint.safetensors", "weights.safetensors", "best.safetensors", "log.jsonl")


DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, OverflowError, struct.error)


class Folder:
    """What is in `--output`. A checkpoint of this script says that all is its own: the first is written before anything else."""

    def __init__(self, space, options, model, digests, world):
        self.space, self.options, self.world = space, options, world
        self.checkpoint = os.path.join(options.output, "checkpoint.safetensors")
        self.log_path = os.path.join(options.output, "log.jsonl")
        self.all = {model.PATHS.get(key, key): each for key, each in model.named_parameters()}
        self.tensors = {path: each for path, each in self.all.items() if each.requires_grad}
        count = RULES[options.optimiser][0]
        self.memories = {path: [torch.zeros_like(each) for _ in range(count)] for path, each in self.tensors.items()}
        self.began, self.before, self.saved = time.time(), 0.0, 0
        # Of a file that could not be written: all processes end once they have come together.
        self.problem = None
        with open(MODULE_PATH, "rb") as file:
            module = hashlib.sha256(file.read()).hexdigest()
        # What equal steps depend on: the number of processes is none of it.
        self.settings = {
            **digests,
            "--batch": options.batch,
            "--seed": options.seed,
            "--optimiser": options.optimiser,
            "--constant": options.constants,
            "--rate": options.rate,
            "--decay": options.decay,
            "--warmup": options.warmup,
            "--clip": str(options.clip),
            "--precision": options.precision,
            "the module": [CLASS, LOSS, {path: list(each.shape) for path, each in self.all.items()}],
            "the text of the module": module,
            **({"--steps": options.steps} if options.decay in ("linear", "cosine") else {}),
        }

    def begin(self):
        """The step that is done, and the lowest loss of what is held out: those of the checkpoint, if there is one."""
        step, best, mistake = 0, math.inf, None
        if self.world.rank == 0:
            try:
                step, best = self.looked_into()
            except Mistake as reason:
                mistake = reason
        told = self.world.told(torch.tensor([step, best], dtype=torch.float64, device=self.world.device)).tolist()
        self.world.agree(mistake)
        with torch.no_grad():
            for each in [*self.all.values(), *(memory for path in self.tensors for memory in self.memories[path])]:
                self.world.told(each.data)
        self.saved = int(told[0])
        return self.saved, told[1]

    def looked_into(self):
        """Nothing that this script did not write is touched."""
        try:
            os.makedirs(self.options.output, exist_ok=True)
        except OSError as reason:
            raise Mistake(f"I cannot make the folder {self.options.output} ({reason.strerror}): give another --output")
        there = [name for name in FILES if os.path.lexists(os.path.join(self.options.output, name))]
        if os.path.lexists(os.path.join(self.options.output, "run.json")):
            raise Mistake(f"{self.options.output} is a run of rnnc: give another --output")
        if there and "checkpoint.safetensors" not in there:
            without = "--fresh is for what this script has left" if self.options.fresh else "without a checkpoint of this script"
            raise Mistake(f"{self.options.output} has {' and '.join(there)} of something else ({without}): give another --output")
        folders = [name for name in there if os.path.isdir(os.path.join(self.options.output, name))]
        if folders:
            raise Mistake(f"{os.path.join(self.options.output, folders[0])} is a folder, where a file is to be: give another --output")
        step, best = 0, math.inf
        if there:
            settings, tensors = self.own()
            if not self.options.fresh and tensors["step"] > 0:
                step, best = self.taken(settings, tensors)
                print(f"Going on from step {step} of {self.checkpoint}.", file=sys.stderr)
        if step == 0:
            self.emptied()
        kept = self.kept_log(step)
        self.write("log.jsonl", lambda path: write_text(path, kept))
        if self.problem:
            raise self.problem
        return step, best

    def own(self):
        """The settings and tensors of the checkpoint that is there. Of another file nothing says what the others beside it are."""
        try:
            settings, tensors = settings_in(self.checkpoint), self.space.read_safetensors(self.checkpoint)
            if not (tensors["step"] >= 0 and math.isfinite(tensors["step"]) and tensors["best"].dim() == 0):
                raise ValueError("its step is none")
            return settings, tensors
        except DAMAGED as reason:
            raise Mistake(f"{self.checkpoint} is damaged, or not of this script ({one_line(reason)}): give another --output")

    def taken(self, settings, tensors):
        """Goes on from a checkpoint, if it was begun as now."""
        # Checkpoints of older scripts say less.
        compared = [name for name in self.settings if name in settings and name != "--held-out"]
        others = [name for name in compared if settings[name] != self.settings[name]]
        if others:
            told = "; ".join(self.other_told(name, settings[name]) for name in others)
            ways = f"give the same, another --output (with --weights {os.path.join(self.options.output, 'weights.safetensors')} to begin with these), or --fresh"
            raise Mistake(f"{self.checkpoint} was begun otherwise ({told}): {ways}")
        step, best = int(tensors["step"]), float(tensors["best"])
        measured_on = settings.get("--held-out")
        if self.settings["--held-out"] is None:
            self.settings["--held-out"] = measured_on
        elif measured_on != self.settings["--held-out"] and math.isfinite(best):
            best = math.inf
            print("What is held out is other than before: its lowest loss is looked for anew, and best.safetensors with it.", file=sys.stderr)
        try:
            with torch.no_grad():
                for path, each in self.all.items():
                    each.copy_(tensors[f"parameter {path}"])
                for path, memories in self.memories.items():
                    for i, memory in enumerate(memories):
                        memory.copy_(tensors[f"memory {i} {path}"])
        except DAMAGED as reason:
            raise Mistake(f"{self.checkpoint} is damaged ({one_line(reason)}): give another --output, or --fresh")
        return step, best

    def other_told(self, name, before):
        if name == "--steps":
            return f"--steps was {before}, by which the rate of --decay {self.options.decay} goes"
        return f"{name} was {before}" if name.startswith("--") and name != "--data" else f"{name} was another"

    def emptied(self):
        """What a training of before has left goes, and the first checkpoint says whose folder it is."""
        for name in ("best.safetensors", "weights.safetensors", "log.jsonl"):
            path = os.path.join(self.options.output, name)
            try:
                if os.path.lexists(path):
                    os.remove(path)
            except OSError as reason:
                raise Mistake(f"I cannot remove {path} ({reason.strerror}): give another --output")
        self.write_checkpoint(0, math.inf)
        if self.problem:
            raise self.problem

    def kept_log(self, step):
        """Steps after the checkpoint are taken anew. A line that was not written whole ends the log."""
        kept = []
        if step == 0 or not os.path.lexists(self.log_path):
            return ""
        try:
            with open(self.log_path, encoding="utf-8") as file:
                lines = file.readlines()
        except (OSError, ValueError) as reason:
            raise Mistake(f"I cannot read {self.log_path} ({one_line(reason)}): move it away, give another --output, or --fresh")
        for number, line in enumerate(lines, 1):
            try:
                told = json.loads(line)
            except (ValueError, RecursionError):
                break
            if not isinstance(told, dict) or not all(is_number(told.get(name)) for name in ("step", "seconds")):
                found = f"I expected a step with its seconds, and found {line.strip()[:40]}"
                raise Mistake(f"{self.log_path}, line {number}: {found}. Mend it, move it away, or give another --output")
            if told["step"] > step:
                break
            kept.append(line)
            self.before = told["seconds"]
        return "".join(kept)

    def weights(self):
        return lambda path: self.space.write_safetensors(path, self.all)

    def save(self, step, best):
        """The weights first: what is in the checkpoint is never made anew."""
        self.write("weights.safetensors", self.weights())
        self.write_checkpoint(step, best)
        self.saved = step

    def write_checkpoint(self, step, best):
        tensors = {f"parameter {path}": each for path, each in self.all.items()}
        tensors.update({f"memory {i} {path}": memory for path, memories in self.memories.items() for i, memory in enumerate(memories)})
        tensors.update({"step": torch.tensor(step, dtype=torch.float64), "best": torch.tensor(best, dtype=torch.float64)})
        self.write("checkpoint.safetensors", lambda path: self.space.write_safetensors(path, tensors, {"settings": json.dumps(self.settings)}))

    def write(self, name, written):
        """A file is there whole or not at all: it gets its name once it is on the disk. After one that cannot be, none is written."""
        if self.world.rank != 0 or self.problem:
            return
        path = os.path.join(self.options.output, name)
        partial = f"{path}.partial"
        try:
            written(partial)
            with open(partial, "rb+") as file:
                os.fsync(file.fileno())
            os.replace(partial, path)
        except OSError as reason:
            self.problem = OwnMistake(f"I cannot write {path} ({reason.strerror})")

    def log(self, step, epoch, loss, held_out, norm, rate):
        """A line as rnnc writes them."""
        if self.world.rank != 0:
            return
        known = lambda value: value if value is not None and math.isfinite(value) else None
        seconds = round(self.before + time.time() - self.began, 3)
        line = {"step": step, "epoch": epoch, "loss": known(loss), "heldOut": known(held_out), "norm": known(norm), "rate": rate, "seconds": seconds}
        try:
            with open(self.log_path, "a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
        except OSError as reason:
            self.problem = OwnMistake(f"I cannot write {self.log_path} ({reason.strerror})")
        print(f"step {step}: loss {loss:.4f}{'' if held_out is None else f', held out {held_out:.4f}'}", file=sys.stderr)


def settings_in(path):
    """What a checkpoint was begun with."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        if length > os.fstat(file.fileno()).st_size:
            raise ValueError("its header would be longer than the file")
        header = json.loads(file.read(length))
    settings = json.loads(header["__metadata__"]["settings"])
    if not isinstance(settings, dict):
        raise ValueError("its settings are none")
    return settings


def one_line(reason):
    """What an exception says, with its kind where that is all that tells."""
    said = " ".join(str(reason).split())
    return f"{type(reason).__name__}: {said}" if isinstance(reason, (KeyError, TypeError, AttributeError)) else said


def write_text(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def await_told(tells):
    """Where one process has ended torchrun ends the others, so that whoever tells why goes first."""
    if distributed.is_available() and distributed.is_initialized():
        distributed.barrier()
    elif not tells:
        time.sleep(1)


def main(words=None):
    options = options_of(words)
    try:
        return train(options)
    except (Mistake, Elsewhere) as end:
        tells = isinstance(end, Mistake) and (not end.by_all or is_first_here())
        if tells:
            print(f"{os.path.basename(__file__)}: {end}", file=sys.stderr, flush=True)
        await_told(tells)
        return ended(2)
    except Exception:
        traceback.print_exc()
        return ended(1)


if __name__ == "__main__":
    sys.exit(main())
