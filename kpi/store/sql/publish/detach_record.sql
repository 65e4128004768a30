-- Grain: none. Lets go of the record; its lock may be given back after this.
DETACH book
