"""Tables that do not stand with their head above: forms that stand upright, tables on their side."""
