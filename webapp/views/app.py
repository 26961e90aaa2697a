"""The Flask application: its blueprints, its safety, its templates."""

from flask import Flask
from htmx_flask import Htmx

from webapp.config import Settings, resource_dir
from webapp.importing.fetch import Policy
from webapp.inbox import Inbox
from webapp.library import Library
from webapp.subscriptions import Fetching
from webapp.views import (
    adding,
    api,
    assets,
    citing,
    comparing,
    countries,
    editing,
    errors,
    exports,
    following,
    help,
    htmx,
    matrix,
    quotes,
    reader,
    safety,
    saved,
    search,
    sides,
    speakers,
)


def build_app(settings: Settings, library: Library) -> Flask:
    """The application; views find the library at `current_app.extensions["library"]`."""
    app = Flask(
        "webapp",
        template_folder=str(resource_dir("templates")),
        static_folder=str(resource_dir("static")),
    )
    app.config["TRUSTED_HOSTS"] = settings.trusted_hosts
    app.config["MAX_CONTENT_LENGTH"] = settings.max_request_bytes
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["MAX_UPLOAD_BYTES"] = settings.max_upload_bytes
    app.extensions["library"] = library
    policy = Policy() if settings.may_fetch else None
    app.extensions["inbox"] = Inbox(library, settings.home / "inbox", policy)
    app.extensions["fetching"] = Fetching(library, policy)
    Htmx(app)
    for part in (assets, errors, htmx, safety):
        part.init_app(app)
    for noun in (
        reader,
        comparing,
        editing,
        adding,
        following,
        search,
        exports,
        saved,
        quotes,
        speakers,
        countries,
        matrix,
        sides,
        citing,
        api,
        help,
    ):
        app.register_blueprint(noun.blueprint)
    return app
