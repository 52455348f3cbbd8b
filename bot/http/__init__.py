"""What every HTTP route shares: problems, shapes, limits, the guard before all of them."""
