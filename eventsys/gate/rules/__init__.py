"""The pure part of the gate: verdicts, days, clocks, and the fold of scans into admissions."""
