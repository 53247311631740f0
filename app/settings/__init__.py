"""The settings that belong to the office and travel with its ledger."""
