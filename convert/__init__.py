"""A merged student in, a checksummed CTranslate2 package out, proven to say the same."""
