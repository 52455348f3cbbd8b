"""The staff console, from its doors to its rooms."""
