def pack(model, examples, along=None):
    """Examples side by side, padded with zeros: by name the values, and the lengths. What none can mean is refused, by its
    place. What stands along an axis `along` is left out."""
    if not isinstance(examples, (list, tuple)) or len(examples) == 0:
        raise refusal("examples", "a list of examples, at least one", examples)
    for b, example in enumerate(examples):
        if not isinstance(example, dict):
            raise refusal(f"examples[{b}]", "an object with each input under its name", example)
    axes = {axis: each for axis, each in model.AXES.items() if axis != along and along not in each[1]}
    variables = {
        name: each
        for name, each in model.VARIABLES.items()
        if along not in each[1] and (each[0] == "input" or any(name in example for example in examples))
    }
    sizes = [sizes_of(model, axes, variables, example, f"examples[{b}]", along) for b, example in enumerate(examples)]
    for b, example in enumerate(examples):
        for kind, *need in model.NEEDS:
            NEEDED[kind](axes, variables, example, sizes[b], f"examples[{b}]", *need)
    dtype, device = model.kind()
    overs = {length: over for length, over in reversed(model.AXES.values()) if isinstance(length, str)}
    greatest = {length: max([0, *(n for each in sizes for n in each.get(length, {}).values())]) for length in overs}
    extents = lambda indices: [length if isinstance(length, int) else greatest[length] for length, _ in map(model.AXES.get, indices)]
    batch = {"batch size": len(examples)}
    for length, over in overs.items():
        values = torch.zeros(len(examples), *extents(over), dtype=torch.int64)
        for b, each in enumerate(sizes):
            for place, n in each.get(length, {}).items():
                values[(b, *place)] = n
        batch[length] = values.to(device)
    for name, (role, indices, shape, kind) in variables.items():
        size = (len(examples), *extents(indices))
        values, given = [0] * math.prod((*size, *shape)), [0] * math.prod(size)
        components = math.prod(shape)
        for b, example in enumerate(examples):
            where = f"examples[{b}].{name}"
            for path, value in elements(axes, indices, example[name], where, role == "target"):
                cell = b
                for i, extent in zip(path, size[1:]):
                    cell = cell * extent + i
                if plain(value) is not None or role != "target":
                    given[cell] = 1
                    values[cell * components : (cell + 1) * components] = numbers(value, shape, kind, sizes[b], where, path)
        # Python's numbers are double, and rounded once.
        tensor = torch.tensor(values, dtype=torch.float64 if kind in ("real", "truth") else torch.int64).reshape(*size, *shape)
        batch[name] = (tensor.to(dtype) if kind in ("real", "truth") else tensor).to(device)
        if role == "target":
            batch[name + ".given"] = torch.tensor(given, dtype=dtype).reshape(size).to(device)
    return batch


def refusal(where, expected, found, path=()):
    return ValueError(f"{where}{''.join(f'[{i}]' for i in path)}: expected {expected}, found {told(found)}")


def told(value):
    """What stands in the place of something else, in a word."""
    value = plain(value)
    if isinstance(value, (list, tuple)):
        return f"an array of {len(value)}"
    if isinstance(value, dict):
        return "an object"
    return json.dumps(value) if value is None or isinstance(value, (bool, str)) else str(value)


def plain(value):
    """A tensor or an array as lists of numbers; all else as it is."""
    return value.tolist() if hasattr(value, "tolist") else value


def listed(value, meaning, where, path, size=None):
    value = plain(value)
    if not isinstance(value, (list, tuple)):
        raise refusal(where, meaning, value, path)
    if size is not None and len(value) != size:
        raise refusal(where, meaning, len(value), path)
    return value


def sizes_of(model, axes, variables, example, where, along):
    """How long an example is, by the names of lengths: for each place of the axes that one stands over."""
    lengths = {length: axis for axis, (length, _) in reversed(axes.items()) if isinstance(length, str)}
    names = [*(name for name, each in model.VARIABLES.items() if along not in each[1]), *lengths]
    for name in example:
        if name not in names:
            raise ValueError(f"{where}.{name}: expected one of {', '.join(names)}, found another name")
    seen = {}

    def see(axis, place, size, name, path):
        at = f"{where}.{name}" + "".join(f"[{i}]" for i in path)
        before, there = seen.setdefault(axes[axis][0], {}).setdefault(place, (size, at))
        if size != before:
            raise refusal(at, f"{before} along {axis}, as {there} has", size)

    def walk(name, nested, levels, path, leaf):
        if len(path) == len(levels):
            return leaf(nested, path)
        axis = levels[len(path)]
        length, over = axes[axis]
        if isinstance(length, str):
            seen.setdefault(length, {})
        fixed = None if isinstance(length, str) else length
        items = listed(nested, f"{'an array' if fixed is None else fixed} along {axis}", f"{where}.{name}", path, fixed)
        if fixed is None:
            see(axis, placed(levels, path, over), len(items), name, path)
        for i, each in enumerate(items):
            walk(name, each, levels, (*path, i), leaf)

    for name, (role, indices, *_) in variables.items():
        if name not in example:
            raise ValueError(f"{where}.{name}: expected a value, found nothing")
        if role != "target" or example[name] is not None:
            last = max([i + 1 for i, axis in enumerate(indices) if isinstance(axes[axis][0], str)], default=0)
            for axis in indices[:last]:
                if isinstance(axes[axis][0], str):
                    seen.setdefault(axes[axis][0], {})
            walk(name, example[name], indices[:last], (), lambda nested, path: None)
    for length, axis in lengths.items():
        if length in example:

            def given(size, path):
                size = plain(size)
                if isinstance(size, bool) or not isinstance(size, (int, float)) or not 0 <= size < 2**31 or size != int(size):
                    raise refusal(f"{where}.{length}", "a length: an integer from 0 to 2147483647", size, path)
                see(axis, path, int(size), length, path)

            over = axes[axis][1]
            for outer in [*over, axis]:
                if isinstance(axes[outer][0], str):
                    seen.setdefault(axes[outer][0], {})
            walk(length, example[length], over, (), given)
    for length, axis in lengths.items():
        if length not in seen and along is None:
            raise ValueError(f"{where}.{length}: expected the length of axis {axis}, on which no data stands, found nothing")
    return {length: {place: size for place, (size, _) in each.items()} for length, each in seen.items()}


def placed(levels, path, over):
    """Of a path along some axes the part along others."""
    return tuple(path[levels.index(axis)] for axis in over)


def elements(axes, indices, nested, where, may_lack, path=()):
    """What stands at each position, with its path; nothing where all is lacking."""
    if may_lack and path == () and plain(nested) is None:
        return
    if len(path) == len(indices):
        yield path, nested
        return
    length = axes[indices[len(path)]][0]
    fixed = None if isinstance(length, str) else length
    for i, each in enumerate(listed(nested, f"{fixed} along {indices[len(path)]}", where, path, fixed)):
        yield from elements(axes, indices, each, where, may_lack, (*path, i))


def numbers(value, shape, kind, sizes, where, path):
    """The numbers of an element, one component after the other."""
    if shape:
        parts = listed(value, f"{shape[0]} components", where, path, shape[0])
        return [x for i, each in enumerate(parts) for x in numbers(each, shape[1:], kind, sizes, where, (*path, i))]
    value = plain(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
        raise refusal(where, "a number", value, path)
    if kind == "real":
        return [finite_or_infinite(value)]
    if kind == "truth":
        least, most, expected = 0, 1, "a truth: 0 or 1"
    elif isinstance(kind, int):
        least, most, expected = 0, kind - 1, f"a symbol: an integer from 0 to {kind - 1}"
    else:
        least, most = 1, kind[1] if isinstance(kind[1], int) else sizes[kind[1]].get((), 0)
        expected = f"a position from 1 to {most}"
    if not least <= value <= most or value != int(value):
        raise refusal(where, expected, value, path)
    return [int(value)]


def finite_or_infinite(value):
    """Whole numbers can be too great for any other."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else -float("inf")


def places(axes, sizes, indices, path=()):
    """All paths along some axes."""
    if len(path) == len(indices):
        yield path
        return
    for i in range(size_at(axes, sizes, indices, path, indices[len(path)])):
        yield from places(axes, sizes, indices, (*path, i))


def size_at(axes, sizes, indices, path, axis):
    length, over = axes[axis]
    return length if isinstance(length, int) else sizes.get(length, {}).get(placed(indices, path, over), 0)


def needs_position(axes, variables, example, sizes, where, axis, written, least):
    for path in places(axes, sizes, axes[axis][1]) if axis in axes else []:
        found = size_at(axes, sizes, axes[axis][1], path, axis)
        if found < least:
            raise ValueError(f"{where}: {written} needs {axes[axis][0]} >= {least}, found {found}")


def needs_components(axes, variables, example, sizes, where, axis, most):
    for path in places(axes, sizes, axes[axis][1]) if axis in axes else []:
        found = size_at(axes, sizes, axes[axis][1], path, axis)
        if found > most:
            raise ValueError(f"{where}: axis {axis} counts components and needs {axes[axis][0]} <= {most}, found {found}")


def needs_computed(axes, variables, example, sizes, where, name, axis, constant, terms):
    if not all(each in axes for each in [axis, *(other for _, other, _ in terms)]):
        return
    least = most = constant
    for of, other, times in terms:
        last = size_at(axes, sizes, (), (), other)
        first = last if of == "length" else 1
        if first > last:
            return
        least += min(times * first, times * last)
        most += max(times * first, times * last)
    refuse_outside(where, name, axis, [least, most], size_at(axes, sizes, (), (), axis))


def needs_given(axes, variables, example, sizes, where, name, axis, position, by):
    if position in variables and axis in axes:
        for path, value in elements(axes, variables[position][1], example[position], f"{where}.{position}", False):
            (found,) = numbers(value, (), variables[position][3], sizes, f"{where}.{position}", path)
            refuse_outside(where, name, axis, [found + by], size_at(axes, sizes, (), (), axis))


def refuse_outside(where, name, axis, found, size):
    for position in found:
        if not 1 <= position <= size:
            has = f"1 to {size}" if size > 0 else "none"
            raise ValueError(f"{where}: {name} is read at position {position} of axis {axis}, which has {has}")


def needs_end(axes, variables, example, sizes, where, target, axis, symbol):
    """Nothing stands after the symbol that ends a sequence."""

    def walk(nested, depth, path):
        items = listed(nested, "an array", f"{where}.{target}", path)
        for i, each in enumerate(items):
            if depth > 0:
                walk(each, depth - 1, (*path, i))
            elif i > 0 and plain(items[i - 1]) == symbol:
                raise refusal(f"{where}.{target}", f"nothing after the symbol {symbol} at [{i - 1}], which ends axis {axis}", each, (*path, i))

    if target in variables and plain(example[target]) is not None:
        walk(example[target], variables[target][1].index(axis), ())


def needs_value(axes, variables, example, sizes, where, target, written, reads):
    """What an equation reads back is there: along each axis so many positions before, or one from the start or the end."""
    if target not in variables:
        return
    indices = variables[target][1]
    whole = example[target]
    given = set() if plain(whole) is None else {p for p, value in elements(axes, indices, whole, f"{where}.{target}", True) if plain(value) is not None}

    def is_read(read, i, size):
        kind, number = read
        return 1 <= i + number <= size if kind == "by" else i == (number if kind == "start" else size + number)

    for path in places(axes, sizes, indices):
        if path not in given and all(is_read(read, i + 1, size_at(axes, sizes, indices, path, axis)) for read, i, axis in zip(reads, path, indices)):
            raise refusal(f"{where}.{target}", f"a value, as {written} reads it back", None, path)


NEEDED = {
    "position": needs_position,
    "components": needs_components,
    "computed": needs_computed,
    "given": needs_given,
    "end": needs_end,
    "value": needs_value,
}


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


def refuse_unusable(tensor, before, where):
    """None is infinite or no number, unless the parameter is so already, as one that is fixed at `log(0)`. Places are counted from 1."""
    if before is None or before.shape != tensor.shape:
        return
    fitted = tensor.to(before)
    places = (~fitted.isfinite() & (fitted != before)).nonzero().tolist()
    if places:
        value = fitted[tuple(places[0])].item()
        name = "NaN" if value != value else "infinity" if value > 0 else "minus infinity"
        at = f" at [{', '.join(str(i + 1) for i in places[0])}]" if places[0] else ""
        more = f", and {len(places) - 1} more such" if len(places) > 1 else ""
        raise ValueError(f"{where} has {name}{at}{more}")


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
