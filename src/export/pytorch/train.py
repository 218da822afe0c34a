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


class Mistake(Exception):
    """What whoever started this can mend: it is told without a trace."""


class Help(argparse.ArgumentDefaultsHelpFormatter):
    """Tells what is taken where nothing is given, if that is anything."""

    def _get_help_string(self, action):
        return super()._get_help_string(action) if action.default else action.help


def options_of(words):
    parser = argparse.ArgumentParser(
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
    parser.add_argument("--clip", type=positive, default=1.0, metavar="NORM", help="the greatest norm of a gradient; inf for none")
    parser.add_argument("--seed", type=int, default=1, help="of the order of examples, of noise, and of parameters that are drawn")
    parser.add_argument("--precision", choices=["f32", "f64"], default="f32", help="the type of numbers")
    parser.add_argument("--save-every", type=at_least(1), default=200, metavar="COUNT", help="steps between checkpoints")
    parser.add_argument("--evaluate-every", type=at_least(1), default=200, metavar="COUNT", help="steps between measures of what is held out")
    parser.add_argument("--fresh", action="store_true", help="begin anew, whatever the folder has")
    parser.add_argument("--cpu", action="store_true", help="not on GPUs, even where there are any")
    options = parser.parse_args(words)
    options.constants = dict(RULES[options.optimiser][1])
    for text in options.constant:
        name, _, value = text.partition("=")
        try:
            options.constants[name] = {name: float(value)}[name] if name in options.constants else None
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


def positive(text):
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not value > 0:
        raise argparse.ArgumentTypeError(f"I expected a number above 0, and found {text}")
    return value


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


def examples_of(space, model, paths):
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
                flaw = flaw_of(space, model, example)
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
    return examples, places, digest.hexdigest()


def no_number(name):
    raise ValueError(f"{name} is no number of JSON")


def flaw_of(space, model, example):
    """Why `pack` could not take an example as it is meant; nothing where it can."""
    names = [*model.VARIABLES, *model.LENGTHS]
    if not isinstance(example, dict):
        return f"I expected an object with {', '.join(names)}, and found {json.dumps(example)[:40]}"
    for name in example:
        if name not in names:
            return f"{name} is none of {', '.join(names)}"
    lengths = {}
    for name, over in model.LENGTHS.items():
        value = example.get(name, [] if over else 0)
        if not has_depth(value, len(over)) or not all(is_value(size, (), math.inf) for _, size in space.leaves(value, len(over))):
            return f"the length {name} is to be a whole number from 0{f' for each of {list(over)}' if over else ''}, and I found {json.dumps(value)[:40]}"
        if name in example:
            lengths.update({(name, place): (name, size) for place, size in space.leaves(value, len(over))})
    for name, (role, indices, shape, kind) in model.VARIABLES.items():
        value = example.get(name)
        if value is None:
            if role == "input":
                return f"the input {name} is missing"
            continue
        if not has_depth(value, len(indices)):
            return f"{name} is to be a list along each of its indices ({', '.join(map(str, indices))})"
        found = {length: {} for length in model.LENGTHS}
        try:
            space.measure(value, indices, model.LENGTHS, name, {}, found)
        except ValueError as error:
            return str(error)
        for length, sizes in found.items():
            for place, size in sizes.items():
                other, known = lengths.setdefault((length, place), (name, size))
                if known != size:
                    return f"{name} has {size} along {length}, and {other} has {known}"
        for place, leaf in space.leaves(value, len(indices)):
            if any(isinstance(index, int) and at >= index for index, at in zip(indices, place)):
                return f"{name} has more along its indices than {', '.join(map(str, indices))}"
            if leaf is None and role == "target":
                continue
            if not is_value(leaf, shape, kind):
                return f"{name} is to have {kinds_told(kind)}{f' in lists of {list(shape)}' if shape else ''}, and I found {json.dumps(leaf)[:40]}"
    return None


def has_depth(value, depth):
    return depth == 0 or value is None or (isinstance(value, list) and all(has_depth(each, depth - 1) for each in value))


def is_value(value, shape, kind):
    if shape:
        return isinstance(value, list) and len(value) == shape[0] and all(is_value(each, shape[1:], kind) for each in value)
    if isinstance(value, bool) or not isinstance(value, (int, float) if kind == "real" else int):
        return False
    return kind == "real" or (value >= 1 if kind == "position" else 0 <= value < kind)


def kinds_told(kind):
    """Real numbers, positions, or so many symbols."""
    return {"real": "numbers", "position": "positions from 1"}.get(kind) or f"whole numbers from 0 to {kind - 1}"


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
    # What is missing in all of a part may be there in others.
    targets = {name: None for name, (role, *_) in model.VARIABLES.items() if role == "target"}
    batch = model.pack([{**targets, **examples[i]} for i in indices])
    dtype, device = model.kind()
    for name, (distribution, parameter, mean) in getattr(model, "NOISES", {}).items():
        if name in batch or not model.training:
            continue
        _, along, shape, _ = model.VARIABLES[name]
        sizes = [[index if isinstance(index, int) else greatest(batch[index][b]) for index in along] for b in range(len(indices))]
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

    def forward(self, batch, factor):
        # Each parameter has a gradient, if one of zeros, so that processes without examples, or with such as do not read
        # it, take part in its sum as all others.
        nothing = sum(each.flatten()[:0].sum() for each in self.model.parameters() if each.requires_grad)
        return nothing if batch is None else factor * self.model.loss(batch) + nothing


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


def step_of(wrapped, model, world, examples, options, step):
    """Leaves the gradient of the whole batch in all processes. Gives this part of the loss, and what tells it per value."""
    indices, epoch = batch_at(step, len(examples), options.batch, options.seed)
    mine = share_of(indices, world)
    batch = packed(model, examples, mine, f"{options.seed} {step}")
    count = counted(model, batch)
    (all_counts,) = world.total(count)
    model.zero_grad(set_to_none=True)
    # Gradients are averaged over processes, not added up.
    loss = wrapped(batch, factor_of(len(mine), len(indices), count, all_counts) * world.size)
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


def measured(model, world, examples, options):
    """The loss of what is held out, per predicted value."""
    model.eval()
    total, counts = 0.0, 0.0
    with torch.no_grad():
        for start in range(0, len(examples), options.batch):
            mine = share_of(range(start, min(start + options.batch, len(examples))), world)
            batch = packed(model, examples, list(mine), "")
            if batch is not None:
                count = counted(model, batch)
                total += float(model.loss(batch)) * {"sum": 1.0, "mean": len(mine), "perObservation": count or 1.0}[LOSS]
                counts += count
    model.train()
    total, counts = world.total(total, counts)
    return total / (counts or 1.0)


def train(options):
    torch.set_default_dtype({"f32": torch.float32, "f64": torch.float64}[options.precision])
    space, make = loaded()
    torch.manual_seed(options.seed)
    model = make()
    if not hasattr(model, "loss") or not any(each.requires_grad for each in model.parameters()):
        raise Mistake(f"{CLASS} has no {'parameters to train' if hasattr(model, 'loss') else 'loss'}")
    examples, places, digest = examples_of(space, model, options.data)
    held_out = examples_of(space, model, options.held_out)[0] if options.held_out else []
    begin_with(options, model)
    world = World(options.cpu)
    if (world.told(torch.tensor(int(digest[:12], 16), device=world.device)) != int(digest[:12], 16)).item():
        raise Mistake(f"{', '.join(options.data)}: not what the first process reads under these names")
    model.to(world.device)
    folder = Folder(space, options, model, digest, world)
    done, best = folder.begin(model)
    share = Share(model)
    wrapped = share if world.size == 1 else DistributedDataParallel(share, device_ids=[world.device] if world.device.type == "cuda" else None)
    model.train()
    for step in range(done + 1, options.steps + 1):
        try:
            part, size, counts, epoch = step_of(wrapped, model, world, examples, options, step)
        except (IndexError, KeyError, RuntimeError, TypeError, ValueError):
            indices, _ = batch_at(step, len(examples), options.batch, options.seed)
            refuse_misfits(model, examples, places, share_of(indices, world))
            raise
        norm = descend(options, folder.tensors, folder.memories, step)
        measures = held_out != [] and (step % options.evaluate_every == 0 or step == options.steps)
        if not math.isfinite(norm):
            raise Mistake(f"step {step}: the gradient is no number any more; {folder.checkpoint} is of before. A lower --rate or --clip may help")
        if not measures and step % 10 != 0 and step != options.steps and step % options.save_every != 0:
            continue
        (loss,) = world.total(part)
        value = measured(model, world, held_out, options) if measures else None
        folder.log(step, epoch, per_value(loss, size, counts), value, norm, rate_at(options, step))
        if value is not None and value < best:
            best = value
            folder.write("best.safetensors", folder.weights())
        if step % options.save_every == 0 or step == options.steps:
            folder.save(step, best)
    world.wait()
    if world.rank == 0:
        print(f"{options.steps} steps: the weights are in {os.path.join(options.output, 'weights.safetensors')}", file=sys.stderr)
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
    spec = importlib.util.spec_from_file_location("exported", os.path.join(HERE, MODULE))
    try:
        space = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(space)
        return space, getattr(space, CLASS)
    except (OSError, AttributeError) as reason:
        raise Mistake(f"{MODULE} is to stand beside this file with the class {CLASS} ({reason})")


def refuse_misfits(model, examples, places, indices):
    """Of a step that failed: an example that the model cannot take, such as a symbol that is none of its own."""
    for i in indices:
        try:
            with torch.no_grad():
                model.loss(packed(model, examples, [i], ""))
        except (IndexError, KeyError, RuntimeError, TypeError, ValueError) as reason:
            raise Mistake(f"{places[i]}: {CLASS} cannot take it ({reason})")


def begin_with(options, model):
    beside = os.path.join(HERE, os.path.splitext(MODULE)[0] + ".safetensors")
    path = options.weights or (beside if os.path.exists(beside) else None)
    if path is not None:
        try:
            model.load(path)
        except (OSError, RuntimeError, KeyError, ValueError, struct.error) as reason:
            raise Mistake(f"the weights in {path} do not fit: {reason}")


# Files. The first process alone reads and writes them.


class Folder:
    def __init__(self, space, options, model, digest, world):
        self.space, self.options, self.world = space, options, world
        self.checkpoint = os.path.join(options.output, "checkpoint.safetensors")
        self.log_path = os.path.join(options.output, "log.jsonl")
        self.all = {model.PATHS.get(key, key): each for key, each in model.named_parameters()}
        self.tensors = {path: each for path, each in self.all.items() if each.requires_grad}
        count = RULES[options.optimiser][0]
        self.memories = {path: [torch.zeros_like(each) for _ in range(count)] for path, each in self.tensors.items()}
        self.began, self.before = time.time(), 0.0
        # What equal steps depend on: the number of processes is none of it.
        self.settings = {
            "--data": digest,
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
            **({"--steps": options.steps} if options.decay in ("linear", "cosine") else {}),
        }

    def begin(self, model):
        """The step that is done, and the lowest loss of what is held out: those of the checkpoint, if there is one."""
        step, best, mistake = 0, math.inf, None
        if self.world.rank == 0:
            try:
                os.makedirs(self.options.output, exist_ok=True)
                if os.path.exists(self.checkpoint) and not self.options.fresh:
                    step, best = self.read()
                    print(f"Going on from step {step} of {self.checkpoint}.", file=sys.stderr)
                self.cut_log(step)
            except Mistake as reason:
                mistake = reason
            except (OSError, ValueError, KeyError, RuntimeError, struct.error) as reason:
                mistake = Mistake(f"I cannot go on in {self.options.output}: {reason}. --fresh begins anew")
        told = self.world.told(torch.tensor([-1.0 if mistake else float(step), best], dtype=torch.float64, device=self.world.device)).tolist()
        if told[0] < 0:
            raise mistake or Mistake(f"the first process cannot begin in {self.options.output}")
        with torch.no_grad():
            for each in [*self.all.values(), *(memory for path in self.tensors for memory in self.memories[path])]:
                self.world.told(each.data)
        return int(told[0]), told[1]

    def read(self):
        with open(self.checkpoint, "rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            settings = json.loads(json.loads(file.read(length))["__metadata__"]["settings"])
        others = [name for name in {**settings, **self.settings} if settings.get(name) != self.settings.get(name)]
        if others:
            told = [f"{name} was {settings.get(name)}" if name.startswith("--") and name != "--data" else f"{name} was another" for name in others]
            raise Mistake(f"{self.checkpoint} was begun otherwise ({'; '.join(told)}): give the same, another --output, or --fresh")
        tensors = self.space.read_safetensors(self.checkpoint)
        with torch.no_grad():
            for path, each in self.all.items():
                each.copy_(tensors[f"parameter {path}"])
            for path, memories in self.memories.items():
                for i, memory in enumerate(memories):
                    memory.copy_(tensors[f"memory {i} {path}"])
        return int(tensors["step"]), float(tensors["best"])

    def cut_log(self, step):
        """Steps after the checkpoint are taken anew. A line that was not written whole ends the log."""
        kept = []
        if step > 0 and os.path.exists(self.log_path):
            with open(self.log_path, encoding="utf-8") as file:
                for line in file:
                    try:
                        told = json.loads(line)
                    except ValueError:
                        break
                    if told["step"] > step:
                        break
                    kept.append(line)
                    self.before = told["seconds"]
        self.write("log.jsonl", lambda path: write_text(path, "".join(kept)))

    def weights(self):
        return lambda path: self.space.write_safetensors(path, self.all)

    def save(self, step, best):
        """The weights first: what is in the checkpoint is never made anew."""
        tensors = {f"parameter {path}": each for path, each in self.all.items()}
        tensors.update({f"memory {i} {path}": memory for path, memories in self.memories.items() for i, memory in enumerate(memories)})
        tensors.update({"step": torch.tensor(step, dtype=torch.float64), "best": torch.tensor(best, dtype=torch.float64)})
        self.write("weights.safetensors", self.weights())
        self.write("checkpoint.safetensors", lambda path: self.space.write_safetensors(path, tensors, {"settings": json.dumps(self.settings)}))

    def write(self, name, written):
        """A file is there whole or not at all: it gets its name once it is on the disk."""
        if self.world.rank != 0:
            return
        path = os.path.join(self.options.output, name)
        partial = f"{path}.partial"
        written(partial)
        with open(partial, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(partial, path)

    def log(self, step, epoch, loss, held_out, norm, rate):
        """A line as rnnc writes them."""
        if self.world.rank != 0:
            return
        finite = lambda value: value if value is not None and math.isfinite(value) else None
        seconds = round(self.before + time.time() - self.began, 3)
        line = {"step": step, "epoch": epoch, "loss": finite(loss), "heldOut": finite(held_out), "norm": finite(norm), "rate": rate, "seconds": seconds}
        with open(self.log_path, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        print(f"step {step}: loss {loss:.4f}{'' if held_out is None else f', held out {held_out:.4f}'}", file=sys.stderr)


def write_text(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main(words=None):
    options = options_of(words)
    try:
        return train(options)
    except Mistake as mistake:
        # One process of a machine tells it for all.
        if os.environ.get("LOCAL_RANK", "0") == "0":
            print(f"{os.path.basename(__file__)}: {mistake}", file=sys.stderr)
        return ended(2)
    except Exception:
        traceback.print_exc()
        return ended(1)


if __name__ == "__main__":
    sys.exit(main())
