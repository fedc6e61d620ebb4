"""The verbs beside the story of a run, and what a person sees of any of them."""
