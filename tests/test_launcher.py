"""The launcher's own decisions; making an environment for real is what every run of the tests already does."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from streamlit import config

import touchline


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """An empty project folder with both requirement files and a log of what would have been run."""
    (tmp_path / touchline.RUNTIME).write_text("a==1\n")
    (tmp_path / touchline.DEVELOPMENT).write_text("a==1\nb==1\n")
    python = tmp_path / ".venv" / "python"
    done: list[str] = []

    def make() -> None:
        python.parent.mkdir(exist_ok=True)
        python.touch()
        (tmp_path / ".venv" / "stamp").unlink(missing_ok=True)
        done.append("made")

    def pip(command, **_):
        done.append(command[-1])
        return subprocess.CompletedProcess(command, 0)

    for name, value in {"HOME": tmp_path, "PYTHON": python, "STAMP": tmp_path / ".venv" / "stamp"}.items():
        monkeypatch.setattr(touchline, name, value)
    monkeypatch.setattr(touchline, "make_environment", make)
    monkeypatch.setattr(touchline.subprocess, "run", pip)
    return tmp_path, done


def test_an_environment_that_is_a_link_is_left_alone(tmp_path, monkeypatch, capsys):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "kept").touch()
    (tmp_path / ".venv").symlink_to(theirs)
    monkeypatch.setattr(touchline, "VENV", tmp_path / ".venv")
    with pytest.raises(SystemExit):
        touchline.make_environment()
    assert "is a link to another folder" in capsys.readouterr().err
    assert (theirs / "kept").exists()


def test_the_environment_is_made_once(environment):
    _, done = environment
    touchline.ensure_environment(touchline.RUNTIME)
    touchline.ensure_environment(touchline.RUNTIME)
    assert done == ["made", "requirements.txt"]


def test_tests_add_to_the_environment_and_running_then_needs_nothing_more(environment):
    _, done = environment
    touchline.ensure_environment(touchline.RUNTIME)
    touchline.ensure_environment(touchline.DEVELOPMENT)
    touchline.ensure_environment(touchline.RUNTIME)
    assert done == ["made", "requirements.txt", "requirements-dev.txt"]


def test_changed_requirements_make_the_environment_anew(environment):
    folder, done = environment
    touchline.ensure_environment(touchline.RUNTIME)
    (folder / touchline.RUNTIME).write_text("a==2\n")
    touchline.ensure_environment(touchline.RUNTIME)
    assert done == ["made", "requirements.txt"] * 2


def test_an_installation_that_failed_is_not_taken_for_done(environment, monkeypatch):
    folder, _ = environment
    monkeypatch.setattr(touchline.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1))
    with pytest.raises(SystemExit):
        touchline.ensure_environment(touchline.RUNTIME)
    assert not touchline.is_ready(touchline.RUNTIME)
    assert not (folder / ".venv" / "stamp").exists()


def test_a_port_in_use_is_named_and_another_is_chosen_when_none_was_asked_for(monkeypatch, capsys):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(SystemExit):
            touchline.choose_port(port)
        assert str(port) in capsys.readouterr().err
        monkeypatch.setattr(touchline, "FIRST_PORT", port)
        assert touchline.choose_port(None) > port


#: Stands for the dashboard: says its process number and then waits for good.
SERVER = "import os, pathlib, time; pathlib.Path('started').write_text(str(os.getpid())); time.sleep(600)"
LAUNCHER = """
import pathlib, sys, touchline
touchline.HOME, touchline.PYTHON = pathlib.Path.cwd(), pathlib.Path(sys.executable)
touchline.ensure_environment = lambda _: None
touchline.run(["--store", "."])
"""


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def test_ending_the_launcher_ends_the_dashboard_too(tmp_path):
    (tmp_path / "streamlit.py").write_text(SERVER)
    paths = os.pathsep.join([str(tmp_path), str(Path(touchline.__file__).parent)])
    environment = {**os.environ, "PYTHONPATH": paths}
    started = tmp_path / "started"
    with subprocess.Popen([sys.executable, "-c", LAUNCHER], cwd=tmp_path, env=environment) as launcher:
        assert wait_for(lambda: started.exists() and started.read_text())
        launcher.send_signal(signal.SIGTERM)
        assert launcher.wait(30) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text()), 0)


def test_the_projector_is_large_type_through_the_theme_and_nothing_else():
    plain, large = (touchline.server_command(8600, projector) for projector in (False, True))
    assert plain[1:6] == ["-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1"]
    assert large == [*plain, "--theme.baseFontSize=22"]


def test_the_projector_is_asked_for_by_one_word():
    assert touchline.run_options(["--projector"]).projector
    asked = touchline.run_options(["--port", "8600", "--store", "there"])
    assert (asked.projector, asked.port, asked.store) == (False, 8600, Path("there"))


def test_the_size_of_the_projector_is_one_that_the_server_knows():
    (option,) = touchline.PROJECTOR
    name, _, size = option.removeprefix("--").partition("=")
    assert config.get_option(name) is None
    assert int(size) >= 20


def test_the_browser_named_by_the_user_wins(tmp_path, monkeypatch):
    chrome = tmp_path / "chrome"
    chrome.touch()
    monkeypatch.setenv("TOUCHLINE_BROWSER", str(chrome))
    assert touchline.find_browser() == str(chrome)


def test_without_any_browser_the_tests_fail_saying_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(touchline, "find_browser", lambda: None)
    monkeypatch.setattr(touchline, "install_browser", lambda: None)
    with pytest.raises(SystemExit):
        touchline.ensure_browser()
    assert "TOUCHLINE_BROWSER" in capsys.readouterr().err


def test_playwright_is_asked_first_and_the_package_manager_only_when_it_fails(monkeypatch):
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(touchline, "find_browser", lambda: None)
    monkeypatch.setattr(touchline, "python", lambda *words: ran.append(words) or 1)
    monkeypatch.setattr(touchline.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(touchline.subprocess, "run", lambda command, **_: ran.append(tuple(command[-2:])))
    touchline.install_browser()
    assert "playwright" in ran[0]
    assert [words[-1] for words in ran[1:]] == ["update", "chromium"]


def test_an_old_python_is_told_which_one_is_needed(monkeypatch, capsys):
    monkeypatch.setattr(touchline, "OLDEST_PYTHON", (9, 9))
    with pytest.raises(SystemExit):
        touchline.main(["run"])
    assert "9.9" in capsys.readouterr().err


def test_help_names_every_command():
    shown = subprocess.run([sys.executable, touchline.__file__, "--help"], capture_output=True, text=True, check=True)
    assert all(word in shown.stdout for word in touchline.COMMANDS)
