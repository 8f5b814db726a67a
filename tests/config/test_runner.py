"""The one command that runs everything, tried with a site of three lines."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from huiyin.config import postgres, processes, refusals, runner

MANAGE = """\
import sys, time
if sys.argv[1:] == ["demo", "--logins"]:
    print("deputy 口令")
if sys.argv[1] == "procrastinate":
    time.sleep(1000)
"""
WSGI = """\
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]
"""


@pytest.fixture
def site(tmp_path):
    site = tmp_path / "路径 有空格"
    config = site / "huiyin" / "config"
    config.mkdir(parents=True)
    (site / "huiyin" / "__init__.py").touch()
    (config / "__init__.py").touch()
    (config / "wsgi.py").write_text(WSGI)
    (site / "manage.py").write_text(MANAGE)
    for module in (postgres, processes, refusals, runner):
        shutil.copy(module.__file__, config)
    yield site
    call(site, "--stop")


@pytest.fixture
def environment(monkeypatch):
    """Neither the settings of the machine nor those of the test run reach the runner."""
    elsewhere = ("PGHOST", "PGHOSTADDR", "PGSERVICE")
    for name in (
        "HUIYIN_DEMO",
        "HOST",
        "PORT",
        *refusals.DATABASES,
        *refusals.PRODUCTION,
        *elsewhere,
    ):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def call(site, *arguments):
    command = [sys.executable, "-m", "huiyin.config.runner", *arguments]
    own = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
    return subprocess.run(command, cwd=site, env=own, capture_output=True, text=True)


def begin(site, output, port=None):
    """In the background as a script does it: INT comes in ignored."""
    words = f'trap "" INT; exec "{sys.executable}" -m huiyin.config.runner'
    own = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
    own["PORT"] = port or str(free_port())
    with output.open("w") as file:
        process = subprocess.Popen(["sh", "-c", words], cwd=site, env=own, stdout=file)
    until(lambda: "Huiyin is ready at" in output.read_text() or process.poll() is not None)
    return process


def free_port():
    """Not the usual ones: another test may be looking for a port at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def until(condition):
    while not condition():
        time.sleep(0.05)


def processes_in(site):
    found = [path for path in Path("/proc").glob("[0-9]*/cwd") if os.path.exists(path)]
    return [path.parent.name for path in found if path.resolve().is_relative_to(site)]


@pytest.mark.slow
def test_run_serves_until_an_interrupt_and_leaves_nothing_behind(site, tmp_path):
    process = begin(site, tmp_path / "output")
    state = json.loads((site / "var" / "runner.json").read_text())
    with urllib.request.urlopen(state["address"]) as answer:
        page = answer.read()

    process.send_signal(signal.SIGINT)

    assert (page, process.wait(), processes_in(site)) == (b"hello", 0, [])
    assert "deputy 口令\n" in (tmp_path / "output").read_text()


@pytest.mark.slow
def test_run_serves_on_the_port_that_was_asked_for(site, tmp_path):
    port = str(free_port())
    process = begin(site, tmp_path / "output", port)

    assert f"Huiyin is ready at http://127.0.0.1:{port}\n" in (tmp_path / "output").read_text()
    process.terminate()
    assert process.wait() == 0


@pytest.mark.slow
def test_run_brings_back_a_database_that_was_killed(site, tmp_path):
    process = begin(site, tmp_path / "output")
    server = postgres.server(site)
    killed = server.pid()

    os.kill(killed, signal.SIGKILL)

    until(server.is_ready)
    assert server.pid() != killed
    process.terminate()
    assert (process.wait(), processes_in(site)) == (0, [])


@pytest.mark.slow
def test_run_a_second_time_names_the_address_and_stop_ends_the_first(site, tmp_path):
    process = begin(site, tmp_path / "output")
    address = json.loads((site / "var" / "runner.json").read_text())["address"]

    assert call(site).stdout.startswith(f"Huiyin is ready at {address} ")
    assert (call(site, "--stop").returncode, process.wait(), processes_in(site)) == (0, 0, [])


@pytest.mark.slow
def test_run_after_being_killed_takes_the_database_over(site, tmp_path):
    process = begin(site, tmp_path / "output")
    process.kill()
    process.wait()

    process = begin(site, tmp_path / "second")
    process.terminate()

    assert (process.wait(), processes_in(site)) == (0, [])


@pytest.mark.parametrize(
    ("name", "value"),
    [("HUIYIN_DEMO", "0"), ("HUIYIN_DEMO", "never"), ("HOST", "0.0.0.0"), ("HOST", "192.0.2.1")],
)
def test_refuse_production_keeps_known_passwords_from_others(environment, name, value):
    environment.setenv(name, value)

    with pytest.raises(refusals.Refused):
        refusals.refuse_production()


SETTINGS = {
    "SECRET_KEY": "long-and-random",
    "ALLOWED_HOSTS": "huiyin.example",
    "CSRF_TRUSTED_ORIGINS": "https://huiyin.example",
    "SITE_ADDRESS": "https://huiyin.example",
    "TRUSTED_PROXIES": "1",
    "HUIYIN_KEYS": "/etc/huiyin/keys.json",
    "HUIYIN_VAR": "/var/lib/huiyin",
    "EMAIL_URL": "smtp+tls://mail.example",
    "SMS_ADDRESS": "https://sms.example",
    "SMS_TOKEN": "token",
    "CHAT_ROBOTS": '{"620100": "wecombot://key"}',
}
ELSEWHERE = [
    "postgresql://huiyin:secret@db.example/huiyin",
    "postgresql://huiyin@192.0.2.1:5432/huiyin",
    "postgresql://huiyin@localhost,db.example/huiyin",
    "postgresql:///huiyin?host=db.example",
    "postgresql://localhost/huiyin?hostaddr=192.0.2.1",
    "postgresql:///huiyin?service=production",
]
HERE = [
    "postgresql:///huiyin",
    "postgresql://huiyin@localhost/huiyin",
    "postgresql://huiyin@127.0.0.1:5432/huiyin",
    "postgresql://huiyin@[::1]/huiyin",
    "postgresql://huiyin@%2Fvar%2Frun%2Fpostgresql/huiyin",
    "postgresql:///huiyin?host=/var/run/postgresql",
]


def test_every_setting_of_production_is_tried_here():
    assert tuple(SETTINGS) == refusals.PRODUCTION


@pytest.mark.parametrize(("name", "value"), SETTINGS.items())
def test_refuse_production_names_the_setting_of_an_installation(environment, name, value):
    environment.setenv(name, value)

    with pytest.raises(refusals.Refused, match=rf"：{name}。(.|\n)*: {name}\. "):
        refusals.refuse_production()


@pytest.mark.parametrize("value", ["1", "true", "Yes"])
def test_refuse_production_lets_settings_pass_where_the_demonstration_is_asked_for(
    environment, value
):
    environment.setenv("HUIYIN_DEMO", value)
    for name, given in SETTINGS.items():
        environment.setenv(name, given)

    assert refusals.refuse_production() is None


@pytest.mark.parametrize("name", refusals.DATABASES)
@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("wish", ["", "1"])
def test_refuse_production_keeps_off_a_database_elsewhere(environment, name, address, wish):
    environment.setenv("HUIYIN_DEMO", wish)
    environment.setenv(name, address)

    with pytest.raises(refusals.Refused, match=f"{name} (.|\n)*{name} is elsewhere"):
        refusals.refuse_production()


@pytest.mark.parametrize(
    ("name", "value"), [("PGHOST", "db.example"), ("PGHOSTADDR", "192.0.2.1"), ("PGSERVICE", "x")]
)
def test_refuse_production_knows_where_libpq_would_look(environment, name, value):
    environment.setenv("DATABASE_URL", "postgresql:///huiyin")
    environment.setenv(name, value)

    with pytest.raises(refusals.Refused):
        refusals.refuse_production()


@pytest.mark.parametrize("address", HERE)
def test_refuse_production_lets_a_database_of_this_machine_pass(environment, address):
    environment.setenv("DATABASE_URL", address)

    assert refusals.refuse_production() is None


def test_run_asks_a_given_database_whose_city_it_holds_before_anything_is_written(
    site, environment
):
    (site / "manage.py").write_text("import sys; print(*sys.argv[1:]); sys.exit(1)")
    environment.setenv("DATABASE_URL", HERE[0])

    said = subprocess.run(
        [sys.executable, "-m", "huiyin.config.runner"], cwd=site, capture_output=True, text=True
    )

    assert (said.returncode, "demo --only-ours\n" in said.stdout) == (1, True)
    assert "migrate" not in said.stdout


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", socket.gethostname()])
def test_refuse_production_lets_this_machine_pass(environment, host):
    environment.setenv("HOST", host)

    assert refusals.refuse_production() is None


def test_choose_port_takes_the_next_free_one(environment):
    environment.setattr(runner, "FIRST_PORT", free_port())
    with socket.create_server(("127.0.0.1", runner.FIRST_PORT)):
        environment.setattr(runner, "LAST_PORT", runner.FIRST_PORT + 20)

        assert runner.choose_port() > runner.FIRST_PORT


@pytest.mark.parametrize("port", ["99999", "eighty", "-1"])
def test_choose_port_refuses_what_is_no_port(environment, port):
    environment.setenv("PORT", port)

    with pytest.raises(refusals.Refused, match=port):
        runner.choose_port()


def test_choose_port_refuses_a_taken_one(environment):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment.setenv("PORT", str(taken.getsockname()[1]))

        with pytest.raises(refusals.Refused):
            runner.choose_port()
