"""Who talks to us: every way in and out, and what is kept of it."""
