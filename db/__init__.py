"""The record: tables, units of work, history, backup, migration."""
