"""Another system: a server on the loopback that keeps what it was sent and answers as it is told."""

import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

SLOWLY = -1  # a status that is none


class Receiver(BaseHTTPRequestHandler):
    received: list = []
    statuses: list = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Receiver.received.append((self.path, dict(self.headers), body))
        status = Receiver.statuses.pop(0) if Receiver.statuses else 200
        if status == SLOWLY:
            self._speak_slowly()
        else:
            self._speak(status)

    def _speak(self, status):
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/inside")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _speak_slowly(self):
        """A letter now and then, for longer than anybody should wait."""
        with suppress(OSError):
            for letter in "HTTP/1.1 200 OK" * 4:
                self.wfile.write(letter.encode())
                time.sleep(0.1)

    def log_message(self, *_args):
        pass


@pytest.fixture
def receiver():
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Receiver.received, Receiver.statuses = [], []
    Receiver.address = f"http://127.0.0.1:{server.server_port}/hook?from=huiyin"
    yield Receiver
    server.shutdown()
    thread.join()
    server.server_close()
