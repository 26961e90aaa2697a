"""The Flask application: its blueprints, its safety, its templates."""

from flask import Flask
from htmx_flask import Htmx

from webapp.config import Settings, resource_dir
from webapp.library import Library
from webapp.views import (
    assets,
    errors,
    exports,
    help,
    htmx,
    quotes,
    reader,
    safety,
    saved,
    search,
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
    app.extensions["library"] = library
    Htmx(app)
    for part in (assets, errors, htmx, safety):
        part.init_app(app)
    for noun in (reader, search, exports, saved, quotes, help):
        app.register_blueprint(noun.blueprint)
    return app
