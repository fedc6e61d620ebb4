"""What several files say of one thing: duplicates, submissions that replace others, conflicts, forms that changed."""
