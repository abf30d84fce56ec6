"""Files of other databases' coders, ACLED's and UCDP's: what reading, writing and checking them have in common."""
