"""Rules about organisations: kinds, company numbers, names."""
