"""The gates on the day: devices, the scan log, and the admissions that are folded from it.

Terms: *device* (a phone bound to a gate and hours), *scan* (one attempt, never changed), *verdict* (what is said to it),
*admission* (a bearer is in, folded from scans), *tally* (people without a pass, counted by hand).
Others may use `gate.rules` (pure) and `gate.queries`.
"""
