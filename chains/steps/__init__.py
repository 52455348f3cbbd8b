"""What a message may be: each step answers one kind, or leaves it to the next."""
