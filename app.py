"""The server around the dashboard: security headers, a health address, libraries warmed up, and a calm error page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from ui import server

app = st.App(
    Path(__file__).resolve().parent / "ui" / "frame.py",
    lifespan=server.warm_up,
    routes=[Route("/api/health", server.health)],
    middleware=[Middleware(server.SecurityHeaders)],
    on_script_error=server.report_error,
)
