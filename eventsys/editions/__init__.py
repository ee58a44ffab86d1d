"""An event through the years: its editions with their days, zones, gates and team."""
