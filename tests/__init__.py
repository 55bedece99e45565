"""Makes pytest put the repository's root, not this directory, on the path.

This directory has folders called `convert` and `distill`; on the path it would hide the packages.
"""
