"""What we know: policy documents, the rules table, enterprise profiles, and the index over them."""
