"""Is it good? Cases, a simulated enterprise, scorers, measures and reports. Never imports `bot`."""
