"""What those who took part say: versioned *instruments* of *items*, put to an edition's *audiences*.

Terms: *invitation* (that somebody was asked), *response* (everything one respondent gave), *answer* (the value for one
item), *breakdown* (a declared split), *suppressed* (a cell withheld because it is small). A response leads back to nobody.
Building: `building` (drafts and versions, which all editions share), `library` (tested items), `trying` (a test that
stores nothing), `uses` (who counts an item: indicators register there). Asking: `asking` (who, mails, reminders), `asked`
(its queries). Answering: `doors` (by which address somebody comes), `sheet_shown` (a page), `drafts` (half-finished),
`sending` (three transactions). `rewriting` lets go of every order.
Results: `counting` (answers in counts), `results_shown` in `results_words`, `results_sheet` (a file), `texts_shown` and `tagging` (free text).
Others may use `surveys.rules` (pure) and `surveys.queries`.
"""
