"""What people's words say: plain form, clauses, facts, titles, places, days, what is asked."""
