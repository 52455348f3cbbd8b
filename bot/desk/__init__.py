"""Where people on messaging platforms are attended to."""
