/** Functions of Python that stand in a module where it needs them, with those that they need. */
export const supportTexts: Readonly<Record<string, { readonly text: string; readonly needs?: ReadonlyArray<string> }>> =
  {
    longest: {
      text: `def longest(lengths):
    """The length of the longest example."""
    return int(lengths.max()) if lengths.numel() > 0 else 0`,
    },
    shifted: {
      text: `def shifted(x, by, dim):
    """The values \`by\` positions before (where it is negative, after), and 0 where there are none."""
    size = x.shape[dim]
    by = max(-size, min(by, size))
    nothing = torch.zeros_like(x.narrow(dim, 0, abs(by)))
    if by >= 0:
        return torch.cat((nothing, x.narrow(dim, 0, size - by)), dim)
    return torch.cat((x.narrow(dim, -by, size + by), nothing), dim)`,
    },
    greatest: {
      text: `def greatest(x, dim):
    """The greatest along dimensions: of nothing, minus infinity."""
    dims = dim if isinstance(dim, tuple) else (dim,)
    for each in dims:
        if x.shape[each] == 0:
            shape = [size for i, size in enumerate(x.shape) if i not in [d % x.dim() for d in dims]]
            return x.new_full(shape, -float("inf"))
    return x.amax(dim)`,
    },
    within: {
      text: `def within(index, size):
    """In padding an index may be any: there it is made one that exists."""
    return index.clamp(0, max(size - 1, 0))`,
    },
    pick: {
      text: `def pick(values, index, place, count):
    """values[..., index, ...], at the place of one of its \`count\` dimensions. \`index\` has all but that one."""
    values = values.reshape((1,) * (count - values.dim()) + values.shape)
    index = index.reshape((1,) * (count - 1 - index.dim()) + index.shape).unsqueeze(place)
    if values.shape[place] == 0:
        return torch.zeros_like(values.sum(place) + index.squeeze(place))
    return torch.take_along_dim(values, index, place).squeeze(place)`,
    },
    position: {
      text: `def position(values, index, lengths, place, count):
    """What stands at a position of each example, counted from 0, and 0 where it has none."""
    index = torch.full_like(lengths, index) if isinstance(index, int) else index
    exists = (index >= 0) & (index < lengths)
    picked = pick(values, index.clamp(0, max(values.shape[place - count] - 1, 0)), place, count)
    return torch.where(exists, picked, torch.zeros((), dtype=picked.dtype, device=picked.device))`,
      needs: ["pick"],
    },
    softmax_inside: {
      text: `def softmax_inside(x, inside, dim):
    """A softmax over the positions that exist, and 0 at others."""
    return torch.where(inside, torch.softmax(torch.where(inside, x, -float("inf")), dim), 0)`,
    },
    finite: {
      text: `def finite(x):
    """What is not finite would make a product with 0 no number."""
    return torch.nan_to_num(x, nan=0.0, posinf=3.4028234663852886e38, neginf=-3.4028234663852886e38)`,
    },
    product: {
      text: `class Product(torch.autograd.Function):
    """A sum of products of two tensors or more, in whose gradient zero absorbs: what is infinite is there a great number, and what is no number 0."""

    @staticmethod
    def forward(ctx, signature, *factors):
        ctx.signature = signature
        ctx.save_for_backward(*factors)
        return torch.einsum(signature, *factors)

    @staticmethod
    def backward(ctx, gradient):
        with torch.enable_grad():
            factors = [finite(x.detach()).requires_grad_() for x in ctx.saved_tensors]
            return (None, *torch.autograd.grad(torch.einsum(ctx.signature, *factors), factors, finite(gradient)))


product = Product.apply`,
      needs: ["finite"],
    },
    absorbing: {
      text: `class Absorbing(torch.autograd.Function):
    """A function at every position, in whose gradient zero absorbs: 0 times a slope is 0, even if that is infinite or no number."""

    @staticmethod
    def forward(ctx, function, *operands):
        ctx.function = function
        ctx.save_for_backward(*operands)
        return function(*operands)

    @staticmethod
    def backward(ctx, gradient):
        with torch.enable_grad():
            whole = [x.detach().expand(gradient.shape).requires_grad_() for x in ctx.saved_tensors]
            slopes = torch.autograd.grad(ctx.function(*whole).sum(), whole, allow_unused=True)
        shares = [
            None
            if slope is None
            else torch.where((gradient == 0) | (slope == 0), 0, gradient * slope).sum_to_size(x.shape)
            for slope, x in zip(slopes, ctx.saved_tensors)
        ]
        return (None, *shares)


absorbing = Absorbing.apply`,
    },
    times: {
      text: `def times(a, b):
    """A product in which 0 absorbs."""
    return torch.where((a == 0) | (b == 0), 0, a * b)`,
    },
    power: {
      text: `def power(x, exponent):
    """Its slope by the exponent is 0 where x is not positive."""
    positive = x > 0
    return torch.where(positive, torch.where(positive, x, 1) ** exponent, x ** exponent.detach())`,
    },
    softplus: {
      text: `def softplus(x):
    """PyTorch's own takes 20 for beyond all curvature, which leaves nine digits."""
    return F.softplus(x, threshold=40.0)`,
    },
  };

/** The texts of functions by name, with those that they need, in the order of the table. */
export const supportOf = (needed: ReadonlySet<string>): ReadonlyArray<string> => {
  const all = new Set([...needed].flatMap((name) => [name, ...(supportTexts[name]?.needs ?? [])]));
  return Object.entries(supportTexts).flatMap(([name, { text }]) => (all.has(name) ? [text] : []));
};
