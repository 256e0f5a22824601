"""What the server does beside the pages: headers, health, warm imports, and what is shown when something breaks."""

from __future__ import annotations

import gc
import importlib
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger("touchline")
_HEAVY = ("pandas", "plotly.graph_objects", "duckdb", "narwhals", "scipy.stats", "loaders", "store", "quality.ratios")

#: Everything comes from this server; charts need WebAssembly and inline styles, pages talk to it over a web socket.
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class SecurityHeaders:
    """Adds ``HEADERS`` to every answer; plain ASGI, so that streamed answers are not held back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


@asynccontextmanager
async def warm_up(_app: st.App) -> AsyncIterator[None]:
    """Imports what every page needs before the first visit, then freezes it: the sweep after each rerun gets short."""
    for name in _HEAVY:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    # Known only now: before, the libraries would be imported twice as slowly by two threads.
    importlib.import_module("ui.warm").serve()
    yield


def health(_request: Request) -> JSONResponse:
    """200 while the history can be read, 503 when it cannot."""
    from ui import data

    try:
        data.history().imports()
    except Exception:
        _LOG.exception("health: the history cannot be read")
        return JSONResponse({"status": "history unreadable"}, status_code=503)
    return JSONResponse({"status": "ok"})


def report_error(error: Exception) -> bool:
    """Shows an incident number in place of the error, whose text may hold names out of a file; the log has both."""
    incident = secrets.token_hex(4)
    _LOG.error("incident %s: the %s above", incident, type(error).__name__)
    st.error(
        f"Something went wrong on this page. Nothing that was stored is lost. Incident {incident} is in the log.",
        icon=":material/error:",
    )
    return True
