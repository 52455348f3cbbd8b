"""How a reply is made: from the words of a person to verdicts with the clauses that say so."""
