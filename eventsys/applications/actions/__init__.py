"""Writing applications. `drafts`: what an applicant does; `decisions`: what organisers do; `imports`: many from a file."""

from eventsys.applications.actions import searching

__all__ = ["searching"]  # It listens for what is written, whoever writes.
