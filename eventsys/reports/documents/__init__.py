"""Documents: contents in, bytes out; no database."""
