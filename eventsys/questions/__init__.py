"""Questions that an edition's organisers add to the sign-up, without code. `applications` keeps the answers."""
