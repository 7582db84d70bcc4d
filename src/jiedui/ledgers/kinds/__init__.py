"""One file a ledger or register; a file is found because it is here."""
