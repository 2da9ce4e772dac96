"""The command `kpi`: it stands on top of every other room."""
