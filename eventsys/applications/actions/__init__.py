"""Writing applications. `drafts`: what an applicant does; `decisions`: what organisers do; `imports`: many from a file."""
