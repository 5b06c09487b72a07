"""Everything that brings the product up somewhere."""
