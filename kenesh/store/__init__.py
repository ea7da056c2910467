"""Ports and their backends: `memory`, `sqlite`. What a store promises stands in `ports`."""
