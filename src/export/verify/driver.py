"""What `rnnc verify` runs: a user's module of PyTorch, asked for its parameters, losses and gradients.

A question a line as JSON from standard input, an answer a line as JSON to standard output; what the user's file prints goes to
standard error. All numbers are 64-bit; those that are not finite are texts.
"""
import contextlib
import importlib.util
import inspect
import json
import math
import os
import signal
import sys
import threading
import time
import traceback

questions = os.fdopen(os.dup(0), "r", encoding="utf-8")
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
os.dup2(2, 1)
sys.dont_write_bytecode = True


def end_with(parent):
    """Nobody waits for an answer once rnnc has ended, however it did."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
signal.signal(signal.SIGINT, signal.SIG_DFL)
LIMIT = float(sys.argv[1])


def answer(value):
    answers.write(json.dumps(value, allow_nan=False) + "\n")
    answers.flush()


try:
    import torch
except ImportError:
    answer({"torch": None})
    sys.exit(0)

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
NAME = "rnnc_verified"
NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


class Unfit(Exception):
    """What is told as it stands, without a place."""


class TooLong(BaseException):
    """No Exception: what catches all errors in a file must not catch this one."""


def too_long(*_):
    raise TooLong(f"it takes longer than --time-limit {LIMIT:g}s")


@contextlib.contextmanager
def limited():
    """An alarm within whatever is done; where the system has none, rnnc itself ends what takes too long."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class Batch(dict):
    """A dictionary that knows its names in other spellings, too."""

    def __init__(self, values, aliases):
        super().__init__(values)
        self.aliases = aliases

    def __missing__(self, key):
        if key in self.aliases and self.aliases[key] in self:
            return self[self.aliases[key]]
        raise KeyError(f"{key} (there are {', '.join(self)})")


def number(x):
    return x if math.isfinite(x) else "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"


def rows(tensor):
    return [number(x) for x in tensor.detach().to(torch.float64).flatten().tolist()]


class Verified:
    """The user's file, its class, and what computes the loss."""

    def __init__(self, file, wanted, alike, names, aliases):
        self.file = file
        self.aliases = aliases
        sys.path.insert(0, os.path.dirname(file))
        spec = importlib.util.spec_from_file_location(NAME, file)
        if spec is None:
            raise Unfit("its name does not end in .py")
        space = importlib.util.module_from_spec(spec)
        sys.modules[NAME] = space
        spec.loader.exec_module(space)
        self.kind = chosen(space, wanted, alike)
        function = getattr(space, "loss", None)
        self.function = function if inspect.isfunction(function) and takes_module(function) else None
        method = getattr(self.kind, "loss", None)
        self.method = "loss" if inspect.isfunction(method) else "forward"
        target = self.function or getattr(self.kind, self.method)
        given = [p for p in inspect.signature(target).parameters.values()][1:]
        self.plan(given, names)
        self.modules = {}

    def plan(self, given, names):
        """Either the whole batch as one dictionary, or each value under its own name."""
        what = "loss" if self.function else f"{self.kind.__name__}.{self.method}"
        known = lambda name: name in names or name in self.aliases
        required = [p.name for p in given if p.kind in NAMED and p.default is p.empty]
        required += [p.name for p in given if p.kind is p.POSITIONAL_ONLY]
        strange = [name for name in required if not known(name)]
        self.whole = len(required) == 1 and len(strange) == 1
        if strange and not self.whole:
            raise Unfit(
                f"{what} asks for {', '.join(strange)}; what there is: {', '.join(names)}"
                " (or one argument, which gets all of them as a dictionary)"
            )
        every = any(p.kind is p.VAR_KEYWORD for p in given)
        self.named = {p.name: self.aliases.get(p.name, p.name) for p in given if p.kind in NAMED and known(p.name)}
        if every:
            self.named = {**{name: name for name in names if name not in self.named.values()}, **self.named}
        if not self.whole and not self.named:
            raise Unfit(f"{what} asks for nothing; what there is: {', '.join(names)}")

    def made(self, given):
        key = json.dumps(given, sort_keys=True)
        if key not in self.modules:
            module = self.kind(**given).double()
            module.eval()
            self.modules[key] = module
        return self.modules[key]

    def loss_of(self, module, batch):
        called = getattr(module, self.method) if self.method != "forward" else module
        head = [module] if self.function else []
        called = self.function or called
        if self.whole:
            return called(*head, batch)
        return called(*head, **{name: batch[of] for name, of in self.named.items()})

    def batch_of(self, module, case):
        """Modules that rnnc wrote make their own of examples: they ask for more than the values."""
        if self.whole and hasattr(module, "VARIABLES") and callable(getattr(module, "pack", None)):
            return module.pack(case["examples"])
        tensors = {
            name: torch.tensor(v["data"], dtype=torch.int64 if v["whole"] else torch.float64).reshape(v["shape"])
            for name, v in case["batch"].items()
        }
        return Batch(tensors, self.aliases)

    def run(self, case):
        module = self.made(case["arguments"])
        module.zero_grad()
        tensors = dict([*module.named_parameters(), *module.named_buffers()])
        with torch.no_grad():
            for name, values in case["params"].items():
                tensors[name].copy_(torch.tensor(values, dtype=torch.float64).reshape(tensors[name].shape))
        torch.manual_seed(0)
        batch = self.batch_of(module, case)
        loss = self.loss_of(module, batch)
        loss = one_of(loss)
        if not isinstance(loss, torch.Tensor):
            raise Unfit(f"the loss is of the type {type(loss).__name__}, and must be a tensor of one number")
        if loss.numel() != 1:
            shape = ", ".join(str(size) for size in loss.shape)
            raise Unfit(f"the loss is a tensor of shape [{shape}], and must be one number, as the mean over the examples is")
        if loss.requires_grad:
            loss.sum().backward()
        return {
            "loss": number(loss.item()),
            "gradient": {name: None if p.grad is None else rows(p.grad) for name, p in module.named_parameters()},
        }


def takes_module(function):
    """A file may well have another `loss`, of predictions and targets."""
    return next(iter(inspect.signature(function).parameters), None) in ("module", "model", "net")


def one_of(result):
    """
    The loss among what a module gives: under its name, or the only number of several values. Where there are several numbers
    it is the only one that something is learned from, and one without a shape rather than one of shape [1].
    """
    if isinstance(result, dict) and "loss" in result:
        return result["loss"]
    if not isinstance(result, (tuple, list)):
        return result
    numbers = [x for x in result if isinstance(x, torch.Tensor) and x.numel() == 1]
    learned = [x for x in numbers if x.requires_grad]
    for found in (learned or numbers, [x for x in learned or numbers if x.dim() == 0]):
        if len(found) == 1:
            return found[0]
    given = ", ".join(f"[{', '.join(map(str, x.shape))}]" if isinstance(x, torch.Tensor) else type(x).__name__ for x in result)
    many = "more than one number that something is learned from" if len(learned) > 1 else "no single number"
    raise Unfit(f"which of its results is the loss is not clear: there is {many} among {given}; return it alone, or as loss of a dictionary")


def chosen(space, wanted, alike):
    kinds = {
        name: value
        for name, value in vars(space).items()
        if inspect.isclass(value) and issubclass(value, torch.nn.Module) and value.__module__ == NAME
    }
    if wanted is not None:
        if wanted not in kinds:
            raise Unfit(f"it has no module {wanted}; it has {', '.join(kinds) or 'none'}")
        return kinds[wanted]
    if not kinds:
        raise Unfit("it has no class that is an nn.Module")
    same = [name for name in kinds if name.lower() == alike.lower()]
    if len(kinds) > 1 and len(same) != 1:
        raise Unfit(f"it has several modules ({', '.join(kinds)}): say which with --class")
    return kinds[same[0]] if len(kinds) > 1 else next(iter(kinds.values()))


def arguments_of(kind):
    if kind.__init__ is torch.nn.Module.__init__:
        return []
    given = list(inspect.signature(kind.__init__).parameters.values())[1:]
    return [{"name": p.name, "required": p.default is p.empty} for p in given if p.kind in NAMED]


def parameters_of(module):
    learned = [
        {"name": name, "shape": list(p.shape), "kind": "learned" if p.requires_grad else "fixed"}
        for name, p in module.named_parameters()
    ]
    kept = [
        {"name": name, "shape": list(b.shape), "kind": "buffer"}
        for name, b in module.named_buffers()
        if b.is_floating_point()
    ]
    return learned + kept


def failure(error, file):
    """The last line of what Python says, and the innermost place in the user's file."""
    if isinstance(error, Unfit):
        return {"failure": {"text": str(error)}}
    text = str(error) if isinstance(error, TooLong) else traceback.format_exception_only(type(error), error)[-1].strip()
    if isinstance(error, SyntaxError) and error.filename is not None:
        return {"failure": {"text": text, "file": error.filename, "line": error.lineno, "code": (error.text or "").strip()}}
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == file]
    if not frames:
        return {"failure": {"text": text}}
    last = frames[-1]
    return {"failure": {"text": text, "file": file, "line": last.lineno, "within": last.name, "code": last.line or ""}}


def guarded(action, file):
    try:
        with limited():
            return action()
    except TooLong as error:
        return {**failure(error, file), "isTooLong": True}
    except BaseException as error:
        return failure(error, file)


def all_of(verified, cases):
    """What comes after a case that takes too long is not tried: it fails as that one does."""
    found = []
    for case in cases:
        found.append(guarded(lambda: verified.run(case), verified.file))
        if found[-1].get("isTooLong"):
            return found + [found[-1]] * (len(cases) - len(found))
    return found


def main():
    answer({"torch": torch.__version__})
    verified = None
    for line in questions:
        question = json.loads(line)
        if question["ask"] == "load":
            file = question["file"]

            def load():
                nonlocal verified
                verified = Verified(file, question["class"], question["alike"], question["names"], question["aliases"])
                return {
                    "name": verified.kind.__name__,
                    "arguments": arguments_of(verified.kind),
                    "uses": None if verified.whole else sorted(set(verified.named.values())),
                }

            answer(guarded(load, file))
        elif question["ask"] == "make":
            answer(guarded(lambda: {"parameters": parameters_of(verified.made(question["arguments"]))}, verified.file))
        else:
            answer(all_of(verified, question["cases"]))


main()
