#!/usr/bin/env bash
# Collects the texts of code and templates into the catalogues of translations/ and compiles them.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/words.sh

template=$(mktemp --suffix=.pot)
trap 'rm -f "$template"' EXIT

step "Collecting texts"
.venv/bin/pybabel --quiet extract --mapping babel.cfg --output "$template" --project eventsys --copyright-holder "the eventsys contributors" \
    --keyword _ --keyword _l --keyword lazy_gettext --keyword lazy_ngettext:1,2 --keyword pgettext:1c,2 --keyword npgettext:1c,2,3 \
    --add-comments "Translators:" --sort-by-file --add-location file --no-wrap config.py eventsys templates
for language in da en ar; do
    step "Updating translations/$language"
    if [ -f "translations/$language/LC_MESSAGES/messages.po" ]; then
        .venv/bin/pybabel --quiet update --input-file "$template" --output-dir translations --locale "$language" \
            --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
    else
        .venv/bin/pybabel --quiet init --input-file "$template" --output-dir translations --locale "$language" --no-wrap
    fi
done
step "Compiling"
.venv/bin/pybabel --quiet compile --directory translations
