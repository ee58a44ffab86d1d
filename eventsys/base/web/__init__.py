"""What every page shares: who may, which language, how to say no, which headers."""
