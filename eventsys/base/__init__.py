"""The ground: database, clock, ids, languages, forms, web, PDF and QR. Knows no word of the festival."""
