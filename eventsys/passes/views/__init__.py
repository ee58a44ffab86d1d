"""The pages of passes; `bp` holds them all."""

from eventsys.passes.views import bundles, crew, inviting, organisers, visitors
from eventsys.passes.views.blueprint import bp

__all__ = ["bp", "bundles", "crew", "inviting", "organisers", "visitors"]
