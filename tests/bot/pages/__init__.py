"""The pages for people, tried in a browser against an office that only pretends."""
