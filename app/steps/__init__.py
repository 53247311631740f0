"""連携ステップ: where the network stands, asked regularly and answered by everyone."""
