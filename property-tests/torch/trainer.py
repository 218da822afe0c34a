"""Runs the script that `rnnc export --trainer` wrote, in so many processes as are asked for, as torchrun would start them: without loading torch for each."""
import contextlib
import importlib.util
import io
import json
import os
import signal
import socket
import sys

import torch  # noqa: F401  what is forked has it


def load(path):
    spec = importlib.util.spec_from_file_location("train", path)
    train = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(train)
    return train


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def dying(train, step):
    """As the script, but killed before this step."""
    whole = train.step_of

    def step_of(*given):
        if given[-1] == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*given)

    train.step_of = step_of


def child(run, rank, world, port, told):
    os.dup2(told, 2)
    # What never ends fails.
    signal.alarm(100)
    os.environ.update(RANK=str(rank), LOCAL_RANK=str(rank), WORLD_SIZE=str(world), MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    code = 1
    try:
        torch.set_num_threads(1)
        train = load(run["script"])
        if run.get("dies") is not None and rank == world - 1:
            dying(train, run["dies"])
        code = train.main(run["words"])
    except SystemExit as end:
        code = end.code
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def answer(run):
    world, port = run["world"], free_port()
    reading, writing = os.pipe()
    processes = []
    for rank in range(world):
        process = os.fork()
        if process == 0:
            os.close(reading)
            child(run, rank, world, port, writing)
        processes.append(process)
    os.close(writing)
    codes = {}
    while len(codes) < world:
        process, status = os.wait()
        codes[process] = os.waitstatus_to_exitcode(status)
        # As torchrun does: where one has died, all end.
        if codes[process] != 0:
            for other in processes:
                if other not in codes:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(other, signal.SIGKILL)
    with io.open(reading, encoding="utf-8") as file:
        text = file.read()
    return {"codes": [codes[process] for process in processes], "told": text}


json.dump([answer(run) for run in json.load(sys.stdin)], sys.stdout)
