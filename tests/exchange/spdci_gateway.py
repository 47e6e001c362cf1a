"""`python -m tests.exchange.spdci_gateway`: a partner's gateway, which signs what software behind it cannot sign.

It stands between the SPDCI standard's compliance suite, which sends unsigned requests, and a registry of ours. A
request whose signature is only a placeholder (`unsigned`, `unsigned-stub`) is signed; any other goes on as it came, a
wrong signature too. The token, or that there is none, goes on as it came.
"""

from __future__ import annotations

import argparse
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
from joserfc.jwk import ECKey

from balsts.exchange.spdci.envelope import seal

PLACEHOLDERS = ("unsigned", "unsigned-stub")
_EXAMPLE = """example:
  python -m tests.exchange.spdci_gateway --make-key asker.json --public asker-keys.json
  python -m tests.exchange.spdci_gateway --key asker.json --to http://127.0.0.1:8800/spdci/crvs --port 8811 \\
      --say BIRTH-TEST-001=39900000001"""


class Gateway(ThreadingHTTPServer):
    """Signs and sends on.

    Args:
        port: where it listens, on loopback; 0 takes a free one.
        to: the address of the registry.
        key: what requests are signed with.
        said: words in a request and what is said in their place: a code that the suite makes up, and one that is there.
    """

    daemon_threads = True

    def __init__(self, port: int, to: str, key: ECKey, said: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.to, self.key, self.said = to.rstrip("/"), key, said
        self.registry = httpx.Client(timeout=30)

    def outgoing(self, body: bytes) -> bytes:
        """A request as it goes on."""
        for word, instead in self.said.items():
            body = body.replace(json.dumps(word).encode(), json.dumps(instead).encode())
        try:
            plain = json.loads(body)
        except ValueError:
            return body
        if not isinstance(plain, dict) or plain.get("signature") not in PLACEHOLDERS:
            return body
        del plain["signature"]
        return seal(plain, self.key)


class _Handler(BaseHTTPRequestHandler):
    server: Gateway
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kept = {
            name: self.headers[name] for name in ("Authorization", "Content-Type", "Accept") if name in self.headers
        }
        answer = self.server.registry.post(self.server.to + self.path, content=self.server.outgoing(body), headers=kept)
        self.send_response(answer.status_code)
        self.send_header("Content-Type", answer.headers.get("Content-Type", "application/octet-stream"))
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the library names it so
        """Say which request was answered how."""
        sys.stderr.write(f"{self.path} {arguments[1] if len(arguments) > 1 else format}\n")


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped, or make a key."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.exchange.spdci_gateway", description=__doc__, epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--make-key", metavar="FILE", type=Path, help="write a new private key (JWK) and end")
    parser.add_argument("--public", metavar="FILE", type=Path, help="with --make-key: its public part, as a JWKS")
    parser.add_argument("--key", metavar="FILE", type=Path, help="the private key (JWK) that requests are signed with")
    parser.add_argument("--to", metavar="ADDRESS", help="the registry, without registry/sync/search")
    parser.add_argument("--port", metavar="P", type=int, default=0, help="(default: a free one)")
    parser.add_argument("--say", metavar="WORD=INSTEAD", action="append", default=[],
                        help="what is said in a request in the place of a string; may be given again")  # fmt: skip
    found = parser.parse_args(arguments)
    if found.make_key:
        _make_key(found.make_key, found.public)
        return 0
    if not found.key or not found.to:
        parser.error("--key and --to are needed")
    said = dict(one.partition("=")[::2] for one in found.say)
    gateway = Gateway(found.port, found.to, ECKey.import_key(json.loads(found.key.read_bytes())), said)
    print(f"http://127.0.0.1:{gateway.server_port}/", flush=True)
    gateway.serve_forever()
    return 0


def _make_key(path: Path, public: Path | None) -> None:
    key = ECKey.generate_key("P-256", {"kid": path.stem})
    path.write_text(json.dumps(key.as_dict(private=True)), encoding="utf-8")
    if public:
        public.write_text(json.dumps({"keys": [key.as_dict(private=False)]}), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
