"""Who did what, when. Append-only: the database refuses to change or delete an entry."""
