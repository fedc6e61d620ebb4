"""What an analyst keeps beside the data: overrides.csv and corrections.csv, read, at work, and what came of them."""
