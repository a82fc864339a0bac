"""What an ASGI server says of a request -> the environ that a WSGI application reads.

The path is decoded from its raw bytes, as WSGI wants it: one that is no UTF-8 stays what it was.
"""

import sys
from typing import IO, Any
from urllib.parse import unquote_to_bytes
from wsgiref.util import FileWrapper

Scope = dict[str, Any]
Environ = dict[str, Any]

WAITED = "comparison.waited_ms"  # key of how long a request waited for its turn, milliseconds
AT_A_TIME = 65_536  # bytes that are read of a file
ALWAYS: Environ = {
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.file_wrapper": lambda file, size: FileWrapper(file, AT_A_TIME),
    "SERVER_SOFTWARE": "evenhand",
}
_names: dict[bytes, str] = {}  # of headers, as they stand in an environ
KEPT_NAMES = 256


def environ_of(scope: Scope, body: IO[bytes], length: int | None) -> Environ:
    """Return the environ of a request.

    body: what was sent, from its first byte. length: of the body; None where there is none.
    """
    server, client = scope.get("server") or ("", ""), scope.get("client") or ("", "")
    environ = ALWAYS | {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": str(client[0]),
        "REMOTE_PORT": str(client[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
    }
    for header, value in scope["headers"]:
        name = _names.get(header) or _name_of(header)
        if name in environ:
            between = "; " if name == "HTTP_COOKIE" else ","
            environ[name] += between + value.decode("latin-1")
        elif name:
            environ[name] = value.decode("latin-1")
    environ.pop("CONTENT_LENGTH", None)
    if length is not None:
        environ["CONTENT_LENGTH"] = str(length)
    return environ


def header_of(scope: Scope, wanted: bytes) -> str:
    """Return the first header of a name; empty where there is none."""
    values = (value for name, value in scope["headers"] if name == wanted)
    return next(values, b"").decode("latin-1")


def _name_of(header: bytes) -> str:
    """Return a header's key; empty for one with an underscore, which could pass for another, such
    as a proxy's own.
    """
    if b"_" in header:
        return ""
    name = header.decode("latin-1").upper().replace("-", "_")
    if name not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        name = f"HTTP_{name}"
    if len(_names) < KEPT_NAMES:
        _names[header] = name
    return name
