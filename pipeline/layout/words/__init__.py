"""The words of heads and cells: what they mean, as specs/vocabulary.yml and its like say it."""
