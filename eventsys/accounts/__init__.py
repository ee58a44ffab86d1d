"""Who may sign in and as what: the people who run events, by invitation, with password and role."""
