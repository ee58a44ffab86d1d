"""Pitches, needs, electric boards, and the plan that assigns booths to pitches."""
