"""Static files with a tag for each encoding: of the very bytes that are sent, so that it is the
same on every server. Of what is sent, and how, whitenoise knows.
"""

import hashlib
from pathlib import Path
from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import Response, StaticFile


class TaggedFile(StaticFile):  # type: ignore[misc]
    """One file in all its encodings."""

    def get_response(self, method: str, request_headers: Any) -> Response:
        """Return the file, or that it has not changed since its tag was sent."""
        known = request_headers.get("HTTP_IF_NONE_MATCH", "")
        if not known or method not in ("GET", "HEAD"):
            return super().get_response(method, request_headers)
        _, headers = self.get_path_and_headers(request_headers)
        tag = dict(headers)["ETag"]
        if known.strip() == "*" or tag in known:
            return self.get_not_modified_response(dict(headers))
        # the tag decides; days are for who sent none
        return super().get_response(method, {**request_headers, "HTTP_IF_NONE_MATCH": '"other"'})


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """whitenoise, with such files."""

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        """Return what a path is answered with."""
        file = super().get_static_file(path, url, stat_cache)
        file.__class__ = TaggedFile
        file.alternatives = [
            (pattern, path, [*(dict(headers) | {"ETag": _tag(path)}).items()])
            for pattern, path, headers in file.alternatives
        ]
        return file


def _tag(path: str) -> str:
    return f'"{hashlib.sha256(Path(path).read_bytes()).hexdigest()[:32]}"'
