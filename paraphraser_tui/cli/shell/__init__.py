"""What the command line understands, told to shells and to `man`."""
