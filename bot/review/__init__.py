"""What staff look at again: which answers, in which order, what they thought of them, and what becomes of it."""
