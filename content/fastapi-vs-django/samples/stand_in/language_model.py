"""A stand-in for a paid language model: answers over HTTP on this machine, always the same to the same text.

    python stand_in/language_model.py 9000

`POST /complete` takes `model`, `instruction`, `text`, and perhaps `max_tokens` and `stream`; it answers `{"text", "tokens"}`,
or with `stream` one `{"text"}` a line. It refuses to be clever: a question mark, a few words, the first sentence. Certain
words in the text make it fail as real ones do now and then (see `Model.do_POST`); `POST /go-on` ends one wait.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Semaphore

COMPLAINING = ("broken", "late", "never", "refund")
SECRET = "key-of-the-paid-account"  # noqa: S105  (stands in its error messages, and must not get any further)
LONGEST_WAIT = 10  # seconds


def complete(instruction: str, text: str) -> str:
    """Return the label that fits, where the instruction ends in a list of labels; otherwise the first sentence."""
    if "one of:" in instruction:
        if text.endswith("?"):
            return "question"
        return "complaint" if any(word in text.casefold() for word in COMPLAINING) else "praise"
    return "In short:\n" + text.partition(".")[0] + "."


class Model(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # chunks, so that a stream that breaks off can be told from one that ends
    go_on = Semaphore(0)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or "{}")
        text = asked.get("text", "")
        if self.path == "/go-on":
            self.go_on.release()
            self._answer(200, b"{}")
        elif "please fail" in text:
            self._answer(503, json.dumps({"error": f"overloaded, {SECRET}"}).encode())
        elif "please mumble" in text:
            self._answer(200, f"mumble {SECRET}".encode())
        elif "please ramble" in text:
            self._answer(200, json.dumps({"text": f"Well, {SECRET}", "tokens": 1}).encode())
        elif asked.get("stream"):
            self._stream(complete(asked["instruction"], text), asked.get("max_tokens", 100), text)
        else:
            if "please dawdle" in text:
                self.go_on.acquire(timeout=LONGEST_WAIT)
            answer = complete(asked["instruction"], text)
            tokens = sum(len(part.split()) for part in (asked["instruction"], text, answer))
            self._answer(200, json.dumps({"text": answer, "tokens": tokens}).encode())

    def _stream(self, answer: str, most: int, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for number, word in enumerate(answer.split(" ")[:most]):
            if number == 1 and "please wait" in text:
                self.go_on.acquire(timeout=LONGEST_WAIT)
            if number == 1 and "please break off" in text:
                self.close_connection = True
                return
            line = json.dumps({"text": word if number == 0 else f" {word}"}).encode() + b"\n"
            self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
        self.wfile.write(b"0\r\n\r\n")

    def _answer(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True  # nobody waited for the answer

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the programs log what matters."""


class Server(ThreadingHTTPServer):
    daemon_threads = True


if __name__ == "__main__":
    Server(("127.0.0.1", int(sys.argv[1])), Model).serve_forever()
