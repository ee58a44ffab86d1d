"""The pure part of indicators. Read in this order:

`figures` what a number counts · `targets` what was aimed at, and
the status · `populations` who is counted · `register` what is kept by hand · `measures` the definitions · `definitions` an indicator as a whole ·
`inputs` what the queries deliver · `evaluation` the value with all it needs to be believed, and its JSON ·
`computation` and `survey_shares` from inputs to value · `sentences` the codes of what is said about it ·
`comparisons` two years beside each other · `recorded` figures kept by hand · `freezing` the hash of what was computed from. How sure a share is stands in `surveys.rules.intervals`.
"""
