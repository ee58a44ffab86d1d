"""Rules about questions: types, which are shown to whom, what counts as an answer."""
