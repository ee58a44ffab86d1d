"""Rules about files: what is taken, decided by content."""
