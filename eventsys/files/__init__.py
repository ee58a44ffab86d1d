"""Files that people send: checked by content, kept outside the web root under names of our own."""
