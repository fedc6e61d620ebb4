"""Every view once more, in pandas from the core_ tables: independent of the SQL that makes it."""
