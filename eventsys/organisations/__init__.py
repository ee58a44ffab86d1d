"""Associations and restaurants, known across editions, and the people to reach there."""
