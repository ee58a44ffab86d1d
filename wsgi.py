"""The way in for a web server and for `flask`: settings in, application out."""

from config import from_environment
from eventsys.app import create_app

app = create_app(from_environment())
