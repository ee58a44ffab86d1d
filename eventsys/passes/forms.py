"""Looking a pass up, ending it, and issuing some without names."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired

from eventsys.base.fields import line


class SearchForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    class Meta:
        csrf = False  # It only reads, by GET.

    short_code = line(_("Short code"))


class RevokeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    reason = line(_("Why"), DataRequired(_("Write why the pass ends.")))


class ReissueForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    pass
