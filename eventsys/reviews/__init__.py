"""Opinions on applications: criteria of an edition, recommendations of its reviewers, who is too near to judge."""
