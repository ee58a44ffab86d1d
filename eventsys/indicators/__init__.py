"""Did it work? Success criteria as objects: *indicators* with a *population*, a *measure* and a *target*.

Terms: *measure* (count, visitors, share, survey share, follow-up, growth, resource, external), *interval* and *bounds*
(how sure a share is), *status* (met, probably met …), *measurement* (a value as it was frozen for a report).
`following` plans what is asked again months later; `shown`, `frozen_shown`, `years_shown`, `register_shown` are what people read.
Others may use `indicators.rules` (pure) and `indicators.queries`.
"""
