"""The staff console: who may come in, what each role sees, and what they do to help."""
