"""A peer's side of the benchmark in Python: the protocol that serve.js describes."""
import json, sys, time


def serve(version, prepare):
    """`prepare` gives the outcome of a task and a function for each variant, or a reason why it cannot."""
    timings = {}
    for line in sys.stdin:
        asked = json.loads(line)
        if "task" not in asked:
            answer = {"ms": timings[asked["variant"]](asked)}
        else:
            with open(asked["task"]) as file:
                outcome, variants = prepare(json.load(file))
            timings = {name: timed(run) for name, run in variants.items()}
            answer = {"version": version, "outcome": outcome, "variants": list(timings)}
        print(json.dumps(answer), flush=True)


def timed(run):
    inner = 1

    def samples(asked):
        nonlocal inner
        found, passed, start = [], 0, time.perf_counter()
        while passed < asked["milliseconds"] or len(found) < asked["atLeast"]:
            if passed > asked["limit"] and found:
                break
            begin = time.perf_counter()
            for _ in range(inner):
                run()
            now = time.perf_counter()
            passed = (now - start) * 1e3
            if now - begin < 1e-3:
                inner *= 2
            else:
                found.append((now - begin) * 1e3 / inner)
        return found

    return samples
