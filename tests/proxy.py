"""The nginx of `deploy/`, as it stands but for its addresses, before servers of a test; and a
server that stands in for the site where only the proxy matters.
"""

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = ROOT / "deploy" / "nginx.conf"
HOW = "nginx is not here: install it (on Debian: apt install nginx-light) to run these tests too."
HOST = "evenhand.example"
ANY_CERTIFICATE = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
ANY_CERTIFICATE.check_hostname, ANY_CERTIFICATE.verify_mode = False, ssl.CERT_NONE


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configuration(folder: Path, servers: list[int], tls: int, **changes: str) -> Path:
    """Write the configuration into a folder, for servers at these ports; return its file. changes:
    seconds by the name of a time-out.
    """
    text = CONFIGURATION.read_text(encoding="utf-8")
    own = {
        "127.0.0.1:8001": f"127.0.0.1:{servers[0]}",
        "127.0.0.1:8002": f"127.0.0.1:{servers[1]}",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{tls} ssl http2;",
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "/etc/nginx/tls": str(folder),
        "/var/cache/nginx/evenhand": str(folder / "cache"),
        "/var/log/nginx": str(folder),
    }
    if "max_fails" in changes:
        own["max_fails=5"] = f"max_fails={changes['max_fails']}"
    own |= {
        line: line.replace("5s;", f"{changes[line.split()[0]]};")
        for line in text.splitlines()
        if line.strip() and line.split()[0] in changes and line.startswith("    proxy_")
    }
    for there, here in own.items():
        assert there in text, there
        text = text.replace(there, here)
    (folder / "evenhand.conf").write_text(text, encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"  {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/errors;\nworker_processes 1;\n"
        # as deploy/README.md has it
        "worker_rlimit_nofile 65536;\nevents { worker_connections 20000; }\n"
        f"http {{\n{places}  include {folder}/evenhand.conf;\n}}\n",
        encoding="utf-8",
    )
    certificate = ["openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"]
    names = [
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-subj",
        f"/CN={HOST}",
        "-keyout",
        "privkey.pem",
        "-out",
        "fullchain.pem",
    ]
    subprocess.run([*certificate, *names], cwd=folder, check=True, capture_output=True)
    return folder / "nginx.conf"


def nginx() -> str | None:
    """Return the program, or None."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def proxied(folder: Path, servers: list[int], **changes: str) -> Iterator[int]:
    """Run nginx before two servers; yield the port at which it answers over TLS."""
    port = free_port()
    file = configuration(folder, servers, port, **changes)
    with (folder / "said").open("w") as output:
        process = subprocess.Popen([str(nginx()), "-c", str(file)], stdout=output, stderr=output)
    try:
        wait_until_open(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"Nobody answers at {port}.")


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """Ask the proxy for an address; return the answer and its body."""
    connection = HTTPSConnection("127.0.0.1", port, timeout=60, context=ANY_CERTIFICATE)
    try:
        spelled = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": HOST} | spelled)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


class _StandIn(BaseHTTPRequestHandler):
    """Answers what it was asked, and counts; a path names how the answer may be kept."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        if self.path.startswith("/static/") and os.environ["NAME"] == "first":
            return self._answer(404, {}, "max-age=0")
        told = {
            "server": os.environ["NAME"],
            "asked": self.asked,
            "headers": {name.lower(): value for name, value in self.headers.items()},
        }
        kept = "private, no-store"
        if self.path.startswith("/kept/"):
            kept = "public, max-age=0, s-maxage=1, stale-while-revalidate=5, stale-if-error=3600"
        return self._answer(200, told, kept)

    do_POST = do_GET

    def _answer(self, status: int, told: dict[str, object], kept: str) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Cache-Control", kept)
        self.send_header("Vary", "Cookie" if "cookie" in self.path else "Accept-Encoding")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a proxy that has waited long enough hangs up."""


@contextmanager
def stand_ins() -> Iterator[tuple[list[int], list[subprocess.Popen[bytes]]]]:
    """Run two of them, each a process; yield their ports and processes."""
    ports, processes = [free_port(), free_port()], []
    try:
        for port, name in zip(ports, ("first", "second"), strict=True):
            command = [sys.executable, "-m", "tests.proxy", str(port)]
            environment = {**os.environ, "NAME": name}
            processes.append(subprocess.Popen(command, cwd=ROOT, env=environment))
        for port, process in zip(ports, processes, strict=True):
            wait_until_open(port, process)
        yield ports, processes
    finally:
        for process in processes:
            process.send_signal(signal.SIGKILL)
            process.wait()


if __name__ == "__main__":
    _Server(("127.0.0.1", int(sys.argv[1])), _StandIn).serve_forever()
