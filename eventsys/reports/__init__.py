"""What people read: the public page with map and catalogue, the organisers' overview, the figures on paper."""
