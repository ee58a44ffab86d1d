"""The way in for a web server and for `flask`: settings in, application out."""

import gc
import sys

from config import ConfigError, from_environment
from eventsys.app import create_app

try:
    app = create_app(from_environment())
except ConfigError as error:
    sys.exit(f"eventsys can't start: {error}")

# What is loaded stays for good: the collector needn't walk through it each time a page has read many rows.
gc.freeze()
