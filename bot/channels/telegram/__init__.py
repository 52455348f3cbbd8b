"""Telegram: updates become deliveries, sheets become calls of the Bot API. aiogram is imported when it opens."""
