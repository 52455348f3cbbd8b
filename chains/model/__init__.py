"""What a language model does, where there is one: hearing, writing, its limits and the check of what it claims."""
