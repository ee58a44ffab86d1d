"""Looking a pass up, ending it, and issuing some without names."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from eventsys.base.fields import line


class SearchForm(FlaskForm):
    class Meta:
        csrf = False  # It only reads, by GET.

    short_code = line(_("Short code"))


class RevokeForm(FlaskForm):
    reason = line(_("Why"), InputRequired(_("Write why the pass ends.")))


class ReissueForm(FlaskForm):
    pass
