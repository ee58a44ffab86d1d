"""Rules about applications: states, what must be told, what a spreadsheet row must hold."""
