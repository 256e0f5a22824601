"""A real server with an empty or a sample history, for browser journeys and for pictures in the documentation."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import touchline

#: No background traffic: the browser talks to the server started here and to nobody else.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True)
class Server:
    """A dashboard of its own: where it answers and where its history lies."""

    url: str
    store: Path


def free_port() -> int:
    """A port from the system: two workers asking at once get different ones."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(store: Path) -> Iterator[Server]:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.address=127.0.0.1",
        f"--server.port={port}",
    ]
    environment = {**os.environ, "TOUCHLINE_STORE": str(store)}
    with subprocess.Popen(command, cwd=touchline.HOME, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            assert touchline.wait_until_ready(server, port), "the dashboard did not start"
            yield Server(f"http://127.0.0.1:{port}", store)
        finally:
            server.terminate()


def cli(*words: object) -> None:
    subprocess.run([sys.executable, touchline.HOME / "cli.py", *map(str, words)], check=True, capture_output=True)


def store_sample(folder: Path) -> Path:
    """The sample files, made and imported as a manager would; returns the folder of the history."""
    files, store = folder / "files", folder / "store"
    cli("sample", files)
    one_sided = list(files.glob("*opencats*"))
    others = [path for path in files.iterdir() if path not in one_sided and path.suffix != ".json"]
    cli("import", *one_sided, "--side", "candidate", "--store", store)
    cli("import", *others, "--store", store)
    return store
