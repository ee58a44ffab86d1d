"""The pure part of indicators. Read in this order:

`figures` what a number counts · `intervals` how sure a share is · `targets` what was aimed at, and the status ·
`populations` who is counted · `measures` how an indicator is computed · `inputs` what the queries deliver ·
`evaluation` the computed value with all it needs to be believed · `sentences` the codes of what is said about it ·
`comparisons` two years beside each other · `freezing` the hash that tells whether anything has changed since.
"""
