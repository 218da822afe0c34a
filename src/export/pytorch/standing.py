def pack(variables, lengths, examples, dtype=None, device=None):
    """Examples side by side, padded with zeros: by name the values, and the lengths."""
    if len(examples) == 0:
        raise ValueError("examples: expected at least one example, found none")
    found = {name: [{} for _ in examples] for name in lengths}
    for b, example in enumerate(examples):
        for name in example:
            if name not in variables and name not in lengths:
                raise ValueError(f"examples[{b}].{name}: expected {', '.join([*variables, *lengths])}, found another name")
        for name, (role, *_) in variables.items():
            if role == "input" and name not in example and any(name in other for other in examples):
                raise ValueError(f"examples[{b}]: expected the input {name}, found nothing")
        for name, (role, indices, shape, kind) in variables.items():
            if example.get(name) is not None:
                where = f"examples[{b}].{name}"
                measure(example[name], indices, lengths, where, {}, {name: each[b] for name, each in found.items()})
        for name, over in lengths.items():
            if name in example:
                found[name][b] = dict(leaves(example[name], len(over)))
    longest = {name: max([0, *(n for each in all for n in each.values())]) for name, all in found.items()}
    extent = lambda index: index if isinstance(index, int) else longest[index]
    batch = {"batch size": len(examples)}
    for name, over in lengths.items():
        values = torch.zeros(len(examples), *map(extent, over), dtype=torch.int64)
        for b, each in enumerate(found[name]):
            for place, n in each.items():
                values[(b, *place)] = n
        batch[name] = values.to(device)
    for name, (role, indices, shape, kind) in variables.items():
        if not any(name in example for example in examples):
            continue
        size = (len(examples), *map(extent, indices))
        values = torch.zeros(*size, *shape, dtype=dtype if kind == "real" else torch.int64)
        given = torch.zeros(*size, dtype=dtype)
        for b, example in enumerate(examples):
            for place, value in leaves(example.get(name), len(indices)):
                if value is not None:
                    where = f"examples[{b}].{name}" + "".join(f"[{i}]" for i in place)
                    values[(b, *place)] = checked(value, shape, kind, where).to(values.dtype)
                    given[(b, *place)] = 1
        batch[name] = values.to(device)
        if role == "target":
            batch[name + ".given"] = given.to(device)
    return batch


def checked(value, shape, kind, where):
    """One element, as it must be: its shape, and of symbols and positions whole numbers that there are."""
    try:
        # Python's numbers are double; by default they would be rounded to single precision here.
        element = value if isinstance(value, torch.Tensor) else torch.tensor(value, dtype=torch.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{where}: expected numbers, found {value!r}") from None
    if tuple(element.shape) != shape:
        raise ValueError(f"{where}: expected the shape {list(shape)}, found {list(element.shape)}")
    if kind == "real":
        return element
    least, below = (1, float("inf")) if kind == "position" else (0, kind)
    if not bool(((element == element.round()) & (element >= least) & (element < below)).all()):
        raise ValueError(f"{where}: expected {'a position from 1' if kind == 'position' else f'a symbol from 0 to {kind - 1}'}, found {value}")
    return element


def measure(nested, indices, lengths, where, at, found):
    """The lengths that nested lists show along their indices."""
    if nested is None or not indices:
        return
    if not hasattr(nested, "__len__"):
        raise ValueError(f"{where}: expected a list, found {nested!r}")
    index = indices[0]
    over = () if isinstance(index, int) else tuple(at.get(outer, 0) for outer in lengths[index])
    expected = index if isinstance(index, int) else found[index].setdefault(over, len(nested))
    if len(nested) != expected:
        raise ValueError(f"{where}: expected {expected} along {index}, found {len(nested)}")
    for i, each in enumerate(nested):
        measure(each, indices[1:], lengths, f"{where}[{i}]", {**at, index: i}, found)


def leaves(nested, depth, place=()):
    """What stands in nested lists, with its place."""
    if depth == 0 or nested is None:
        yield place, nested
        return
    for i, each in enumerate(nested):
        yield from leaves(each, depth - 1, (*place, i))


DTYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64}


def write_safetensors(path, tensors, metadata=None):
    """Eight bytes with the length of a header, the header as JSON, and the numbers as they lie in memory."""
    names = {dtype: name for name, dtype in DTYPES.items()}
    header, parts, offset = {} if metadata is None else {"__metadata__": metadata}, [], 0
    for name, tensor in tensors.items():
        tensor = tensor.detach().cpu().contiguous()
        data = bytes(tensor.flatten().view(torch.uint8).tolist()) if tensor.dim() == 0 or tensor.numel() == 0 else tensor.numpy().tobytes()
        header[name] = {"dtype": names[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, offset + len(data)]}
        parts.append(data)
        offset += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for part in parts:
            file.write(part)


def read_safetensors(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        start = 8 + struct.unpack("<Q", data[:8])[0]
        return {name: tensor_in(data[start:], entry) for name, entry in json.loads(data[8:start]).items() if name != "__metadata__"}
    except (struct.error, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as reason:
        raise ValueError(f"{path}: expected safetensors, found another file or a damaged one ({reason})") from None


def tensor_in(data, entry):
    begin, end = entry["data_offsets"]
    part = bytearray(data[begin:end])
    dtype = DTYPES[entry["dtype"]]
    return (torch.frombuffer(part, dtype=dtype) if part else torch.empty(0, dtype=dtype)).reshape(entry["shape"])


def _fill(parameter, axes, rule):
    """Draws a parameter: of each position of its first `axes` by itself."""
    with torch.no_grad():
        for each in parameter.flatten(0, axes - 1) if axes > 0 else [parameter]:
            each.copy_(_drawn(each, rule))


def _drawn(like, rule):
    kind, *numbers = rule
    rows, columns = (like.shape[0] if like.dim() > 0 else 1), (like.shape[-1] if like.dim() > 0 else 1)
    if kind == "apply":
        function, operands = numbers
        return function(*(_drawn(like, each) for each in operands))
    if kind == "constant":
        return torch.full_like(like, numbers[0])
    if kind == "uniform":
        return torch.empty_like(like).uniform_(*numbers)
    if kind == "normal":
        return numbers[0] + numbers[1] * torch.randn_like(like)
    if kind == "glorot":
        limit = (6 / (rows + columns)) ** 0.5
        return torch.empty_like(like).uniform_(-limit, limit)
    if kind == "he":
        return (2 / columns) ** 0.5 * torch.randn_like(like)
    if kind == "orthogonal":
        return nn.init.orthogonal_(torch.empty(rows, like.numel() // max(rows, 1), dtype=like.dtype)).reshape(like.shape)
    return torch.eye(rows, columns, dtype=like.dtype, device=like.device).reshape(like.shape)
