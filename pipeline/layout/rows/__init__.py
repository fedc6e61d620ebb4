"""What each row of a table is: its role, what it stands under, what it adds up."""
