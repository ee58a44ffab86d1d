"""Sign-up, review, decision, withdrawal, import: one record from draft to history."""
