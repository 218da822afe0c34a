"""One workload in PyTorch, single precision, one thread: prints its first loss and the timings of each variant."""
import json, sys, time
import torch
from torch import nn

torch.set_num_threads(1)
work = json.load(open(sys.argv[1]))
name, given, examples = work["name"], work["params"], work["examples"]


def param(path, *shape):
    return torch.tensor(given[path], dtype=torch.float32).reshape(*shape)


def measure(run):
    until, inner, runs = time.perf_counter() + 0.7, 1, 0
    while runs < 3 or time.perf_counter() < until:
        start = time.perf_counter()
        for _ in range(inner):
            run()
        if time.perf_counter() - start < 1e-3:
            inner *= 2
        runs += 1
    found, until = [], time.perf_counter() + 1.5
    while len(found) < 20 or time.perf_counter() < until:
        start = time.perf_counter()
        for _ in range(inner):
            run()
        found.append((time.perf_counter() - start) / inner * 1e3)
    found.sort()
    at = lambda share: found[int(share * (len(found) - 1))]
    return {"median": at(0.5), "p10": at(0.1), "p90": at(0.9)}


def lstm(k, n, path):
    """PyTorch's order of gates is i, f, g, o; it has a second bias, which stays 0."""
    layer = nn.LSTM(k, n)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(torch.cat([param(f"{path}.W{g}", n, k) for g in "ifco"]))
        layer.weight_hh_l0.copy_(torch.cat([param(f"{path}.U{g}", n, n) for g in "ifco"]))
        layer.bias_ih_l0.copy_(torch.cat([param(f"{path}.b{g}", n) for g in "ifco"]))
        layer.bias_hh_l0.zero_()
    return layer


def trained(module, loss, optimiser):
    """A step of training; zeroing by None is the faster way."""
    def run():
        optimiser.zero_grad(set_to_none=True)
        value = loss()
        value.backward()
        optimiser.step()
        return value
    return run


def adam(parameters):
    return torch.optim.Adam(parameters, lr=1e-4, **({"foreach": True} if "foreach" in torch.optim.Adam.__init__.__code__.co_varnames else {}))


variants, first = {}, None

if name == "W1":
    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.embed, self.lstm, self.out = nn.Embedding(65, 64), lstm(64, 128, "h"), nn.Linear(128, 65)
            with torch.no_grad():
                self.embed.weight.copy_(param("E", 65, 64))
                self.out.weight.copy_(param("O", 65, 128))
                self.out.bias.copy_(param("c", 65))

        def forward(self, x):
            return self.out(self.lstm(self.embed(x))[0])

    x = torch.tensor([e["x"] for e in examples]).T.contiguous()
    y = torch.tensor([e["y"] for e in examples]).T.contiguous()
    model = Model()
    criterion = nn.CrossEntropyLoss(reduction="sum")
    loss = lambda: criterion(model(x).reshape(-1, 65), y.reshape(-1)) / 32
    first = loss().item()
    variants["nn.LSTM"] = measure(trained(model, loss, adam(model.parameters())))
    traced = torch.jit.trace(model, (x,))
    variants["traced"] = measure(trained(traced, lambda: criterion(traced(x).reshape(-1, 65), y.reshape(-1)) / 32, adam(traced.parameters())))
elif name == "W2":
    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.rnn, self.out = nn.RNN(4, 32), nn.Linear(32, 3)
            with torch.no_grad():
                self.rnn.weight_ih_l0.copy_(param("U", 32, 4))
                self.rnn.weight_hh_l0.copy_(param("W", 32, 32))
                self.rnn.bias_ih_l0.copy_(param("b", 32))
                self.rnn.bias_hh_l0.zero_()
                self.out.weight.copy_(param("V", 3, 32))
                self.out.bias.copy_(param("c", 3))

        def forward(self, x):
            return self.out(self.rnn(x)[0])

    x = torch.tensor([examples[0]["x"]]).transpose(0, 1).contiguous()
    y = torch.tensor(examples[0]["y"])
    model = Model()
    criterion = nn.CrossEntropyLoss(reduction="sum")
    loss = lambda: criterion(model(x).reshape(-1, 3), y)
    first = loss().item()
    variants["nn.RNN"] = measure(trained(model, loss, torch.optim.SGD(model.parameters(), lr=1e-4)))
    traced = torch.jit.trace(model, (x,))
    variants["traced"] = measure(trained(traced, lambda: criterion(traced(x).reshape(-1, 3), y), torch.optim.SGD(traced.parameters(), lr=1e-4)))
elif name == "W3":
    layer = lstm(65, 128, "h")
    cell = nn.LSTMCell(65, 128)
    x = torch.tensor(examples[0]["x"])
    h, c = torch.zeros(1, 128), torch.zeros(1, 128)
    state = (h.unsqueeze(0), c.unsqueeze(0))
    sequence = x.unsqueeze(1)
    with torch.inference_mode():
        variants["nn.LSTM"] = measure(lambda: layer(sequence, state))
        variants["nn.LSTMCell"] = measure(lambda: cell(x, (h, c)))
        traced = torch.jit.freeze(torch.jit.trace(cell.eval(), (x, (h, c))))
        variants["traced cell"] = measure(lambda: traced(x, (h, c)))
elif name == "W3loop":
    layer, out = nn.LSTMCell(65, 128), nn.Linear(128, 65)

    def loop():
        x, h, c = torch.zeros(1, 65), torch.zeros(1, 128), torch.zeros(1, 128)
        x[0, 0] = 1
        for _ in range(1000):
            h, c = layer(x, (h, c))
            symbol = out(h).argmax(1)
            x = torch.zeros(1, 65)
            x[0, symbol] = 1
        return x

    with torch.inference_mode():
        variants["nn.LSTMCell"] = measure(loop)
elif name == "W4":
    V, d, n = 1000, 128, 256

    def gates(path, form, width):
        weight = torch.cat([param(f"{path}.{form}{g}", n, width) for g in "rzn"])
        bias = torch.cat([param(f"{path}.{'b' if form == 'W' else 'd'}{g}", n) for g in "rzn"])
        return weight, bias

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.source, self.target = nn.Embedding(V, d), nn.Embedding(V, d)
            self.encoder, self.decoder = nn.GRU(d, n), nn.GRUCell(d + n, n)
            self.query, self.key = nn.Linear(n, n, bias=False), nn.Linear(n, n, bias=False)
            self.score, self.out = nn.Linear(n, 1, bias=False), nn.Linear(n, V)
            with torch.no_grad():
                self.source.weight.copy_(param("D", V, d))
                self.target.weight.copy_(param("E", V, d))
                for layer, path, width, suffix in ((self.encoder, "h", d, "_l0"), (self.decoder, "s", d + n, "")):
                    for form, side, size in (("W", "ih", width), ("U", "hh", n)):
                        weight, bias = gates(path, form, size)
                        getattr(layer, f"weight_{side}{suffix}").copy_(weight)
                        getattr(layer, f"bias_{side}{suffix}").copy_(bias)
                self.query.weight.copy_(param("Wa", n, n))
                self.key.weight.copy_(param("Ua", n, n))
                self.score.weight.copy_(param("v", 1, n))
                self.out.weight.copy_(param("O", V, n))
                self.out.bias.copy_(param("c", V))

        def forward(self, x, before):
            h, last = self.encoder(self.source(x))
            keys, s, states, embedded = self.key(h), last[0], [], self.target(before)
            for i in range(before.shape[0]):
                weights = torch.softmax(self.score(torch.tanh(self.query(s) + keys)), 0)
                s = self.decoder(torch.cat([embedded[i], (weights * h).sum(0)], 1), s)
                states.append(s)
            return self.out(torch.stack(states))

    x = torch.tensor([e["x"] for e in examples]).T.contiguous()
    y = torch.tensor([e["y"] for e in examples]).T.contiguous()
    before = torch.cat([torch.zeros(1, 16, dtype=torch.long), y[:-1]])
    model = Model()
    criterion = nn.CrossEntropyLoss(reduction="sum")
    loss = lambda: criterion(model(x, before).reshape(-1, V), y.reshape(-1)) / 16
    first = loss().item()
    variants["eager"] = measure(trained(model, loss, adam(model.parameters())))
    traced = torch.jit.trace(model, (x, before))
    variants["traced"] = measure(trained(traced, lambda: criterion(traced(x, before).reshape(-1, V), y.reshape(-1)) / 16, adam(traced.parameters())))
elif name in ("W5", "W6"):
    x = torch.tensor([e["x"] for e in examples]).transpose(0, 1).contiguous()
    g = torch.tensor([e["g"] for e in examples]).transpose(0, 1).contiguous()
    if name == "W5":
        layer, count = lstm(512, 512, "h"), 64
        x.requires_grad_(True)
    else:
        layer, count = nn.RNN(8, 64), 1
        with torch.no_grad():
            layer.weight_ih_l0.copy_(param("U", 64, 8))
            layer.weight_hh_l0.copy_(param("W", 64, 64))
            layer.bias_ih_l0.copy_(param("b", 64))
            layer.bias_hh_l0.zero_()
    first = ((layer(x)[0] * g).sum() / count).item()

    def gradient():
        layer.zero_grad(set_to_none=True)
        x.grad = None
        layer(x)[0].backward(g)

    variants["nn"] = measure(gradient)

json.dump({"variants": variants, "loss": first}, sys.stdout)
