"""A sheet as it may be read and stored: legible, and without personal data."""
