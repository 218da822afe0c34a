def check_taste(drawn, temperature, top_k, top_p):
    """How values are drawn, as it must be."""
    if not 0 < temperature < float("inf"):
        raise ValueError(f"temperature: expected a number above 0, found {temperature}; mode=True takes the likeliest")
    if top_k is not None and (isinstance(top_k, bool) or not isinstance(top_k, int) or top_k < 1):
        raise ValueError(f"top_k: expected an integer above 0, found {top_k}")
    if not 0 < top_p <= 1:
        raise ValueError(f"top_p: expected a number above 0 and at most 1, found {top_p}")
    if (top_k is not None or top_p < 1) and all(family == "normal" for family, *_ in drawn.values()):
        raise ValueError("top_k and top_p: expected a model with a ~ of symbols or truths, found numbers alone")


def drawn_from(family, values, mode, temperature, top_k, top_p):
    """Of a distribution's arguments a value: its likeliest with `mode`, else of its density to the power 1 / temperature."""
    if family == "normal":
        mean, deviation = values
        return mean if mode else mean + deviation * temperature**0.5 * torch.randn_like(mean)
    if family == "bernoulli":
        (p,) = values
        if p.isnan().any():
            raise ValueError("a distribution is not a number")
        sharp = p if temperature == 1 else torch.sigmoid(torch.logit(p) / temperature)
        is_sure = torch.maximum(sharp, 1 - sharp) >= top_p
        drawn = (sharp > 0.5).to(p.dtype)
        return drawn if mode or top_k == 1 else torch.where(is_sure, drawn, torch.bernoulli(sharp))
    logs, order = values[0].sort(dim=-1, descending=True, stable=True)
    if not logs[..., 0].isfinite().all():
        raise ValueError("a distribution is not a number")
    if mode:
        return order[..., 0]
    weights = torch.softmax(logs / temperature, -1)
    if top_k is not None:
        weights = torch.where(torch.arange(weights.shape[-1], device=weights.device) < top_k, weights, 0)
    if top_p < 1:
        before = weights.cumsum(-1) - weights
        weights = torch.where(before < top_p * weights.sum(-1, keepdim=True), weights, 0)
    place = torch.distributions.Categorical(probs=weights).sample()
    return order.gather(-1, place[..., None])[..., 0]
