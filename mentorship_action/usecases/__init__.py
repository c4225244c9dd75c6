"""What the program does, one file a use case: called by the command line and by the Action."""
