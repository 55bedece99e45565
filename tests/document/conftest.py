"""Being here is enough: the samples beside it can be imported from the folders below."""
