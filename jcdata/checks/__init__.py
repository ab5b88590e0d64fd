"""What must agree: declarations, identities, how they are run and what they found."""
