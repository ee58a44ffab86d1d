"""Did it work? Success criteria as objects: *indicators* with a *population*, a *measure* and a *target*.

Terms: *measure* (count, visitors, share, survey share, follow-up, growth, resource, external), *interval* and *bounds*
(how sure a share is), *status* (met, probably met …), *measurement* (a value as it was frozen for a report).
Others may use `indicators.rules` (pure) and `indicators.queries`.
"""
