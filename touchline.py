#!/usr/bin/env python3
"""Start Touchline with nothing but Python: make the environment once, then hand over.

    python3 touchline.py run       the dashboard on this computer
    python3 touchline.py test      every test, browser journeys included
    python3 touchline.py check     lint, format, types, architecture
    python3 touchline.py bench     speed against named yardsticks
    python3 touchline.py ...       any other word goes to cli.py (sample, import, ratios, ...)

Only the standard library is used here, since nothing else is installed yet.
"""

from __future__ import annotations

import argparse
import glob
import hashlib
import http
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
STAMP = VENV / "touchline-requirements"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST_PYTHON = (3, 11)
FIRST_PORT = 8501
#: Large type for a meeting room: the size of text in pixels, which everything else on a page is measured in.
PROJECTOR = ("--theme.baseFontSize=22",)
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
#: Where browsers are installed that are not on the path: (environment variable of the folder, pattern below it).
BROWSER_PLACES = (
    ("", "/Applications/Chromium.app/Contents/MacOS/Chromium"),
    ("", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    ("PROGRAMFILES", "Google/Chrome/Application/chrome.exe"),
    ("PROGRAMFILES(X86)", "Google/Chrome/Application/chrome.exe"),
    ("LOCALAPPDATA", "Google/Chrome/Application/chrome.exe"),
    ("LOCALAPPDATA", "ms-playwright/chromium-*/chrome-win*/chrome.exe"),
    ("HOME", ".cache/ms-playwright/chromium-*/chrome-linux*/chrome"),
    ("HOME", "Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*"),
)
#: Package manager -> the commands that bring a Chromium, tried in order where the manager exists.
PACKAGE_MANAGERS = {
    "apt-get": (("apt-get", "update"), ("apt-get", "install", "-y", "chromium")),
    "dnf": (("dnf", "install", "-y", "chromium"),),
    "zypper": (("zypper", "--non-interactive", "install", "chromium"),),
    "pacman": (("pacman", "-Sy", "--noconfirm", "chromium"),),
    "apk": (("apk", "add", "chromium"),),
    "brew": (("brew", "install", "--cask", "chromium"),),
}
NO_BROWSER = (
    "No Chromium or Chrome was found and none could be installed, so the browser tests cannot run.\n"
    "Install Chromium or Google Chrome, or name one: TOUCHLINE_BROWSER=/path/to/chrome python3 touchline.py test"
)


def say(text: str) -> None:
    """Tell the person at the terminal; standard output stays free for results."""
    print(text, file=sys.stderr, flush=True)


def fail(text: str) -> None:
    say(text)
    raise SystemExit(1)


# --- the environment -------------------------------------------------------------------------------------------------


def digest(requirements: str) -> str:
    """What an installation of this file stands for: its text and the Python that installs it."""
    text = (HOME / requirements).read_bytes() + repr(sys.version_info[:2]).encode()
    return hashlib.sha256(text).hexdigest()


def installed() -> set[str]:
    """Digests of the requirement files the environment holds; empty where it is missing or half made."""
    return set(STAMP.read_text().split()) if STAMP.exists() and PYTHON.exists() else set()


def is_ready(requirements: str) -> bool:
    """The development set holds everything the dashboard needs, so either will do for running it."""
    return bool(installed() & {digest(requirements), digest(DEVELOPMENT)})


def make_environment() -> None:
    # What a link leads to belongs to somebody else, and making an environment clears the folder.
    if VENV.is_symlink():
        fail(f"{VENV} is a link to another folder. Remove the link; the next start makes an environment of its own.")
    say("Preparing Touchline (once, a minute or two) ...")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if made.returncode:
        fail("Python could not make a virtual environment. On Debian or Ubuntu: sudo apt-get install python3-venv")


def install(requirements: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]
    if subprocess.run(command, cwd=HOME).returncode:
        fail(
            f"Installing {requirements} failed. Check the internet connection (and proxy), then run the command again."
        )
    # Written last: an installation that was cut off leaves no stamp and is made again.
    STAMP.write_text("\n".join(sorted({digest(requirements), digest(RUNTIME)})))


def ensure_environment(requirements: str) -> None:
    """Make ``.venv`` what the requirements say; it is made anew when they changed."""
    if is_ready(requirements):
        return
    if digest(RUNTIME) not in installed():
        make_environment()
    install(requirements)


def python(*arguments: str, **environment: str) -> int:
    """Run the environment's Python in the project folder and return its exit code."""
    return subprocess.run([str(PYTHON), *arguments], cwd=HOME, env={**os.environ, **environment}).returncode


# --- the dashboard ---------------------------------------------------------------------------------------------------


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # Without it a port that a stopped dashboard has just left still counts as taken.
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(wanted: int | None) -> int:
    if wanted is None:
        return next(port for port in range(FIRST_PORT, FIRST_PORT + 100) if is_free(port))
    if not is_free(wanted):
        fail(f"Port {wanted} is in use. Stop what runs there or choose another: python3 touchline.py run --port N")
    return wanted


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_ready(server: subprocess.Popen[bytes], port: int, seconds: float = 90) -> bool:
    end = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < end:
        if answers(port):
            return True
        time.sleep(0.2)
    return False


def stop(*_: object) -> None:
    """Being ended from outside is the same as Ctrl+C: the dashboard ends too."""
    raise KeyboardInterrupt


def run_options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="touchline.py run", description="Start the dashboard on this computer.")
    parser.add_argument(
        "--store", default=HOME / "data", type=Path, metavar="DIR", help="folder of the history (default: data)"
    )
    parser.add_argument(
        "--port", type=int, metavar="N", help=f"port to use (default: the first free from {FIRST_PORT})"
    )
    parser.add_argument("--projector", action="store_true", help="large type, for a meeting room")
    return parser.parse_args(arguments)


def server_command(port: int, projector: bool) -> list[str]:
    """What starts the dashboard; a theme given here wins over the one of the settings file."""
    place = ("--server.address=127.0.0.1", f"--server.port={port}")
    return [str(PYTHON), "-m", "streamlit", "run", "app.py", *place, *PROJECTOR * projector]


def run(arguments: list[str]) -> int:
    options = run_options(arguments)
    ensure_environment(RUNTIME)
    port = choose_port(options.port)
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "TOUCHLINE_STORE": str(options.store.expanduser().resolve())}
    command = server_command(port, options.projector)
    signal.signal(signal.SIGTERM, stop)
    with subprocess.Popen(command, cwd=HOME, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            if wait_until_ready(server, port):
                print(f"Touchline is ready: {address}  (stop it with Ctrl+C)", flush=True)
            return server.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            server.terminate()


# --- tests and checks ------------------------------------------------------------------------------------------------


def browser_places() -> list[str]:
    """Browsers that exist in the usual folders of this system, newest version first within a folder."""
    known = [(os.environ.get(base, "") if base else "/", pattern) for base, pattern in BROWSER_PLACES]
    return [
        path for base, pattern in known if base for path in sorted(glob.glob(os.path.join(base, pattern)), reverse=True)
    ]


def find_browser() -> str | None:
    """Path of a Chromium or Chrome: the one named by TOUCHLINE_BROWSER, the system's, or Playwright's own."""
    named = os.environ.get("TOUCHLINE_BROWSER")
    on_path = [found for found in map(shutil.which, BROWSER_NAMES) if found]
    candidates = [named] if named else [*on_path, *browser_places()]
    return next((path for path in candidates if path and Path(path).exists()), None)


def with_rights(command: tuple[str, ...]) -> list[str]:
    """System packages need root; ``sudo -n`` never stops to ask for a password. Homebrew refuses root."""
    is_root = not hasattr(os, "geteuid") or os.geteuid() == 0
    return list(command) if is_root or command[0] == "brew" else ["sudo", "-n", *command]


def install_browser() -> None:
    say("No Chromium or Chrome found; installing one for the browser tests ...")
    if python("-m", "playwright", "install", "--with-deps", "chromium") == 0 and find_browser():
        return
    for manager, commands in PACKAGE_MANAGERS.items():
        if shutil.which(manager) and not find_browser():
            for command in commands:
                subprocess.run(
                    with_rights(command), env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False
                )


def ensure_browser() -> str:
    if not find_browser():
        install_browser()
    browser = find_browser()
    if browser is None:
        fail(NO_BROWSER)
    return str(browser)


def test(arguments: list[str]) -> int:
    ensure_environment(DEVELOPMENT)
    return python(
        "-m", "pytest", *(arguments or ["-n", "auto", "--dist", "loadfile"]), TOUCHLINE_BROWSER=ensure_browser()
    )


def check(arguments: list[str]) -> int:
    ensure_environment(DEVELOPMENT)
    steps = (
        ("-m", "ruff", "check", *arguments),
        ("-m", "ruff", "format", "--check"),
        ("-m", "mypy"),
        ("-m", "pytest", "-q", "tests/test_architecture.py"),
    )
    return max(python(*step) for step in steps)


def bench(arguments: list[str]) -> int:
    ensure_environment(DEVELOPMENT)
    return python("-m", "benchmarks", *arguments)


def command_line(arguments: list[str]) -> int:
    ensure_environment(RUNTIME)
    return subprocess.run([str(PYTHON), str(HOME / "cli.py"), *arguments]).returncode


COMMANDS = {"run": run, "test": test, "check": check, "bench": bench}


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST_PYTHON:
        fail(f"Touchline needs Python {'.'.join(map(str, OLDEST_PYTHON))} or newer; this is {sys.version.split()[0]}.")
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if arguments else 2
    command = COMMANDS.get(arguments[0])
    return command(arguments[1:]) if command else command_line(arguments)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
