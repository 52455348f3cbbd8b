"""What is measured apart from conversations: retrieval at scale, the models one could plug in."""
