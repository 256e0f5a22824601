"""A real server and a real browser for the journeys."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import touchline

#: No background traffic: the browser talks to the test's own server and to nobody else.
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


def serve(store: Path) -> Iterator[Server]:
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


def free_port() -> int:
    """A port nobody else takes meanwhile: two workers asking at once get different ones from the system."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cli(*words: object) -> None:
    subprocess.run([sys.executable, touchline.HOME / "cli.py", *map(str, words)], check=True, capture_output=True)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A fresh server with an empty history."""
    yield from serve(tmp_path / "store")


@pytest.fixture(scope="session")
def sample_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose history holds the sample data, shared by the journeys that only read."""
    folder = tmp_path_factory.mktemp("sample")
    store = folder / "store"
    cli("sample", folder / "files")
    one_sided = list((folder / "files").glob("*opencats*"))
    others = [path for path in (folder / "files").iterdir() if path not in one_sided and path.suffix != ".json"]
    cli("import", *one_sided, "--side", "candidate", "--store", store)
    cli("import", *others, "--store", store)
    yield from serve(store)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = touchline.find_browser()
    assert path, touchline.NO_BROWSER
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new tab at projector width; slow shared machines get time to draw."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    yield context.new_page()
    context.close()
