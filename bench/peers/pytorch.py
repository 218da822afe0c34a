"""The workloads in PyTorch, single precision, on as many threads as are asked for; each in several variants, of which the fastest counts."""
import os
import ctypes, re
import torch
from torch import nn
from serve import serve

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))


def lstm(make, param, k, n, path="h"):
    """PyTorch's order of gates is i, f, g, o; it has a second bias, which stays 0. `make`: nn.LSTM or nn.LSTMCell."""
    layer = make(k, n)
    suffix = "_l0" if make is nn.LSTM else ""
    parts = {
        "weight_ih": torch.cat([param(f"{path}.W{g}", n, k) for g in "ifco"]),
        "weight_hh": torch.cat([param(f"{path}.U{g}", n, n) for g in "ifco"]),
        "bias_ih": torch.cat([param(f"{path}.b{g}", n) for g in "ifco"]),
        "bias_hh": torch.zeros(4 * n),
    }
    return given(layer, {name + suffix: value for name, value in parts.items()})


def tanh_network(param, k, n):
    parts = {"weight_ih_l0": param("U", n, k), "weight_hh_l0": param("W", n, n), "bias_ih_l0": param("b", n)}
    return given(nn.RNN(k, n), {**parts, "bias_hh_l0": torch.zeros(n)})


def linear(param, m, n, weight="O", bias="c"):
    return given(nn.Linear(n, m), {"weight": param(weight, m, n), "bias": param(bias, m)})


def given(layer, values):
    with torch.no_grad():
        for name, value in values.items():
            getattr(layer, name).copy_(value)
    return layer


def trained(model, inputs, targets, classes, optimiser):
    """Steps of training, of the module as it is and traced; the loss is summed over steps, its mean over examples."""
    criterion, count = nn.CrossEntropyLoss(reduction="sum"), targets.shape[1]

    def training(module):
        descent = optimiser(module.parameters())
        loss = lambda: criterion(module(*inputs).reshape(-1, classes), targets.reshape(-1)) / count

        def run():
            descent.zero_grad(set_to_none=True)
            value = loss()
            value.backward()
            descent.step()
            return value

        return loss().item(), run

    outcome, eager = training(model)
    return outcome, {"eager": eager, "traced": training(torch.jit.trace(model, inputs))[1]}


adam = lambda parameters: torch.optim.Adam(parameters, lr=1e-4, foreach=True)
sgd = lambda parameters: torch.optim.SGD(parameters, lr=1e-4)


def steps(examples, name):
    """The examples side by side: time first, then the batch."""
    return torch.tensor([e[name] for e in examples]).transpose(0, 1).contiguous()


class Tagger(nn.Module):
    """A recurrent layer with a linear one at each step; symbols are embedded before."""

    def __init__(self, layer, out, embed=None):
        super().__init__()
        self.embed, self.layer, self.out = embed, layer, out

    def forward(self, x):
        return self.out(self.layer(x if self.embed is None else self.embed(x))[0])


def w1(param, examples):
    embed = given(nn.Embedding(65, 64), {"weight": param("E", 65, 64)})
    model = Tagger(lstm(nn.LSTM, param, 64, 128), linear(param, 65, 128), embed)
    return trained(model, (steps(examples, "x"),), steps(examples, "y"), 65, adam)


def w2(param, examples):
    model = Tagger(tanh_network(param, 4, 32), linear(param, 3, 32, "V"))
    return trained(model, (steps(examples, "x"),), steps(examples, "y"), 3, sgd)


def w3(param, examples):
    layer, cell = lstm(nn.LSTM, param, 65, 128), lstm(nn.LSTMCell, param, 65, 128)
    x = steps(examples, "x")
    traced = torch.jit.freeze(torch.jit.trace(cell.eval(), (x[0], (torch.zeros(1, 128), torch.zeros(1, 128)))))

    def stepping(advance, state):
        def run():
            nonlocal state
            state = advance(state)
        return run

    zero, zeros = torch.zeros(1, 128), torch.zeros(1, 1, 128)
    return cell(x[0])[0][0].tolist(), {
        "nn.LSTM": stepping(lambda state: layer(x, state)[1], (zeros, zeros)),
        "nn.LSTMCell": stepping(lambda state: cell(x[0], state), (zero, zero)),
        "traced cell": stepping(lambda state: traced(x[0], state), (zero, zero)),
    }


def w3loop(param, examples):
    cell, out = lstm(nn.LSTMCell, param, 65, 128), linear(param, 65, 128)

    class Loop(nn.Module):
        def __init__(self):
            super().__init__()
            self.cell, self.out, self.symbols = cell, out, nn.Parameter(torch.eye(65), requires_grad=False)

        def forward(self, count: int):
            symbol = torch.zeros(1, dtype=torch.long)
            state, found = (torch.zeros(1, 128), torch.zeros(1, 128)), []
            for _ in range(count):
                state = self.cell(self.symbols[symbol], state)
                symbol = self.out(state[0]).argmax(1)
                found.append(symbol)
            return torch.cat(found)

    eager = Loop().eval()
    scripted = torch.jit.freeze(torch.jit.script(eager))
    return eager(1000).tolist(), {"nn.LSTMCell": lambda: eager(1000), "scripted": lambda: scripted(1000)}


class Translator(nn.Module):
    def __init__(self, param, V, d, n):
        super().__init__()
        gates = lambda path, form, width: torch.cat([param(f"{path}.{form}{g}", n, width) for g in "rzn"])
        biases = lambda path, form: torch.cat([param(f"{path}.{form}{g}", n) for g in "rzn"])

        def gru(layer, path, width, suffix):
            parts = {"weight_ih": gates(path, "W", width), "weight_hh": gates(path, "U", n)}
            parts.update({"bias_ih": biases(path, "b"), "bias_hh": biases(path, "d")})
            return given(layer, {name + suffix: value for name, value in parts.items()})

        square = lambda name: given(nn.Linear(n, n, bias=False), {"weight": param(name, n, n)})
        self.source = given(nn.Embedding(V, d), {"weight": param("D", V, d)})
        self.target = given(nn.Embedding(V, d), {"weight": param("E", V, d)})
        self.encoder = gru(nn.GRU(d, n), "h", d, "_l0")
        self.decoder = gru(nn.GRUCell(d + n, n), "s", d + n, "")
        self.query, self.key, self.out = square("Wa"), square("Ua"), linear(param, V, n)
        self.score = given(nn.Linear(n, 1, bias=False), {"weight": param("v", 1, n)})

    def forward(self, x, before):
        h, last = self.encoder(self.source(x))
        keys, s, states, embedded = self.key(h), last[0], [], self.target(before)
        for i in range(before.shape[0]):
            weights = torch.softmax(self.score(torch.tanh(self.query(s) + keys)), 0)
            s = self.decoder(torch.cat([embedded[i], (weights * h).sum(0)], 1), s)
            states.append(s)
        return self.out(torch.stack(states))


def w4(param, examples):
    y = steps(examples, "y")
    before = torch.cat([torch.zeros(1, 16, dtype=torch.long), y[:-1]])
    return trained(Translator(param, 1000, 128, 256), (steps(examples, "x"), before), y, 1000, adam)


def gradients(layer, examples, by_input):
    x, g = steps(examples, "x").requires_grad_(by_input), steps(examples, "g")

    def run():
        layer.zero_grad(set_to_none=True)
        x.grad = None
        layer(x)[0].backward(g)

    return ((layer(x)[0] * g).sum() / len(examples)).item(), {"nn": run}


def w5(param, examples):
    return gradients(lstm(nn.LSTM, param, 512, 512), examples, True)


def w6(param, examples):
    return gradients(tanh_network(param, 8, 64), examples, False)


def w7(param, examples):
    layer, out = lstm(nn.LSTM, param, 1, 24), linear(param, 1, 24, "V")
    x = torch.tensor(examples[0]["x"]).reshape(-1, 1, 1)

    class Amplifier(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer, self.out = layer, out

        def forward(self, x, h, c):
            h_all, (h, c) = self.layer(x, (h, c))
            return self.out(h_all), h, c

    eager, zeros = Amplifier().eval(), torch.zeros(1, 1, 24)
    traced = torch.jit.freeze(torch.jit.trace(eager, (x, zeros, zeros)))

    def blocks(module):
        state = (zeros, zeros)
        def run():
            nonlocal state
            y, *state = module(x, *state)
            return y
        return run

    return eager(x, zeros, zeros)[0].flatten().tolist(), {"nn.LSTM": blocks(eager), "traced": blocks(traced)}


def w8(param, examples):
    """PyTorch has no mLSTM: a loop over positions, whose products with parameters stand before it."""
    x, g = steps(examples, "x"), steps(examples, "g")
    k, n = x.shape[2], g.shape[2]
    part = lambda name, *shape: param(f"h.{name}", *shape)

    class MLSTM(nn.Module):
        def __init__(self):
            super().__init__()
            make = lambda a: given(nn.Linear(k, n), {"weight": part(f"W{a}", n, k), "bias": part(f"b{a}", n)})
            self.query, self.value, self.out, self.key = make("q"), make("v"), make("o"), nn.Linear(k, n, bias=False)
            given(self.key, {"weight": part("Wk", n, k)})
            self.key_bias = nn.Parameter(part("bk", n).clone())
            weights, biases = torch.cat([part("wi", 1, k), part("wf", 1, k)]), torch.cat([part("bi", 1), part("bf", 1)])
            self.gates = given(nn.Linear(k, 2), {"weight": weights, "bias": biases})

        def forward(self, x):
            u, v, o = self.query(x), self.value(x), torch.sigmoid(self.out(x))
            key, gates = self.key(x) / n**0.5 + self.key_bias, self.gates(x)
            entering, kept = gates[:, :, 0], nn.functional.logsigmoid(gates[:, :, 1])
            memory, norm = x.new_zeros(x.shape[1], n, n), x.new_zeros(x.shape[1], n)
            level, hidden = x.new_zeros(x.shape[1]), []
            for t in range(x.shape[0]):
                before, level = level, torch.maximum(kept[t] + level, entering[t]).detach()
                keep, take = torch.exp(kept[t] + before - level).unsqueeze(1), torch.exp(entering[t] - level).unsqueeze(1)
                memory = keep.unsqueeze(2) * memory + (take * v[t]).unsqueeze(2) * key[t].unsqueeze(1)
                norm = keep * norm + take * key[t]
                below = torch.maximum((norm * u[t]).sum(1).abs(), torch.exp(-level)).unsqueeze(1)
                hidden.append(torch.matmul(memory, u[t].unsqueeze(2)).squeeze(2) / below)
            return o * torch.stack(hidden)

    network = MLSTM()

    def differentiating(module):
        def run():
            network.zero_grad(set_to_none=True)
            module(x).backward(g)
        return run

    traced = torch.jit.trace(network, (x,), check_trace=False)
    variants = {"loop": differentiating(network), "traced": differentiating(traced)}
    return ((network(x) * g).sum() / len(examples)).item(), variants


def stacked(param, examples):
    """As many layers as there are parameters for; the cost with each size is measured by it."""
    n, layers = len(examples[0]["x"][0]), 0
    while param.has(f"h.z.{layers + 1}.bf"):
        layers += 1
    network = nn.LSTM(n, n, layers)
    for layer in range(layers):
        single = lstm(nn.LSTM, param, n, n, f"h.z.{layer + 1}")
        given(network, {name.replace("_l0", f"_l{layer}"): value for name, value in single.named_parameters()})
    return gradients(network, examples, False)


workloads = {"W1": w1, "W2": w2, "W3": w3, "W3loop": w3loop, "W4": w4, "W5": w5, "W6": w6, "W7": w7, "W8": w8, "stacked": stacked}
inference = ("W3", "W3loop", "W7")


def prepare(task):
    params = {path: torch.tensor(values, dtype=torch.float32) for path, values in task["params"].items()}
    torch._C._set_grad_enabled(task["name"] not in inference)
    param = lambda path, *shape: params[path].reshape(*shape)
    param.has = lambda path: path in params
    return workloads[task["name"]](param, task["examples"])


def matrix_library():
    """OpenBLAS chooses its kernels by the processor, or by OPENBLAS_CORETYPE."""
    with open("/proc/self/maps") as maps:
        found = re.search(r"\S*openblas\S*", maps.read())
    if found is None:
        return "another BLAS than OpenBLAS"
    library = ctypes.CDLL(found.group())
    for name in ("openblas_get_config", "openblas_get_corename"):
        getattr(library, name).restype = ctypes.c_char_p
    release = library.openblas_get_config().decode().split()[1]
    return f"OpenBLAS {release} with kernels for {library.openblas_get_corename().decode()}"


serve(f"PyTorch {torch.__version__}, {matrix_library()}", prepare)
