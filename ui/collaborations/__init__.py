"""The page 連携した取組."""
