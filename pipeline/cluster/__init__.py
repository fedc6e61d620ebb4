"""Work on many items at once: processes of this machine, or a Dask cluster, by the same code."""
