"""The models that are trained: their start, tokenisers, LoRA, merging and directory."""
