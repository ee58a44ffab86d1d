"""Rules about the street: what fits where, the proposal, files of pitches and boards, the plan's geometry."""
