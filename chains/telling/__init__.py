"""Lines of an answer: findings, reasons, figures and citations put into words."""
