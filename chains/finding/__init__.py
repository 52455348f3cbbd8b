"""Which provisions a message means: names, retrieval, likeness, and what was told before."""
