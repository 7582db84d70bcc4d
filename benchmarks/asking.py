"""Asks the site in this process, without a network and without the test client's own cost."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from wsgiref.util import setup_testing_defaults

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status line, headers in lower case, body as sent."""

    status: str
    headers: dict[str, str]
    body: bytes


def ask(handler: WSGIHandler, path: str, cookie: str = "") -> Answer:
    """Ask for a page as a browser does, and read it to the end."""
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    path, _, query = path.partition("?")
    environ |= {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_COOKIE": cookie,
        "wsgi.input": io.BytesIO(),
    }
    told: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], _fault: Any = None) -> Any:
        told["status"] = status
        told["headers"] = {name.lower(): value for name, value in headers}

    response = handler(environ, start_response)
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    return Answer(told["status"], told["headers"], body)
