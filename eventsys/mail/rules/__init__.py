"""Rules about mail, without Flask."""
