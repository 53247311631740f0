"""The page 連携ステップ."""
