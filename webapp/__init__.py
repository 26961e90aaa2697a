"""Dateline, a reader for news. `create_app` is the Flask application factory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from webapp.config import Settings
    from webapp.library import Library


def create_app(settings: Settings | None = None, library: Library | None = None) -> Flask:
    """The reader as a WSGI application, on the collection of the settings.

    Without settings they come from the environment (DATELINE_*). A library that is given is used
    in place of the one that the settings name.
    """
    # Imported here: the command line loads this package without needing Flask.
    from webapp.config import load_settings
    from webapp.library import open_library
    from webapp.views.app import build_app

    settings = settings or load_settings()
    return build_app(settings, library or open_library(settings))
