"""The outbox: a message is a row written with the change it tells of, sent by a job, kept visible."""
