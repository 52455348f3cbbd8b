"""The judges, one for each kind of case, and the rules that hold for every reply."""
