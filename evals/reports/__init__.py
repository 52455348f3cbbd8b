"""One run, told in several forms: terminal, Markdown, JSON, JUnit XML and a page of its own."""
